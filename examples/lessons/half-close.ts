/*
 * Half-close: a connection has two directions, and each of them ends by itself. What still comes over the other one, and
 * what the end of a stream does not say.
 */
import type { ArrowStep, Story } from '../../tracer/join/index.js';
import type { Example } from '../stage/stage.js';
import type { Lesson, Question } from './lesson.js';
import { arrival, datagrams, first, framesOf, kernelPackets, ms, must, partsOf, rowsInWords, rowsOf, segments } from './reading.js';

const example: Example = {
  name: 'half-close',
  title: 'Half-close',
  tells: 'Bar hangs up behind his last words, without a goodbye. Ann says goodbye.',

  async run(stage) {
    const [ann, bar] = await stage.group({ id: '8888', password: '1234', members: ['Ann', 'Bar'] });
    if (!ann || !bar) return;
    stage.explain('Bar’s program ends its direction right behind a message, and still listens.');
    await bar.saysAndHangsUp('bye');
    stage.explain('Ann leaves in order: BYE is the chat’s goodbye, and then each direction ends.');
    await ann.exits();
    stage.shown('Bar’s last words were taken after he had hung up.', ann.heard.length === 1);
  },
};

/** What ends a direction: the kernel's FIN, the end of a Unix socket's stream, or the datagram with a FIN in it. */
function endsOf(story: Story, connection: string): readonly [ArrowStep, ArrowStep] {
  const inDatagrams = datagrams(story).filter(({ packet }) => partsOf(packet, 'FIN').length > 0);
  const signals = [...segments(story), ...kernelPackets(story)].filter(({ label }) => label === 'END' || label.includes('FIN'));
  const all = [...inDatagrams.map(({ step }) => step), ...(inDatagrams.length > 0 ? [] : signals)]
    .filter((step) => step.connection === connection && step.repeats === undefined)
    .sort((a, b) => a.number - b.number);
  const one = first(all, 'the end of a direction');
  return [one, first(all, 'the end of the other direction', ({ from }) => from !== one.from)];
}

function nameOf(story: Story, actor: string): string {
  const { name, role } = first(story.actors, 'an actor', ({ id }) => id === actor);
  return role === 'server' ? 'the server' : name;
}

/** The connection of one who hangs up: that of the message. */
const hungUp = (story: Story) => first(framesOf(story, 'SAY'), 'Bar’s last words').connection;

const QUESTIONS: readonly Question[] = [
  {
    asks: 'Which two rows end Bar’s connection, and which direction does each of them end?',
    answer: (story) => {
      const [one, other] = endsOf(story, hungUp(story));
      return {
        says: `Row ${one.number} ends what ${nameOf(story, one.from)} says, and row ${other.number}, ${ms(other.at - one.at)} later, what ${nameOf(story, other.from)} says: two directions, two ends. In between the connection is half-closed.`,
        rows: [one.number, other.number],
      };
    },
  },
  {
    asks: 'Bar has hung up. Which rows prove that the other direction still works?',
    answer: (story) => {
      const [hangsUp, other] = endsOf(story, hungUp(story));
      const accepted = first(
        framesOf(story, 'ACCEPTED'),
        'what still came to Bar',
        ({ connection, at }) => connection === hangsUp.connection && at >= hangsUp.at,
      );
      must(arrival(accepted) <= arrival(other), 'an ACCEPTED that arrives before the second end');
      return {
        says: `Row ${accepted.number}: the server says ACCEPTED ${ms(accepted.at - hangsUp.at)} after Bar’s end in row ${hangsUp.number}, and it arrives, before the end in row ${other.number} does. Whoever closes a socket as soon as a read says “end” loses such an answer.`,
        rows: [hangsUp.number, accepted.number, other.number],
      };
    },
  },
  {
    asks: 'Ann and Bar both went. How does the chat tell a goodbye from a broken line, if the transport ends both in the same way?',
    answer: (story) => {
      const bars = hungUp(story);
      const lost = first(framesOf(story, 'PRESENCE'), 'the word that Bar is lost', ({ words }) => /lost/.test(words));
      const byes = framesOf(story, 'BYE');
      must(byes.length > 0 && byes.every(({ connection }) => connection !== bars), 'a BYE of Ann’s, and none of Bar’s');
      const anns = endsOf(story, first(byes, 'BYE').connection);
      return {
        says: `By BYE, ${rowsInWords(rowsOf(byes))}: Ann has said it, then come the same two ends as Bar’s, ${rowsInWords(rowsOf(anns))}. Bar’s stream only ended, as that of a program that was killed does, so row ${lost.number} calls him lost, and his seat is kept.`,
        rows: [...rowsOf(byes), ...rowsOf(anns), lost.number],
      };
    },
  },
];

/** The lesson. */
export const halfClose: Lesson = {
  name: 'half-close',
  title: 'Half-close: two directions, two ends',
  look: ({ transport }) =>
    `Watch what still reaches Bar after he has ended his direction (ended: I have said all; peer-ended: the other one has). Then compare how Ann goes: what is the same, and which two rows are more?${transport === 'udp' ? ' CLOSE, behind the ends, makes sure that neither is left waiting for an answer.' : ''}`,
  example,
  transports: ['tcp', 'udp', 'unix'],
  states: ['ended', 'peer-ended', 'closed'],
  tillTheEnd: true,
  questions: () => QUESTIONS,
};
