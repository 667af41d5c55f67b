/*
 * Why passwords are hidden: what anybody on the way can read, and what a trace must not show, shown on the bytes.
 */
import type { ArrowStep, Story } from '../../tracer/join/index.js';
import type { Example } from '../stage/stage.js';
import type { Lesson, Question } from './lesson.js';
import { carrierOf, first, framesOf, must, rowsInWords, rowsOf, segments } from './reading.js';

const example: Example = {
  name: 'passwords',
  title: 'Why passwords are hidden',
  tells: 'Bar joins a group with its password, once with a wrong one, and then with the right one.',

  async run(stage) {
    await stage.group({ id: '8888', password: 'open sesame', members: ['Ann'] });
    const bar = await stage.client('Bar');
    await bar.answers('1');
    await bar.answers('Bar');
    await bar.answers('8888');
    stage.explain('A wrong password. The server does not say what was wrong.');
    await bar.answers('1234');
    stage.explain('The right one.');
    await bar.answers('8888');
    const state = await bar.answers('open sesame');
    stage.shown('Bar is in the group.', state.name === 'chatting');
  },
};

/** What is said, and what comes of it. */
const ABOUT = /\b(ANSWER|REJECTED|JOINED|COOKIE|CONNECT)\b/;

/** The answers to the question for a password. */
const answersOf = (story: Story) => framesOf(story, 'ANSWER').filter(({ words }) => words.includes('password'));
const masked = (steps: readonly ArrowStep[]) => steps.filter(({ masks }) => masks.length > 0);
const maskBytes = ({ masks }: ArrowStep) => masks.map(({ from, to }) => to - from).join(' and ');

const QUESTIONS: readonly Question[] = [
  {
    asks: 'In which rows does a password cross the wire, and what carries it? Is it encrypted there?',
    answer: (story) => {
      const found = answersOf(story);
      first(found, 'a password');
      const carriers = found.map((frame) => carrierOf(story, frame));
      must(masked(carriers).length === carriers.length, 'a mask on each of them');
      const group = first(framesOf(story, 'ANSWER'), 'the answer with the group', ({ words }) => words.includes('8888'));
      const plain = carrierOf(story, group);
      must(Buffer.from(plain.bytes).includes('8888'), 'that what is no secret can be read');
      return {
        says: `The frames are ${rowsInWords(rowsOf(found))}, and ${rowsInWords(rowsOf(carriers))} the bytes that carry them. Nothing is encrypted: in the bytes of row ${plain.number} one reads “8888”, the group’s ID, letter for letter, and a password goes the same way. Only this trace masks it.`,
        rows: [...rowsOf(found), ...rowsOf(carriers), plain.number],
      };
    },
  },
  {
    asks: 'The two passwords have 4 and 11 letters. Why can you not tell from the bytes which is which?',
    answer: (story) => {
      const found = answersOf(story);
      const [one, other] = [first(found, 'a wrong password'), first(found.slice(1), 'a right password')];
      must(one.bytes.length === other.bytes.length && maskBytes(one) === maskBytes(other), 'two masks of one length');
      return {
        says: `Rows ${one.number} and ${other.number} have ${one.bytes.length} bytes both, with a mask of ${maskBytes(one)} in each: it is as long whatever is under it, and the length in the header is that of the masked bytes. A true length, or a checksum, would give a short password away.`,
        rows: [one.number, other.number],
      };
    },
  },
  {
    asks: 'What else is masked, although nobody typed it, and why?',
    answer: (story) => {
      const joined = first(framesOf(story, 'JOINED'), 'JOINED with its token', ({ masks }) => masks.length > 0);
      const others = masked(segments(story)).filter(({ label }) => label === 'COOKIE' || label === 'CONNECT');
      const cookie =
        others.length === 0
          ? ''
          : ` So is the MAC of the cookie in ${rowsInWords(rowsOf(others))}: with it one could open a connection from that address.`;
      return {
        says: `The resume token in row ${joined.number}: who has it can take Bar’s seat without a password, so it is as good as one.${cookie}`,
        rows: [joined.number, ...rowsOf(others)],
      };
    },
  },
];

/** The lesson. */
export const passwords: Lesson = {
  name: 'passwords',
  title: example.title,
  look: () =>
    'The chat encrypts nothing, so everything that the ladder shows could be read by anybody on the way. Watch the rows with •••, and ask of each what one could do with what is under it. `chatwire trace demo connect --show-secrets` shows the same with nothing hidden; do that with made-up passwords only.',
  example,
  transports: ['tcp', 'udp', 'unix'],
  lanes: ['frames', 'segments'],
  // the questions, and what only acknowledges, are no secrets
  keeps: ({ kind, label, words }) => kind === 'arrow' && (ABOUT.test(label) || ABOUT.test(words)),
  questions: () => QUESTIONS,
};
