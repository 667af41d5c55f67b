/*
 * A SYN with a forged address, and why the server keeps nothing before the cookie has come back.
 */
import type { Story } from '../../tracer/join/index.js';
import type { Lesson, Question } from './lesson.js';
import { type Datagram, datagrams, first, marksOf, rowsInWords, rowsOf } from './reading.js';

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
        says: `Row ${syn.step.number}: it says that it comes from ${VICTIM.host}, so the COOKIE of row ${cookie.step.number} goes there, to somebody who never asked. The SYN has ${syn.step.bytes.length} bytes, and the COOKIE is ${smaller ? 'smaller' : 'not smaller'}: ${smaller ? 'an attacker gains nothing by sending it through us' : 'it could be used to amplify traffic'}.`,
        rows: [syn.step.number, cookie.step.number],
      };
    },
  },
  {
    asks: 'How many connections has the server made, and at which row does it begin to keep anything?',
    answer: (story) => {
      const accepted = marksOf(story, 'accepted');
      const real = there(packetsOf(story, 'CONNECT').real, 'the real CONNECT');
      return {
        says: `${accepted.length === 1 ? 'One' : accepted.length}, in ${rowsInWords(rowsOf(accepted))}, when the CONNECT of row ${real.step.number} had brought the cookie back. Of the forged SYN nothing is kept: all that the server would have to remember is in the cookie, under its MAC.`,
        rows: [real.step.number, ...rowsOf(accepted)],
      };
    },
  },
  {
    asks: 'Somebody makes a cookie up. What does the server answer, and what does a TCP server with SYN cookies do alike?',
    answer: (story) => {
      const connect = there(packetsOf(story, 'CONNECT').forged, 'the forged CONNECT');
      const rst = there(packetsOf(story, 'RST').forged, 'the RST');
      return {
        says: `The MAC in row ${connect.step.number} is not the server’s, so row ${rst.step.number} says RST, in ${rst.step.bytes.length} bytes, and no connection is made. TCP hides its cookie in the initial sequence number (RFC 4987, section 3.6), and an ACK that does not fit gets a RST, too.`,
        rows: [connect.step.number, rst.step.number],
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
  questions: () => QUESTIONS,
};
