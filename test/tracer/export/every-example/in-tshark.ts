/*
 * Every example, really run and exported, in the real tshark: each frame of the trace with all its fields, nothing
 * malformed, every stream to be followed, and the same segments marked as sent again as in the story.
 */
import * as assert from 'uvu/assert';
import { pcapng } from '../../../../tracer/export/pcapng/index.js';
import type { JoinedConnection } from '../../../../tracer/join/story.js';
import { followBody } from '../../../../tracer/select/follow-text.js';
import { follow } from '../../../../tracer/select/index.js';
import type { FrameEvent, Trace } from '../../../../tracer/trace/trace.js';
import { Capture, type Shown } from '../tshark.js';
import { type Leaf, leavesIn } from '../wireshark/leaves.js';
import type { RealRun } from './runs.js';

const SIDES = ['client', 'server'] as const;
type Side = (typeof SIDES)[number];

/** Looks at the export of all examples over a transport. */
export function everyFrameInTshark(run: RealRun, transport: string): void {
  look(run, (capture) => {
    const shown = capture.shown();
    assert.equal(
      shown.filter(({ name }) => /malformed|lua[.]error|spoilt/.test(name)),
      [],
    );
    const wanted = run.story.connections.flatMap((connection) =>
      SIDES.map((side) =>
        framesSent(run.trace, connection, side).flatMap((frame) => leavesOf(frame, side).map(({ name, hex }) => `${name} ${hex}`)),
      ),
    );
    assert.equal(fieldsByFlow(capture, shown).filter(isSome).map(joined).sort(), wanted.filter(isSome).map(joined).sort());
    if (transport === 'udp') sameMarks(run, capture, shown);
    else sameStreams(run, capture);
  });
}

const isSome = ({ length }: readonly unknown[]): boolean => length > 0;
const joined = (lines: readonly string[]): string => lines.join('\n');

/** A line at the plain-text door is one field, without its end. */
function leavesOf({ type, bytes }: FrameEvent, side: Side): readonly Leaf[] {
  if (type !== 'LINE') return leavesIn(bytes, side);
  return [{ name: 'chatwire.line.text', hex: Buffer.from(bytes).subarray(0, -1).toString('hex') }];
}

/** Frames as they were sent by one side of a connection. */
function framesSent({ events }: Trace, { ends }: JoinedConnection, side: Side): readonly FrameEvent[] {
  return events.filter(
    (event): event is FrameEvent =>
      event.kind === 'frame' && ends.includes(event.connection) && event.direction === 'sent' && event.by.startsWith(side),
  );
}

/** The chat's fields that tshark shows, by stream and direction: for each a list. */
function fieldsByFlow(capture: Capture, shown: readonly Shown[]): readonly (readonly string[])[] {
  const places = capture.fields(['tcp.stream', 'udp.stream', 'tcp.srcport', 'udp.srcport']).map((row) => row.join(' '));
  const flows = new Map<string, string[]>();
  for (const { packet, name, hex } of shown) {
    if (!/^chatwire\.[a-z]+\./.test(name) || name.startsWith('chatwire.udp.')) continue;
    const place = places[packet - 1] as string;
    const flow = flows.get(place) ?? [];
    flows.set(place, flow);
    flow.push(`${name} ${hex}`);
  }
  return [...flows.values()];
}

/** Follow Stream shows the text that our follow shows, and that is what the trace says was sent. */
function sameStreams({ trace, story }: RealRun, capture: Capture): void {
  const sent = (connection: JoinedConnection, side: Side) =>
    trace.events.flatMap((event) =>
      event.kind === 'chunk' && event.direction === 'sent' && connection.ends.includes(event.connection) && event.by.startsWith(side)
        ? [event.bytes]
        : [],
    );
  const formats = ['ascii', 'hex', 'raw'] as const;
  const followed = capture.followBodies(story.connections.length, formats);
  for (const [i, connection] of story.connections.entries()) {
    const turns = follow(story, connection.id)?.turns ?? [];
    for (const format of formats) {
      const body = (followed[format][i] as string).replace(/\r(?!\n)/g, '.'); // ours lets no lone one reach a terminal
      assert.is(followBody(turns, format), body, `${connection.id} as ${format}`);
    }
    for (const side of SIDES) {
      const read = turns.flatMap(({ from, bytes }) => (from === side ? [bytes] : []));
      assert.is(Buffer.concat(read).toString('hex'), Buffer.concat(sent(connection, side)).toString('hex'));
    }
  }
}

/** The marks are those of the story: the same packet, the same segment, the same first sending. */
function sameMarks({ story, trace }: RealRun, capture: Capture, shown: readonly Shown[]): void {
  const stepsOf = capture
    .fields(['frame.comment'])
    .map(([comment = '']) => [...comment.matchAll(/Step (\d+):/g)].map(([, number]) => Number(number)));
  let segment = '';
  const marks = shown.flatMap(({ packet, name, show }) => {
    if (name === 'chatwire.udp.segment') segment = show;
    return name === 'chatwire.udp.first_sent' ? [{ packet, segment: Number(segment), first: Number(show) }] : [];
  });
  const told = trace.events.flatMap((event) => (event.kind === 'datagram' && event.direction === 'sent' ? (event.again ?? []) : []));
  assert.is.not(told.length, 0, 'the lossy example sends segments again');
  assert.is(marks.length, told.length);
  const markedSteps = marks.map(({ packet, segment: number, first }) => ({
    steps: stepsOf[packet - 1] as number[],
    number,
    first: stepsOf[first - 1] as number[],
  }));
  const repeats = story.steps.flatMap((step) => (step.kind === 'arrow' && step.repeats ? [{ ...step.repeats, number: step.number }] : []));
  assert.is.not(repeats.length, 0);
  for (const { number, step, segment: repeated } of repeats) {
    const marked = markedSteps.some((mark) => mark.steps.includes(number) && mark.number === repeated && mark.first.includes(step));
    assert.ok(marked, `step ${number}: segment ${repeated}, first in step ${step}`);
  }
  const stepsWithMarks = new Set(markedSteps.flatMap(({ steps }) => steps));
  assert.equal([...stepsWithMarks].sort(), [...new Set(repeats.map(({ number }) => number))].sort());
}

function look(run: RealRun, at: (capture: Capture) => void): void {
  const capture = new Capture(pcapng(run.trace, run.story));
  try {
    at(capture);
  } finally {
    capture.remove();
  }
}
