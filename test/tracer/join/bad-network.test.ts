/*
 * Chats over a network that loses, doubles, spoils and reorders, in virtual time: what is told is what the link did, seen
 * from both ends and from one.
 */
import { firstValueFrom } from 'rxjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ChatClient, ChatServer } from '../../../lib/index.js';
import { type ArrowStep, joiner, type Step, tell } from '../../../tracer/join/index.js';
import { readPacket } from '../../../tracer/join/packet-head.js';
import { memorySink, recorder } from '../../../tracer/record/index.js';
import { follow } from '../../../tracer/select/index.js';
import type { DatagramEvent, Trace } from '../../../tracer/trace/trace.js';
import { NO_FAULTS } from '../../../transports/link/index.js';
import { virtualMachine } from '../../../transports/virtual/index.js';

async function chat(seed: number): Promise<Trace> {
  const faults = { ...NO_FAULTS, seed, loss: 0.15, duplicate: 0.1, corrupt: 0.1, reorder: 0.1, delayMs: 10, jitterMs: 5 };
  const { host, run } = virtualMachine({ seed, faults });
  const sink = memorySink();
  const record = recorder({ title: `seed ${seed}`, source: 'virtual', madeBy: 'a test', startedAtMs: host.clock.now(), sink });
  await run(async () => {
    const server = new ChatServer(host, { tap: record.tap({ name: 'server', role: 'server' }) });
    const address = await server.listen('udp://127.0.0.1:0');
    const ada = new ChatClient(host, address, { tap: record.tap({ name: 'Ada', role: 'client' }) });
    const { group } = await ada.create({ name: 'Ada', password: 'secret' });
    const bob = new ChatClient(host, address, { tap: record.tap({ name: 'Bob', role: 'client' }) });
    await bob.join({ name: 'Bob', group, password: 'secret' });
    for (let i = 0; i < 5; i += 1) {
      const heard = firstValueFrom(ada.messages$);
      await bob.say(`number ${i}`);
      await heard;
      await Promise.all([ada.say('one'), ada.say('two'), ada.say('three')]);
    }
    await Promise.all([ada.exit(), bob.exit()]);
    await server.close();
  });
  record.flush();
  return { header: record.header, events: sink.events };
}

const SEEDS = Array.from({ length: 8 }, (_, i) => i + 1);
const traces = new Map<number, Trace>();
const traceOf = (seed: number) => traces.get(seed) as Trace;
const packetsIn = (trace: Trace): ArrowStep[] =>
  tell(trace).steps.filter((step): step is ArrowStep => step.kind === 'arrow' && step.lane === 'segments');
const datagrams = ({ events }: Trace): DatagramEvent[] => events.filter((event): event is DatagramEvent => event.kind === 'datagram');

test.before(async () => {
  for (const seed of SEEDS) traces.set(seed, await chat(seed));
});

test('each datagram that was sent is one arrow, each that was received has arrived, and the rest has a reason', () => {
  for (const seed of SEEDS) {
    const seen = datagrams(traceOf(seed));
    const told = packetsIn(traceOf(seed));
    const sent = seen.filter(({ direction }) => direction === 'sent');
    const of = (outcome: ArrowStep['outcome']) => told.filter((step) => step.outcome === outcome).length;
    assert.is(told.filter(({ sentAt }) => sentAt !== undefined).length, sent.length, `seed ${seed}: sent`);
    assert.is(told.filter(({ receivedAt }) => receivedAt !== undefined).length, seen.length - sent.length, `seed ${seed}: received`);
    const spoilt = told.filter(({ outcome, sentAt }) => outcome === 'corrupted' && sentAt !== undefined);
    assert.is(spoilt.length, sent.filter(({ fate }) => fate === 'corrupted').length, `seed ${seed}: corrupted`);
    assert.ok(of('lost') >= sent.filter(({ fate }) => fate === 'lost').length, `seed ${seed}: lost`);
    for (const { to, at } of told.filter(({ outcome }) => outcome === 'unseen')) {
      const later = traceOf(seed).events.some((event) => 'by' in event && event.by === to && event.at > at);
      assert.not.ok(later, `seed ${seed}: unseen only by who reports nothing more`);
    }
  }
});

test('the causes are those that the senders gave, and each points at the first', () => {
  let count = 0;
  for (const seed of SEEDS) {
    const told = packetsIn(traceOf(seed));
    for (const step of told.filter(({ repeats }) => repeats !== undefined)) {
      const { repeats } = step;
      const event = datagrams(traceOf(seed)).find(
        ({ at, direction, bytes }) => direction === 'sent' && at === step.sentAt && equal(bytes, step.bytes),
      );
      assert.is(
        event?.again?.find(({ segment }) => segment === repeats?.segment)?.cause,
        repeats?.cause,
        `seed ${seed}, step ${step.number}`,
      );
      const first = told.find(({ number }) => number === repeats?.step);
      assert.ok(first && segmentsIn(first).includes(repeats?.segment ?? -1), `seed ${seed}, step ${step.number}`);
      count += 1;
    }
    for (const { again } of datagrams(traceOf(seed))) count -= again ? 1 : 0;
  }
  assert.is(count, 0, 'no repetition is left out');
});

test('a joiner that settles as it goes tells each observation once, too', () => {
  for (const seed of SEEDS) {
    const { header, events } = traceOf(seed);
    const join = joiner(header);
    const steps: Step[] = [];
    for (const event of events.toSorted((one, other) => one.at - other.at))
      steps.push(...join.push(event), ...join.settle(event.at - 100e6));
    steps.push(...join.finish());
    assert.equal(
      steps.map(({ number }) => number),
      steps.map((_, i) => i + 1),
    );
    const received = datagrams({ header, events }).filter(({ direction }) => direction === 'received').length;
    const arrived = steps.filter((step) => step.kind === 'arrow' && step.lane === 'segments' && step.receivedAt !== undefined);
    assert.is(arrived.length, received, `seed ${seed}`);
  }
});

test('from one end: the same connections, and the same dialogue', () => {
  for (const seed of SEEDS) {
    const { header, events } = traceOf(seed);
    const server = events.flatMap((event) => (event.kind === 'actor' && event.role === 'server' ? [event.id] : []))[0];
    const onlyServer = events.filter((event) => event.kind === 'note' || (event.kind === 'actor' ? event.id : event.by) === server);
    const [whole, half] = [tell({ header, events }), tell({ header, events: onlyServer })];
    assert.is(half.connections.length, whole.connections.length, `seed ${seed}`);
    assert.equal(
      half.actors.map(({ name }) => name),
      ['server', 'Ada', 'Bob'],
    );
    const text = (story: typeof whole, from: string) =>
      story.connections.map(({ id }) => {
        const turns = follow(story, id)?.turns.filter((turn) => turn.from === from) ?? [];
        return Buffer.concat(turns.map(({ bytes }) => bytes)).toString('hex');
      });
    for (const from of ['client', 'server']) assert.equal(text(half, from), text(whole, from), `seed ${seed}: ${from}`);
  }
});

function segmentsIn({ bytes }: ArrowStep): number[] {
  const packet = readPacket(bytes);
  return packet && 'frames' in packet ? packet.frames.flatMap((frame) => ('segment' in frame ? [frame.segment] : [])) : [];
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

test.run();
