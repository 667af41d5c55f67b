/*
 * NAT rebinding: the client's address changes in the middle of a connection, and the client cannot even notice.
 */

import type { Story } from '../../tracer/join/index.js';
import type { Lesson, Question } from './lesson.js';
import { arrival, type Datagram, datagrams, first, framesOf, ms, partsOf, rowsInWords, rowsOf, segmentsIn } from './reading.js';

/** The question that the server asks at the new address, the packet that made it ask, and the answer. */
function pathIn(story: Story): { readonly moved: Datagram; readonly challenge: Datagram; readonly response: Datagram } {
  const all = datagrams(story);
  const challenge = first(all, 'a PATH_CHALLENGE', ({ packet }) => partsOf(packet, 'PATH_CHALLENGE').length > 0);
  const moved = first(
    all.toReversed(),
    'the packet from the new address',
    ({ step }) => step.from === challenge.step.to && arrival(step) <= challenge.step.at,
  );
  const response = first(all, 'a PATH_RESPONSE', ({ packet }) => partsOf(packet, 'PATH_RESPONSE').length > 0);
  return { moved, challenge, response };
}

const QUESTIONS: readonly Question[] = [
  {
    asks: 'Which packet comes from the new address, and how does the server know to which connection it belongs?',
    answer: (story) => {
      const { moved, challenge } = pathIn(story);
      const before = first(datagrams(story), 'a packet from the old address', ({ step }) => step.from === moved.step.from);
      const same = before.packet.destination === moved.packet.destination;
      return {
        says: `That of row ${moved.step.number}: the server answers with PATH_CHALLENGE in row ${challenge.step.number}. The connection’s ID in it is ${same ? 'the same as' : 'another than'} in row ${before.step.number}, from the old address; over TCP, where address and port are the connection’s name, it would be lost.`,
        rows: [before.step.number, moved.step.number, challenge.step.number],
      };
    },
  },
  {
    asks: 'Why does the server not simply answer at the new address, and what convinces it?',
    answer: (story) => {
      const { challenge, response } = pathIn(story);
      const [asked, said] = [partsOf(challenge.packet, 'PATH_CHALLENGE')[0]?.token, partsOf(response.packet, 'PATH_RESPONSE')[0]?.token];
      const echoed = asked !== undefined && said !== undefined && String(asked) === String(said);
      return {
        says: `Anybody can write somebody else’s address on a packet, and would move the connection there. Row ${response.step.number} ${echoed ? 'brings back the very token of' : 'answers'} row ${challenge.step.number}, so whoever is there receives there; ${ms(arrival(response.step) - challenge.step.at)} after it was asked, the connection moves.`,
        rows: [challenge.step.number, response.step.number],
      };
    },
  },
  {
    asks: 'What did it cost the message that was under way, and was there a new handshake?',
    answer: (story) => {
      const { moved, challenge } = pathIn(story);
      const segment = Math.max(...segmentsIn(moved.packet));
      const again = datagrams(story).filter(
        ({ step, packet }) =>
          step.from === moved.step.from && step.number > challenge.step.number && step.repeats && segmentsIn(packet).includes(segment),
      );
      const say = first(framesOf(story, 'SAY').toReversed(), 'the message', ({ number }) => number < challenge.step.number);
      const syns = datagrams(story).filter(({ packet }) => packet.type === 'SYN').length;
      return {
        says: `Segment ${segment} was not taken from an address that nobody had proven, so ${rowsInWords(rowsOf(again.map(({ step }) => step)))} brought it again, and the message of row ${say.number} took ${ms(arrival(say) - say.at)} to the server. ${syns === 0 ? 'There is no new SYN' : `There were ${syns} new SYNs`}, and the group saw nobody come or go.`,
        rows: [say.number, ...rowsOf(again.map(({ step }) => step))],
      };
    },
  },
];

/** The lesson. */
export const rebinding: Lesson = {
  name: 'rebinding',
  title: 'NAT rebinding: another address, the same connection',
  look: () =>
    'A NAT has forgotten Bar’s port and takes another one, as it does when a connection was silent for long. Bar’s client cannot know. Watch what the server does when his next packet comes from elsewhere, and what it does not do before it has an answer.',
  example: (world) => ({
    name: 'rebinding',
    title: 'NAT rebinding',
    tells: 'Bar is behind a NAT, which forgets its port and takes another one; then Bar goes on talking.',
    transport: 'udp',

    async run(stage) {
      const [bar] = await stage.group({ id: '8888', password: '1234', members: ['Bar'] });
      if (!bar) return;
      await bar.says('Before.');
      stage.explain('The NAT takes another port. Neither Bar nor his client is told.');
      await world.rebind();
      await bar.says('And after.');
      await bar.says('Still the same connection.');
      stage.shown('The group has all three, and Bar has never dialled again.', bar.state.name === 'chatting');
    },
  }),
  transports: ['udp'],
  lanes: ['frames', 'segments'],
  questions: () => QUESTIONS,
};
