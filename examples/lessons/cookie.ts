/*
 * A SYN with a forged address, and why the server keeps nothing before the cookie has come back.
 */
import type { Story } from '../../tracer/join/index.js';
import type { Lesson, Question } from './lesson.js';
import { arrival, type Datagram, datagrams, first, marksOf, must, rowsInWords, rowsOf } from './reading.js';

/** Somebody who has never heard of us: an address that is reserved for examples (RFC 5737). */
const VICTIM = { host: '203.0.113.9', port: 666, family: 4 } as const;

/** The packets of one type: the real client's, and what came in the name of the victim or went to it. */
function packetsOf(
  story: Story,
  type: Datagram['packet']['type'],
): { readonly real: Datagram | undefined; readonly forged: Datagram | undefined } {
  const victim = first(story.connections, 'the forged packets', ({ clientAddress }) => clientAddress.includes(VICTIM.host)).id;
  const all = datagrams(story).filter(({ packet }) => packet.type === type);
  return { real: all.find(({ step }) => step.connection !== victim), forged: all.find(({ step }) => step.connection === victim) };
}

const there = (packet: Datagram | undefined, what: string): Datagram => first(packet ? [packet] : [], what);

const QUESTIONS: readonly Question[] = [
  {
    asks: 'Which SYN is forged, who gets the answer, and why is nobody flooded by it?',
    answer: (story) => {
      const syn = there(packetsOf(story, 'SYN').forged, 'the forged SYN');
      const cookie = there(packetsOf(story, 'COOKIE').forged, 'the COOKIE for it');
      const smaller = cookie.step.bytes.length < syn.step.bytes.length;
      return {
        says: `Row ${syn.step.number}: it says that it comes from ${VICTIM.host}, so the COOKIE of row ${cookie.step.number} goes there, to somebody who never asked. The SYN has ${syn.step.bytes.length} bytes and the COOKIE ${cookie.step.bytes.length}: ${smaller ? 'whoever forges has to send more than the victim gets' : 'that would make a flood of a trickle'}.`,
        rows: [syn.step.number, cookie.step.number],
      };
    },
  },
  {
    asks: 'How many connections has the server made, and at which row does it begin to keep anything?',
    answer: (story) => {
      const accepted = marksOf(story, 'accepted');
      const real = there(packetsOf(story, 'CONNECT').real, 'the real CONNECT');
      must(
        accepted.every(({ connection }) => connection === real.step.connection),
        'that nothing was kept of the forged SYN',
      );
      const synOf = there(packetsOf(story, 'SYN').real, 'the real SYN').step;
      const cookieOf = there(packetsOf(story, 'COOKIE').real, 'the real COOKIE').step;
      return {
        says: `${accepted.length === 1 ? 'One' : accepted.length}, in ${rowsInWords(rowsOf(accepted))}: neither at Bar’s SYN in row ${synOf.number} nor at the answer in row ${cookieOf.number}, but when the CONNECT of row ${real.step.number} had brought the cookie back. No row shows one for the forged SYN.`,
        rows: [synOf.number, cookieOf.number, real.step.number, ...rowsOf(accepted)],
      };
    },
  },
  {
    asks: 'Somebody makes a cookie up. What does the server answer, what does it keep, and what does Bar notice?',
    answer: (story) => {
      const connect = there(packetsOf(story, 'CONNECT').forged, 'the forged CONNECT');
      const rst = there(packetsOf(story, 'RST').forged, 'the RST');
      must(rst.step.at >= arrival(connect.step), 'a RST behind the forged CONNECT');
      must(!marksOf(story, 'accepted').some(({ at }) => at >= arrival(connect.step)), 'that nothing was accepted then');
      const bar = there(packetsOf(story, 'SYN').real, 'the real SYN').step;
      const after = first(
        datagrams(story),
        'a datagram to Bar afterwards',
        ({ step }) => step.to === bar.from && step.connection === bar.connection && step.at >= rst.step.at,
      );
      return {
        says: `To the CONNECT of row ${connect.step.number}, ${connect.step.bytes.length} bytes, it answers with the ${rst.step.bytes.length} bytes of RST in row ${rst.step.number}. No accepted follows, so it keeps nothing. Bar notices nothing: his connection goes on in row ${after.step.number}.`,
        rows: [connect.step.number, rst.step.number, after.step.number],
      };
    },
  },
];

/** The lesson. */
export const cookie: Lesson = {
  name: 'cookie',
  title: 'A forged SYN, and the cookie',
  look: () =>
    'Bar connects as everybody does. Then somebody writes another one’s address on a SYN, and later on a CONNECT with a made-up cookie. Nobody observes at that address, so the column is inferred. Watch where the answers go, and when there is an accepted.',
  example: (world) => ({
    name: 'cookie',
    title: 'A forged SYN, and the cookie',
    tells: 'Bar connects. Then somebody sends a SYN that says it came from elsewhere, and a CONNECT with a made-up cookie.',
    transport: 'udp',

    async run(stage) {
      const bar = await stage.client('Bar');
      stage.explain('Somebody forges a SYN: the sender’s address on it is another one’s.');
      await world.forgeSyn(VICTIM);
      await bar.answers('2');
      stage.explain('And a CONNECT with a made-up cookie, since the real one went elsewhere.');
      await world.forgeConnect(VICTIM);
      await bar.answers('Bar');
      stage.shown('Bar has noticed nothing: the server asks him for a password.', bar.state.name === 'asked');
    },
  }),
  transports: ['udp'],
  lanes: ['segments', 'states'],
  states: ['accepted', 'open'],
  questions: () => QUESTIONS,
};
