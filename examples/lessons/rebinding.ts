/*
 * NAT rebinding: the client's address changes in the middle of a connection, and the client cannot even notice.
 */

import type { ArrowStep, Story } from '../../tracer/join/index.js';
import type { Trace } from '../../tracer/trace/trace.js';
import type { Lesson, Question } from './lesson.js';
import { arrival, type Datagram, datagrams, first, framesOf, ms, must, partsOf, rowsInWords, rowsOf, segmentsIn } from './reading.js';

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

/** The address from which the server saw a datagram come. */
function seenFrom(step: ArrowStep, { events }: Trace): string {
  return first(
    events.filter((event) => event.kind === 'datagram'),
    `row ${step.number} at the server`,
    ({ direction, at, bytes, fate }) =>
      direction === 'received' && at === step.receivedAt && (same(bytes, step.bytes) || fate === 'withheld'), // what nobody could vouch for is not shown
  ).remote;
}

/** The address to which a datagram was sent. */
function sentTo(step: ArrowStep, { events }: Trace): string | undefined {
  return events
    .filter((event) => event.kind === 'datagram')
    .find(({ direction, at, bytes }) => direction === 'sent' && at === step.sentAt && same(bytes, step.bytes))?.remote;
}

const same = (one: Uint8Array, other: Uint8Array) => one.length === other.length && one.every((byte, i) => byte === other[i]);

const QUESTIONS: readonly Question[] = [
  {
    asks: 'Which packet comes from the new address, and how does the server know to which connection it belongs?',
    answer: (story, trace) => {
      const { moved, challenge } = pathIn(story);
      const before = first(datagrams(story), 'a packet from the old address', ({ step }) => step.from === moved.step.from);
      const [old, now] = [before, moved].map(({ step }) => seenFrom(step, trace));
      must(old !== now, 'another address');
      must(before.packet.destination === moved.packet.destination, 'the same ID from both addresses');
      return {
        says: `That of row ${moved.step.number}: the server sees it come from ${now}, and row ${before.step.number} from ${old}. The ID of the connection in both is the same, and it is the ID that counts. (TCP knows a connection by its addresses and ports, so there it would be lost.) Row ${challenge.step.number} asks who is there.`,
        rows: [before.step.number, moved.step.number, challenge.step.number],
      };
    },
  },
  {
    asks: 'Why does the server not simply answer at the new address, and what convinces it?',
    answer: (story, trace) => {
      const { moved, challenge, response } = pathIn(story);
      const [asked, said] = [partsOf(challenge.packet, 'PATH_CHALLENGE')[0]?.token, partsOf(response.packet, 'PATH_RESPONSE')[0]?.token];
      must(asked !== undefined && said !== undefined && String(asked) === String(said), 'the token of the challenge in the response');
      const next = first(
        datagrams(story),
        'a datagram with data to the new address',
        ({ step, packet }) => step.from === challenge.step.from && step.at >= arrival(response.step) && segmentsIn(packet).length > 0,
      );
      const now = seenFrom(moved.step, trace);
      must(sentTo(next.step, trace) === now, 'that the connection moves');
      must(
        !datagrams(story).some(
          ({ step, packet }) => sentTo(step, trace) === now && step.at < next.step.at && segmentsIn(packet).length > 0,
        ),
        'that no data went there before',
      );
      return {
        says: `Anybody can write somebody else’s address on a packet, and would move the connection there. Row ${response.step.number} brings back the token of row ${challenge.step.number}, so whoever is there receives there. Only then, ${ms(next.step.at - challenge.step.at)} after the question, do data go to ${now}: row ${next.step.number}.`,
        rows: [challenge.step.number, response.step.number, next.step.number],
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
      must(syns === 0 && framesOf(story, 'PROMPT').length === 0, 'that nobody dialled or was asked again');
      first(again, 'the segment again');
      must(
        again.some(({ step }) => arrival(step) === arrival(say)),
        'that the message came with the repetition',
      );
      return {
        says: `Segment ${segment} came in row ${moved.step.number} from an address that nobody had proven, and was not taken: ${rowsInWords(rowsOf(again.map(({ step }) => step)))} brought it again, and the message of row ${say.number} took ${ms(arrival(say) - say.at)} to the server instead of one way of ${ms(arrival(moved.step) - moved.step.at)}. No row has a SYN or a PROMPT: nobody dialled again.`,
        rows: [say.number, moved.step.number, ...rowsOf(again.map(({ step }) => step))],
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
      const number = await bar.says('And after.');
      stage.shown('The group has both, and Bar has never dialled again.', number === 2 && bar.state.name === 'chatting');
    },
  }),
  transports: ['udp'],
  lanes: ['frames', 'segments'],
  questions: () => QUESTIONS,
};
