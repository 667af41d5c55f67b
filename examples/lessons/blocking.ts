/*
 * Head-of-line blocking: an ordered stream must not hand over what has arrived as long as something before it is missing.
 * Another connection is not held up.
 */
import type { ArrowStep, Story } from '../../tracer/join/index.js';
import type { Example } from '../stage/stage.js';
import type { Lesson, Question } from './lesson.js';
import { arrival, carrierOf, first, framesOf, ms, must, rowsInWords, rowsOf, segments } from './reading.js';

const example: Example = {
  name: 'blocking',
  title: 'Head-of-line blocking',
  tells: 'Bar says four things in a row, and the second is lost. Foo, on a connection of her own, says something meanwhile.',
  transport: 'udp',
  faults: { drop: ['client DATA 4'] }, // of Bar's; Foo sends only three datagrams with DATA

  async run(stage) {
    const [bar, foo] = await stage.group({ id: '8888', password: '1234', members: ['Bar', 'Foo'] });
    if (!bar || !foo) return;
    await Promise.all([bar.saysApart(['one', 'two', 'three', 'four'], 2), foo.saysApart(['hello from Foo'], 2)]);
    stage.shown('Foo has read all four of Bar’s, in order, and Bar has read hers.', foo.heard.length === 4 && bar.heard.length === 1);
  },
};

/** A message with what carried it first. */
interface Sent {
  readonly say: ArrowStep;
  readonly carrier: ArrowStep;
}

function sentBy(story: Story, name: string): Sent[] {
  const actor = first(story.actors, name, (one) => one.name === name).id;
  return framesOf(story, 'SAY')
    .filter(({ from }) => from === actor)
    .map((say) => ({ say, carrier: carrierOf(story, say) }));
}

/** The messages that had arrived before the program could read them. */
const held = (story: Story) =>
  sentBy(story, 'Bar').filter(({ say, carrier }) => carrier.outcome === 'arrived' && arrival(carrier) < arrival(say));

const QUESTIONS: readonly Question[] = [
  {
    asks: 'Which messages were at the server before its program could read them, and how long did each wait?',
    answer: (story) => {
      const all = held(story);
      first(all, 'a message that waits');
      const waits = all.map(
        ({ say, carrier }) => `row ${say.number} came in row ${carrier.number} and waited ${ms(arrival(say) - arrival(carrier))}`,
      );
      return { says: `${waits.join('; ')}.`.replace('row', 'Row'), rows: all.flatMap(({ say, carrier }) => [say.number, carrier.number]) };
    },
  },
  {
    asks: 'For what did they wait, and which row ends the waiting?',
    answer: (story) => {
      const lost = first(segments(story), 'a loss', ({ outcome }) => outcome === 'lost');
      const [waiting] = held(story);
      const end = first(
        segments(story),
        'what ends the waiting',
        (step) =>
          step.from === lost.from &&
          step.number > lost.number &&
          step.repeats !== undefined &&
          arrival(step) === arrival(first([waiting?.say ?? lost], 'a message')),
      );
      must(
        held(story).every(({ say }) => arrival(say) === arrival(end)),
        'that all of them are read when the gap is closed',
      );
      return {
        says: `For what row ${lost.number} had with it, since a stream hands its bytes over in order. Row ${end.number} brings it again, and at ${ms(arrival(end))} all of them are read at once.`,
        rows: [lost.number, end.number],
      };
    },
  },
  {
    asks: 'Did Foo’s message wait, too? Why?',
    answer: (story) => {
      const { say, carrier } = first(sentBy(story, 'Foo'), 'Foo’s message');
      const lost = first(segments(story), 'a loss', ({ outcome }) => outcome === 'lost');
      const wait = arrival(say) - arrival(carrier);
      must(say.connection !== lost.connection && wait === 0, 'that Foo’s message did not wait');
      const others = rowsInWords(rowsOf(held(story).map((each) => each.say)));
      return {
        says: `No: row ${say.number} came at ${ms(arrival(say))}, in row ${carrier.number}. It is on connection ${say.connection}, the loss on ${lost.connection}: each has an order of its own, so only ${others} had to wait.`,
        rows: [say.number, carrier.number, lost.number],
      };
    },
  },
];

/** The lesson. */
export const blocking: Lesson = {
  name: 'blocking',
  title: 'Head-of-line blocking: what has arrived must wait for what has not',
  look: () =>
    'Bar’s messages leave 2 ms apart; the datagram with the second is lost. Watch when the datagrams behind it arrive (their numbers in brackets), and when the SAYs in them do. Foo is on a connection of her own: compare. Only what goes to the server is shown.',
  example,
  transports: ['udp'],
  arqs: ['selective-repeat'],
  lanes: ['frames', 'segments'],
  keeps: (step, { connections }) =>
    step.kind === 'arrow' &&
    connections.some(({ client }) => client === step.from) &&
    (step.label === 'SAY' || step.label.startsWith('DATA')),
  questions: () => QUESTIONS,
};
