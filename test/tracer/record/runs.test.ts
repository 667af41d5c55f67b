/*
 * Real runs, recorded: the examples over every transport, and a bad network for UDP. What a second recorder shows with
 * its secrets in it must be nowhere in the masked trace; both ends of a connection must tell the same stream.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { example as connect } from '../../../examples/connect.js';
import { example as mistakes } from '../../../examples/mistakes.js';
import { narrator } from '../../../examples/stage/narrator.js';
import { perform } from '../../../examples/stage/perform.js';
import type { Example } from '../../../examples/stage/stage.js';
import { memorySink, recorder } from '../../../tracer/record/index.js';
import type { DatagramEvent, TraceEvent } from '../../../tracer/trace/trace.js';
import type { FaultFlags } from '../../../transports/link/index.js';
import { packetOf } from '../redact/packets.js';
import { findings } from '../redact/searched.js';
import { secretsIn } from './secrets-in.js';

const test = suite('recorded runs');

interface Recorded {
  readonly masked: readonly TraceEvent[];
  readonly shown: readonly TraceEvent[];
}

async function run(example: Example, transport: string, faults?: FaultFlags): Promise<Recorded> {
  const [masked, shown] = [memorySink(), memorySink()];
  const about = { title: example.name, source: 'taps', madeBy: 'a test', startedAtMs: Date.now() } as const;
  const recorders = [recorder({ ...about, sink: masked }), recorder({ ...about, sink: shown, showSecrets: true })];
  await perform(example, {
    transport,
    ...(faults && { faults }),
    teller: narrator(() => undefined),
    watch(participant) {
      const taps = recorders.map((each) => each.tap(participant));
      return {
        event(event) {
          for (const tap of taps) tap.event(event);
        },
      };
    },
  });
  for (const each of recorders) each.flush();
  return { masked: masked.events, shown: shown.events };
}

/** The stream of each direction of each connection, as hex. */
function streams(events: readonly TraceEvent[]): string[] {
  const found = new Map<string, string>();
  for (const event of events) {
    if (event.kind !== 'chunk') continue;
    const name = `${event.connection} ${event.direction}`;
    assert.is(event.offset * 2, found.get(name)?.length ?? 0);
    found.set(name, (found.get(name) ?? '') + Buffer.from(event.bytes).toString('hex'));
  }
  return [...found].map(([name, stream]) => `${name.split(' ')[1]} ${stream}`);
}

function inOrder(events: readonly TraceEvent[]): void {
  const last = new Map<string, number>();
  for (const event of events) {
    if (!('connection' in event) || event.connection === undefined) continue;
    assert.ok(event.at >= (last.get(event.connection) ?? 0), 'events of a connection stand in the order of time');
    last.set(event.connection, event.at);
  }
}

const cases: readonly (readonly [string, Example, string, FaultFlags?])[] = [
  ['option 1 over tcp', connect, 'tcp'],
  ['option 1 over unix', connect, 'unix'],
  ['option 1 in memory', connect, 'memory'],
  ['option 1 over udp', connect, 'udp'],
  ['mistakes over tcp', mistakes, 'tcp'],
  ['option 1 over udp and a bad network', connect, 'udp', { loss: '0.1', dup: '0.05', reorder: '0.1', corrupt: '0.02', seed: '5' }],
];

for (const [name, example, transport, faults] of cases) {
  test(name, async () => {
    const { masked, shown } = await run(example, transport, faults);
    const secrets = secretsIn(shown);
    assert.ok(secrets.length >= (transport === 'udp' ? 6 : 4), 'there are secrets to find');
    for (const secret of secrets) {
      assert.equal(findings(masked, secret), []);
      assert.ok(findings(shown, secret).length > 0);
    }
    for (const events of [masked, shown]) {
      inOrder(events);
      const all = streams(events);
      const [sent, received] = ['sent ', 'received '].map((way) =>
        all.flatMap((each) => (each.startsWith(way) ? [each.slice(way.length)] : [])).sort(),
      );
      assert.equal(received, sent, 'what one end sent is what the other received');
    }
    const datagrams = masked.filter((event): event is DatagramEvent => event.kind === 'datagram');
    for (const { bytes, fate } of datagrams) if (fate !== 'malformed' && fate !== 'withheld') packetOf(bytes);
    if (transport === 'udp') assert.ok(datagrams.length > 20);
    const frames = (events: readonly TraceEvent[]) => events.filter(({ kind }) => kind === 'frame').length;
    assert.is(frames(masked), frames(shown));
    if (!faults) return;
    const fates = new Set(datagrams.map(({ fate }) => fate));
    for (const fate of ['lost', 'duplicated'] as const) assert.ok(fates.has(fate), fate);
    assert.ok(datagrams.some(({ again }) => again !== undefined));
  });
}

test.run();
