/*
 * Half-close: a connection has two directions, and each of them ends by itself.
 */
import type { ArrowStep, MarkStep, Story } from '../../tracer/join/index.js';
import type { Example } from '../stage/stage.js';
import type { Lesson, Question } from './lesson.js';
import { arrival, datagrams, first, framesOf, marksOf, ms, partsOf, rowsInWords, rowsOf, segments } from './reading.js';

const example: Example = {
  name: 'half-close',
  title: 'Half-close',
  tells: 'Bar leaves: the chat says goodbye, and then each direction of the connection ends.',

  async run(stage) {
    const [bar] = await stage.group({ id: '8888', password: '1234', members: ['Bar'] });
    stage.explain('BYE is the chat’s goodbye; the end of a direction is the transport’s.');
    await bar?.exits();
  },
};

/** What ends a direction: the kernel's FIN, the end of a Unix socket's stream, or the datagram with a FIN in it; the first of each. */
function endsIn(story: Story): readonly [ArrowStep, ArrowStep] {
  const inDatagrams = datagrams(story).filter(({ packet }) => partsOf(packet, 'FIN').length > 0);
  const all =
    inDatagrams.length > 0
      ? inDatagrams.map(({ step }) => step)
      : segments(story).filter(({ label }) => label === 'FIN' || label === 'END');
  const one = first(all, 'the end of a direction');
  return [one, first(all, 'the end of the other direction', ({ from }) => from !== one.from)];
}

function nameOf(story: Story, actor: string): string {
  const { name, role } = first(story.actors, 'an actor', ({ id }) => id === actor);
  return role === 'server' ? 'the server' : name;
}

/** The states of one name, one at each end, in the order of time. */
const both = (story: Story, label: string): readonly [MarkStep, MarkStep] => {
  const all = marksOf(story, label);
  return [first(all, `"${label}" at one end`), first(all.slice(1), `"${label}" at the other end`)];
};

const QUESTIONS: readonly Question[] = [
  {
    asks: 'Which row ends which direction, and who is first?',
    answer: (story) => {
      const [one, other] = endsIn(story);
      return {
        says: `Row ${one.number} ends what ${nameOf(story, one.from)} says, row ${other.number} what ${nameOf(story, other.from)} says. Two ends, since there are two directions; ${nameOf(story, one.from)} is first${one.label === 'FIN' ? ', and keeps the connection in TIME-WAIT' : ''}.`,
        rows: [one.number, other.number],
      };
    },
  },
  {
    asks: 'From when to when is the connection half-closed, and what could still go over it?',
    answer: (story) => {
      const [one, other] = both(story, 'ended');
      return {
        says: `From row ${one.number}, ended at ${nameOf(story, one.actor)}, to row ${other.number}, ended at ${nameOf(story, other.actor)}: ${ms(other.at - one.at)}. In between ${nameOf(story, other.actor)} could still say something, and ${nameOf(story, one.actor)} would read it.`,
        rows: [one.number, other.number],
      };
    },
  },
  {
    asks: 'Which rows are the chat’s goodbye, and why is the end of the stream not enough?',
    answer: (story) => {
      const byes = framesOf(story, 'BYE');
      const last = first(byes.toReversed(), 'BYE');
      const [one] = endsIn(story);
      const order = arrival(one) >= arrival(last) ? 'behind' : 'before';
      return {
        says: `${rowsInWords(rowsOf(byes)).replace('row', 'Row')}. The end of the stream, in row ${one.number}, comes ${order} the last of them; it says that no more comes, but not why: a program that was killed ends its stream, too, and without a BYE the server would take Bar for lost and keep his seat.`,
        rows: [...rowsOf(byes), one.number],
      };
    },
  },
];

/** The lesson. */
export const halfClose: Lesson = {
  name: 'half-close',
  title: 'Half-close: two directions, two ends',
  look: ({ transport }) =>
    `Bar leaves. Watch that each end says for itself that it will send no more, and how ended (I have said all), peer-ended (the other one has) and closed follow at each of them.${transport === 'udp' ? ' CLOSE, behind it, makes sure that neither is left waiting for an answer.' : ''}`,
  example,
  transports: ['tcp', 'udp', 'unix'],
  tillTheEnd: true,
  questions: () => QUESTIONS,
};
