/*
 * Framing: a stream of bytes keeps no borders of messages, so the protocol has to bring its own.
 */
import { HEADER_BYTES } from '../../lib/wire/index.js';
import type { ArrowStep, Story } from '../../tracer/join/index.js';
import type { Example } from '../stage/stage.js';
import type { Lesson, Question } from './lesson.js';
import { arrival, first, rowsInWords, rowsOf, segments } from './reading.js';

/** A read brings 64 KiB at most, so these need two: each is the longest message that there may be, of characters of three bytes. */
const LONG = { messages: 6, character: '€', characters: 4000 } as const;

const example: Example = {
  name: 'framing',
  title: 'Framing',
  tells: 'Bar says three things in one write, then three in three writes, and then more than one read can bring.',

  async run(stage) {
    const [bar] = await stage.group({ id: '8888', password: '1234', members: ['Bar'] });
    if (!bar) return;
    stage.explain('Three messages in one write.');
    await bar.saysAtOnce(['one', 'two', 'three'], 'one');
    stage.explain('Three messages in three writes, one behind the other.');
    await bar.saysAtOnce(['four', 'five', 'six'], 'each');
    stage.explain('Six long messages in one write.');
    const long = LONG.character.repeat(LONG.characters);
    const numbers = await bar.saysAtOnce(
      Array.from({ length: LONG.messages }, () => long),
      'one',
    );
    stage.shown('However the bytes were cut, the server has read twelve messages.', numbers.at(-1) === 12);
  },
};

/** What Bar wrote to the stream. */
const writesOf = (story: Story) => segments(story).filter(({ label, words }) => label === 'DATA' && /\bSAY\b/.test(words));

/** The lengths of the frames in a write, as their headers tell them. */
function lengthsIn({ bytes }: ArrowStep): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lengths: number[] = [];
  for (let at = 0; at < bytes.length; at += HEADER_BYTES + (lengths.at(-1) ?? 0)) lengths.push(view.getUint16(at + 2));
  return lengths;
}

const QUESTIONS: readonly Question[] = [
  {
    asks: 'Which write carries three messages, and how does the server know where each of them ends?',
    answer: (story) => {
      const write = first(writesOf(story), 'a write with three messages', (step) => lengthsIn(step).length === 3);
      const lengths = lengthsIn(write).map((length) => `${HEADER_BYTES} + ${length}`);
      return {
        says: `Row ${write.number}. Each message begins with a header of ${HEADER_BYTES} bytes that tells how many follow: ${lengths.join(', ')} makes the ${write.bytes.length} bytes of the write.`,
        rows: [write.number],
      };
    },
  },
  {
    asks: 'Which writes are one message each, and in how many reads did the three of them come?',
    answer: (story) => {
      const writes = writesOf(story).filter((step) => lengthsIn(step).length === 1);
      first(writes, 'a write with one message');
      const reads = new Set(writes.map(arrival)).size;
      return {
        says: `Those of ${rowsInWords(rowsOf(writes))}: ${writes.length} writes, ${reads === 1 ? 'and one read brought them all' : `and ${reads} reads`}. A stream joins what was written apart, or does not: no read is a message.`,
        rows: rowsOf(writes),
      };
    },
  },
  {
    asks: 'Which one write needed several reads? What would a server do wrong that takes each read for a message?',
    answer: (story) => {
      const write = first(writesOf(story), 'a write that is read in pieces', ({ words }) => /read in \d+ pieces/.test(words));
      const [, reads] = /read in (\d+) pieces/.exec(write.words) ?? [];
      return {
        says: `Row ${write.number}: ${write.bytes.length.toLocaleString('en')} bytes, read in ${reads} pieces. It would see ${reads} messages, and there are ${lengthsIn(write).length}.`,
        rows: [write.number],
      };
    },
  },
];

/** The lesson. */
export const framing: Lesson = {
  name: 'framing',
  title: 'Framing: a stream knows bytes, and no messages',
  look: () =>
    'A DATA row is one write, and says what is in it and how it was read. Watch how many messages a write brings, which writes are read together (they arrive at the same moment), and which is read in pieces. How a stream cuts may be another way in the next run; the messages are the same.',
  example,
  transports: ['tcp', 'unix'],
  lanes: ['segments'],
  questions: () => QUESTIONS,
};
