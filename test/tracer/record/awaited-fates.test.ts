/*
 * Events wait, in their order, behind the first datagram whose fate is not decided, and get it.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { DatagramTapEvent } from '../../../lib/trace.js';
import { awaitedFates, memorySink, recorder } from '../../../tracer/record/index.js';

const datagram = (bytes: Uint8Array, direction: 'sent' | 'received'): DatagramTapEvent => ({
  ...{ layer: 'datagram', at: 1000, connection: 'udp-1', local: 'udp://127.0.0.1:1', remote: 'udp://127.0.0.1:2' },
  ...{ direction, bytes },
});

test('nobody overtakes a datagram that is held; its fate and a note go with it', () => {
  const [one, other] = [Uint8Array.of(1), Uint8Array.of(2)];
  const held = new Set<Uint8Array>([one, other]);
  const sink = memorySink();
  const fates = awaitedFates((bytes) => held.has(bytes));
  const recording = fates.recorder(recorder({ title: '', source: 'virtual', madeBy: '', startedAtMs: 1000, showSecrets: true, sink }));
  const tap = recording.tap({ name: 'Ann', role: 'client' });
  const seen = () =>
    sink.events.flatMap((event) => (event.kind === 'note' ? event.text : event.kind === 'datagram' ? (event.fate ?? event.direction) : []));

  tap.event(datagram(one, 'sent'));
  tap.event(datagram(other, 'sent'));
  tap.event(datagram(Uint8Array.of(3), 'received'));
  recording.note('behind it', 1000);
  assert.equal(seen(), []);
  held.delete(other);
  fates.decide(other, { fate: { fate: 'lost' } });
  fates.decide(other, { note: 'killed' });
  fates.goOn();
  assert.equal(seen(), []);
  held.delete(one);
  fates.goOn();
  assert.equal(seen(), ['sent', 'lost', 'killed', 'received', 'behind it']);
});

test.run();
