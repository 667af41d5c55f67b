/*
 * From nothing to the first message: what each transport does before the chat can begin, and who acknowledges what.
 */
import type { Story } from '../../tracer/join/index.js';
import { example } from '../handshake.js';
import type { Lesson, Question } from './lesson.js';
import {
  acknowledgementOf,
  arrival,
  carrierOf,
  datagrams,
  first,
  framesOf,
  marksOf,
  ms,
  rowsInWords,
  rowsOf,
  segments,
  segmentsIn,
} from './reading.js';

/** The arrows of the transport's own handshake. */
const shakes = (story: Story) => segments(story).filter(({ phase }) => phase?.startsWith('handshake'));

const WHEN_OPEN: Question = {
  asks: 'Which rows make the connection, and how long does it take until the client may use it?',
  answer: (story) => {
    const dialling = first(marksOf(story, 'dialling'), 'the call of connect()');
    const open = first(marksOf(story, 'open'), 'the open connection');
    const rows = rowsOf(shakes(story));
    const made =
      rows.length === 0 ? 'No segment goes anywhere: the kernel makes both ends.' : `${rows.length} segments: ${rowsInWords(rows)}.`;
    return {
      says: `${made} From connect() in row ${dialling.number} to open in row ${open.number} it takes ${ms(open.at - dialling.at)}.`,
      rows: [dialling.number, ...rows, open.number],
    };
  },
};

const WHEN_ACCEPTED: Question = {
  asks: 'When does the server’s program learn of the connection: before, in or after the handshake?',
  answer: (story) => {
    const accepted = first(marksOf(story, 'accepted'), 'accept()');
    const before = shakes(story).filter(({ number }) => number < accepted.number);
    const all = shakes(story).length;
    const when =
      all === 0
        ? 'there is no handshake it could wait for'
        : before.length === all
          ? `after all ${all} segments of the handshake`
          : `after ${before.length} of ${all} segments of the handshake, when the cookie has come back`;
    return { says: `In row ${accepted.number}: ${when}.`, rows: [accepted.number] };
  },
};

/** Over a stream the kernels acknowledge bytes, where no program sees it. */
const ACKNOWLEDGED_OVER_STREAM: Record<'tcp' | 'unix', string> = {
  tcp: 'TCP acknowledges its bytes in the kernel, and no program sees when: there is no row for it',
  unix: 'There is nothing to acknowledge in between, since both ends are in one kernel: there is no row for it',
};

const whereAcknowledged = (transport: string): Question => ({
  asks: 'Where is the first message acknowledged by the transport, and where by the application?',
  answer: (story) => {
    const say = first(framesOf(story, 'SAY'), 'a message');
    const carrier = carrierOf(story, say);
    const accepted = first(framesOf(story, 'ACCEPTED'), 'its ACCEPTED');
    const byApplication = `The application does it with ACCEPTED in row ${accepted.number}, ${ms(arrival(accepted) - say.at)} after SAY: only now is it in the group’s log.`;
    if (transport !== 'udp') {
      const { [transport as 'tcp' | 'unix']: kernel } = ACKNOWLEDGED_OVER_STREAM;
      return { says: `Row ${carrier.number} carries it. ${kernel}. ${byApplication}`, rows: [carrier.number, accepted.number] };
    }
    const { packet } = first(datagrams(story), 'its datagram', ({ step }) => step === carrier);
    const segment = Math.max(...segmentsIn(packet));
    const ack = acknowledgementOf(story, segment, say.from).step;
    return {
      says: `Row ${carrier.number} carries it as segment ${segment}; the ACK in row ${ack.number} covers that. ${byApplication}`,
      rows: [carrier.number, ack.number, accepted.number],
    };
  },
});

const LOOK: Readonly<Record<string, string>> = {
  tcp: 'Three segments go between the two kernels before any program has said a word; they are inferred, for no program sees them. Watch in which order the client’s open and the server’s accepted come, and who speaks first.',
  udp: 'UDP has no connections: SYN, COOKIE, CONNECT and the first DATA are our engine’s own, and every datagram is seen. Watch when the server begins to keep something (accepted), and what travels along with the fourth.',
  unix: 'Both ends are in one kernel: no segment goes anywhere before the chat begins. Watch what is left of the handshake, and that the chat’s frames are the same as over TCP.',
};

/** The lesson. */
export const handshake: Lesson = {
  name: 'handshake',
  title: 'The handshake: who has to say what before the first message',
  look: ({ transport }) => LOOK[transport] ?? '',
  example,
  transports: ['tcp', 'udp', 'unix'],
  questions: ({ transport }) => [WHEN_OPEN, WHEN_ACCEPTED, whereAcknowledged(transport)],
};
