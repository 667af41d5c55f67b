/*
 * A lesson that is played, and its three answers with the rows that they point at; for tests that hold the answers to what
 * the trace says by itself.
 */
import { crc32 } from 'node:zlib';
import * as assert from 'uvu/assert';
import { lessons, play, type Setting, storyOf } from '../../../examples/lessons/index.js';
import type { ArrowStep, Step, Story, Trace } from '../../../tracer/index.js';
import { decodePacket } from '../../../transports/udp/wire/decode.js';
import type { Packet } from '../../../transports/udp/wire/packets.js';

/** An answer, and the steps that it points at, in their order. */
export interface Answered {
  readonly says: string;
  readonly rows: readonly Step[];
}

/** What came of a lesson. */
export interface Asked {
  readonly trace: Trace;
  readonly story: Story;
  readonly answers: readonly [Answered, Answered, Answered];
}

/** Plays a lesson and asks its questions. That there are three, and that each points at rows that are shown, is checked here. */
export async function ask(name: string, options: Partial<Setting> = {}): Promise<Asked> {
  const lesson = lessons.find((one) => one.name === name);
  if (!lesson) throw new Error(`There is no lesson "${name}".`);
  const setting = { transport: lesson.transports[0] as string, arq: lesson.arqs?.[0] ?? ('sack' as const), kernel: false, ...options };
  const trace = await play(lesson, setting, { madeBy: 'a test' });
  const story = storyOf(lesson, trace);
  const answers = lesson.questions(setting).map(({ answer }) => {
    const { says, rows } = answer(story, trace);
    assert.ok(rows.length > 0, says);
    const steps = [...new Set(rows)]
      .sort((one, other) => one - other)
      .map((row) => {
        const step = story.steps.find(({ number }) => number === row);
        assert.ok(step, `row ${row} is in the ladder`);
        assert.ok(!lesson.lanes || lesson.lanes.includes(step.lane), `row ${row} is in a lane that is shown`);
        return step;
      });
    return { says, rows: steps };
  });
  assert.is(answers.length, 3);
  return { trace, story, answers: answers as unknown as Asked['answers'] };
}

/** The names of the rows: `SYN open ACCEPTED`. */
export function labels({ rows }: Answered): string {
  return rows.map((row) => (row.kind === 'note' ? 'NOTE' : row.label)).join(' ');
}

/** An answer’s rows that are arrows with a name. */
export function arrows({ rows }: Answered, label = ''): readonly ArrowStep[] {
  return rows.filter((row): row is ArrowStep => row.kind === 'arrow' && row.label.startsWith(label));
}

/** What a datagram says, read from its bytes. */
export function packet({ bytes }: { readonly bytes: Uint8Array }): Packet {
  return decodePacket(bytes, crc32);
}

/** How far a datagram acknowledges; nothing if it does not. */
export function acknowledged(datagram: { readonly bytes: Uint8Array }): number | undefined {
  const read = packet(datagram);
  return 'frames' in read ? read.frames.flatMap((frame) => (frame.type === 'ACK' ? [frame.next] : []))[0] : undefined;
}

/** Milliseconds as answers write them. */
export function ms(nanoseconds: number): string {
  return `${Number((nanoseconds / 1e6).toFixed(3))} ms`;
}
