/*
 * Real runs of the examples, over every transport, told: no observation is lost or told twice, whatever the ends saw.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { examples, TRANSPORTS } from '../../../examples/index.js';
import { type ArrowStep, type Story, tell } from '../../../tracer/join/index.js';
import { readPacket } from '../../../tracer/join/packet-head.js';
import { connectionIndex, follow } from '../../../tracer/select/index.js';
import type { DatagramEvent, FrameEvent, Trace, TraceEvent } from '../../../tracer/trace/trace.js';
import { recorded } from './recorded.js';

const runs = examples.flatMap((example) =>
  (example.transport ? [example.transport] : TRANSPORTS).map((transport) => ({ example, transport })),
);

for (const { example, transport } of runs) {
  test(`${example.name} over ${transport}`, async () => {
    const trace = await recorded(example, transport);
    const story = tell(trace);
    const arrows = story.steps.filter((step): step is ArrowStep => step.kind === 'arrow');
    endsAreJoined(trace, story);
    framesAreTold(trace, arrows);
    datagramsAreTold(trace, arrows);
    repetitionsPointBack(arrows);
    dialogueIsWhatWasRead(trace, story);
    handshakesAreWhole(arrows, story);
    assert.ok(story.steps.every(({ number, at }, i) => number === i + 1 && at >= (story.steps[i - 1]?.at ?? 0)));
    assert.ok(arrows.every(({ sentAt = 0, receivedAt = Number.POSITIVE_INFINITY }) => sentAt <= receivedAt));
    assert.ok(connectionIndex(story).every(({ end }) => end !== 'still open'));
  });
}

const is =
  <K extends TraceEvent['kind']>(kind: K) =>
  (event: TraceEvent): event is Extract<TraceEvent, { kind: K }> =>
    event.kind === kind;

/** Every end belongs to a connection, and every connection has two, unless nobody took it. */
function endsAreJoined({ events }: Trace, { connections, actors }: Story): void {
  const named = new Set(events.flatMap((event) => ('connection' in event && event.connection !== undefined ? [event.connection] : [])));
  assert.equal(connections.flatMap(({ ends }) => ends).toSorted(), [...named].toSorted());
  assert.ok(
    connections.every(({ ends }) => ends.length === 2),
    JSON.stringify(connections),
  );
  assert.ok(actors.every(({ basis }) => basis === 'observed'));
}

/** As many frames as were sent, and as many have arrived as were received. */
function framesAreTold({ events }: Trace, arrows: readonly ArrowStep[]): void {
  const seen = events.filter(is('frame'));
  const told = arrows.filter(({ lane }) => lane === 'frames');
  const count = (direction: FrameEvent['direction']) => seen.filter((event) => event.direction === direction).length;
  assert.is(told.length, count('sent'));
  assert.is(told.filter(({ receivedAt }) => receivedAt !== undefined).length, count('received'));
  assert.not.ok(told.some(({ outcome }) => outcome === 'unseen'));
}

/** Likewise the datagrams; and a copy for each that came twice. */
function datagramsAreTold({ events }: Trace, arrows: readonly ArrowStep[]): void {
  const seen = events.filter(is('datagram'));
  const told = arrows.filter(({ lane, basis }) => lane === 'segments' && basis === 'observed');
  if (seen.length === 0) return;
  const count = (direction: DatagramEvent['direction']) => seen.filter((event) => event.direction === direction).length;
  assert.is(told.filter(({ sentAt }) => sentAt !== undefined).length, count('sent'));
  assert.is(told.filter(({ receivedAt }) => receivedAt !== undefined).length, count('received'));
  assert.is(
    told.filter(({ outcome }) => outcome === 'lost').length + told.filter(({ outcome }) => outcome === 'unseen').length,
    count('sent') - count('received'),
  );
}

/** What is sent again was there before, in the step that is named, and says so exactly if the sender did. */
function repetitionsPointBack(arrows: readonly ArrowStep[]): void {
  const byNumber = new Map(arrows.map((step) => [step.number, step]));
  for (const { number, repeats, connection, from } of arrows) {
    if (!repeats) continue;
    const first = byNumber.get(repeats.step);
    assert.ok(first && first.number < number && first.connection === connection && first.from === from);
    assert.ok(segmentsIn(first).includes(repeats.segment));
    const earlier = arrows.filter((step) => step.number < repeats.step && step.connection === connection && step.from === from);
    assert.not.ok(
      earlier.some((step) => segmentsIn(step).includes(repeats.segment)),
      'it is the first',
    );
  }
}

function segmentsIn({ bytes, lane }: ArrowStep): number[] {
  const packet = lane === 'segments' ? readPacket(bytes) : undefined;
  return packet && 'frames' in packet ? packet.frames.flatMap((frame) => ('segment' in frame ? [frame.segment] : [])) : [];
}

/** The dialogue of each connection is what its ends have read, byte by byte. */
function dialogueIsWhatWasRead({ events }: Trace, story: Story): void {
  const read = new Map<string, string>();
  for (const { connection, direction, bytes } of events.filter(is('chunk'))) {
    if (direction === 'received') read.set(connection, (read.get(connection) ?? '') + Buffer.from(bytes).toString('hex'));
  }
  for (const { id, ends, client } of story.connections) {
    const turns = follow(story, id)?.turns ?? [];
    for (const end of ends) {
      const by = events.find((event) => event.kind === 'state' && event.connection === end);
      const reader = by?.kind === 'state' && by.by === client ? 'client' : 'server';
      const said = turns.filter(({ from }) => from !== reader).map(({ bytes }) => Buffer.from(bytes).toString('hex'));
      assert.is(said.join(''), read.get(end) ?? '', `what ${end} has read`);
    }
  }
}

/** TCP shakes hands in three steps, UDP in four; the others have no packets for it. */
function handshakesAreWhole(arrows: readonly ArrowStep[], { connections }: Story): void {
  for (const { id, scheme } of connections) {
    const steps = scheme === 'tcp' ? 3 : scheme === 'udp' ? 4 : 0;
    const phases = new Set(arrows.flatMap(({ connection, phase }) => (connection === id && phase?.startsWith('handshake') ? [phase] : [])));
    assert.is(phases.size, steps);
  }
}

test.run();
