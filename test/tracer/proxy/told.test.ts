/*
 * What is told of a chat through the proxy with each of its faults: what the faults have done, and what the taps in both
 * ends saw of the same run.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ChatClient, ChatServer } from '../../../lib/index.js';
import { type ArrowStep, tell } from '../../../tracer/join/index.js';
import { packetHead } from '../../../tracer/join/packet-head.js';
import { startProxy } from '../../../tracer/proxy/index.js';
import { memorySink, recorder } from '../../../tracer/record/index.js';
import type { DatagramEvent, Trace } from '../../../tracer/trace/trace.js';
import { type Faults, NO_FAULTS } from '../../../transports/link/index.js';
import { node } from '../../../transports/node.js';

/** A chat, as the proxy saw it and as both ends did. */
async function chat(faults: Partial<Faults>): Promise<{ readonly proxied: Trace; readonly tapped: Trace }> {
  const recording = (source: 'proxy' | 'taps') => {
    const sink = memorySink();
    return { sink, record: recorder({ title: 'a chat', source, madeBy: 'a test', startedAtMs: node.clock.now(), sink }) };
  };
  const [there, ends] = [recording('proxy'), recording('taps')];
  const server = new ChatServer(node, { tap: ends.record.tap({ name: 'server', role: 'server' }) });
  const to = await server.listen('udp://127.0.0.1:0');
  const observer = there.record.tap({ name: 'proxy', role: 'proxy' });
  const proxy = await startProxy({ listen: 'udp://127.0.0.1:0', to, observer, faults: { ...NO_FAULTS, ...faults } });
  const ada = new ChatClient(node, proxy.address, { tap: ends.record.tap({ name: 'Ada', role: 'client' }) });
  await ada.create({ name: 'Ada', password: 'secret' });
  for (const text of ['one', 'two', 'three']) await ada.say(text);
  await ada.exit();
  await server.close();
  await proxy.close();
  const traceOf = ({ record, sink }: typeof there): Trace => {
    record.flush();
    return { header: record.header, events: sink.events };
  };
  return { proxied: traceOf(there), tapped: traceOf(ends) };
}

type Way = 'up' | 'down';

/** By the way it goes and what can be known of it: `up OPEN 3`, `down COOKIE 0`. */
interface Named {
  readonly name: string;
}

const nameOf = (way: Way, bytes: Uint8Array) => `${way} ${packetHead(bytes)?.type} ${packetHead(bytes)?.number}`;
const count = (list: readonly Named[], name: string) => list.filter((one) => one.name === name).length;
const names = (list: readonly Named[]) => list.map(({ name }) => name).sort();

function datagrams({ events }: Trace, facesClient: (event: DatagramEvent) => boolean) {
  const seen = events.flatMap((event) => {
    if (event.kind !== 'datagram') return [];
    const { direction, fate, bytes } = event;
    const way = facesClient(event) === (direction === 'received') ? ('up' as const) : ('down' as const);
    return [{ direction, fate, name: nameOf(way, bytes) }];
  });
  return { sent: seen.filter(({ direction }) => direction === 'sent'), received: seen.filter(({ direction }) => direction === 'received') };
}

/** The arrows of a lane. */
function arrows(trace: Trace, lane: ArrowStep['lane']) {
  const { steps, connections } = tell(trace);
  return steps.flatMap((step) => {
    if (step.kind !== 'arrow' || step.lane !== lane) return [];
    const way = step.from === connections[0]?.client ? ('up' as const) : ('down' as const);
    return [{ ...step, way, name: nameOf(way, step.bytes) }];
  });
}

const drop = (['client', 'server'] as const).flatMap((side) =>
  ['SYN 1', 'COOKIE 1', 'CONNECT 1', 'DATA 1', 'DATA 3', 'DATA 4'].map((what) => {
    const [name = '', nth] = what.split(' ');
    return { side, name, nth: Number(nth) };
  }),
);
const FAULTS: Readonly<Record<string, Partial<Faults>>> = {
  drop: { drop },
  dup: { duplicate: 1 },
  corrupt: { corrupt: 0.2, seed: 3 },
  delay: { delayMs: 20 },
  all: { loss: 0.1, duplicate: 0.3, corrupt: 0.1, reorder: 0.3, delayMs: 20, jitterMs: 10, seed: 3 },
};

for (const [fault, faults] of Object.entries(FAULTS)) {
  test(`${fault}: a datagram is one arrow with what became of it, and a frame arrives with the one that brings it`, async () => {
    const { proxied, tapped } = await chat(faults);
    const packets = arrows(proxied, 'segments');
    const firsts = packets.filter(({ outcome }) => outcome !== 'duplicate');
    const copies = packets.filter(({ outcome }) => outcome === 'duplicate');
    const arrived = packets.filter(({ outcome }) => outcome === 'arrived' || outcome === 'duplicate');
    const out = datagrams(proxied, ({ connection }) => connection === 'relay-1-client').sent;
    const ends = datagrams(tapped, ({ by }) => by.startsWith('server'));
    const fated = (fate: string) => out.filter((one) => one.fate === fate);

    for (const name of new Set(names(packets))) assert.is(count(firsts, name), count(ends.sent, name), `${name}: as often as it was sent`);
    for (const name of new Set(names(ends.received.filter((one) => one.fate === undefined))))
      assert.ok(count(arrived, name) >= count(ends.received, name), `${name}: as often as it came`);
    assert.equal(names(copies), names(fated('duplicated')));
    for (const outcome of ['lost', 'corrupted'] as const) {
      const what = firsts.filter((step) => step.outcome === outcome && count(out, step.name) > 0); // what the proxy had when it ended is lost, too
      assert.equal(names(what), names(fated(outcome)), outcome);
    }
    for (const { sentAt = 0, receivedAt = Number.POSITIVE_INFINITY, outcome } of firsts)
      if (outcome === 'arrived') assert.ok(receivedAt - sentAt >= 1e6 * ((faults.delayMs ?? 0) - (faults.jitterMs ?? 0)));

    const frames = arrows(proxied, 'frames');
    for (const way of ['up', 'down']) {
      const said = (list: typeof frames) => list.filter((frame) => frame.way === way).map(({ label }) => label);
      assert.equal(said(frames), said(arrows(tapped, 'frames')));
    }
    for (const { way, label, receivedAt } of frames)
      assert.ok(
        arrived.some((packet) => packet.way === way && packet.receivedAt === receivedAt),
        `${label} at ${receivedAt}`,
      );
  });
}

test.run();
