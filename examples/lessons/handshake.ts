/*
 * From nothing to the first message: what each transport does before the chat can begin, and who acknowledges what.
 */
import type { ArrowStep, Story } from '../../tracer/join/index.js';
import type { Example } from '../stage/stage.js';
import type { Lesson, Question } from './lesson.js';
import {
  acknowledgementOf,
  arrival,
  carrierOf,
  datagrams,
  first,
  framesOf,
  kernelPackets,
  marksOf,
  ms,
  must,
  rowsInWords,
  rowsOf,
  segments,
  segmentsIn,
} from './reading.js';

const example: Example = {
  name: 'handshake',
  title: 'The handshake',
  tells: 'Bar connects, creates a group, and says the first words.',

  async run(stage) {
    stage.explain('The transport makes a connection, each in its own way; then the server speaks first.');
    const bar = await stage.client('Bar');
    stage.explain('The server asks and the client answers, until there is a group.');
    await bar.creates('1234');
    stage.explain('The first message.');
    const number = await bar.says('Hi friends');
    stage.shown('The group has the message, and has numbered it.', number === 1);
  },
};

/** The arrows of the transport's own handshake: seen by a capture, by our engine, or inferred from what connect() returned. */
const shakes = (story: Story) =>
  [...segments(story), ...kernelPackets(story)].filter(({ phase }) => phase?.startsWith('handshake')).sort((a, b) => a.number - b.number);

/** What asks for the connection. */
const askedBy = (transport: string) => (transport === 'http' ? 'the first request' : 'connect()');

const NO_SEGMENTS: Readonly<Record<string, string>> = {
  unix: 'No segment goes anywhere: the kernel makes both ends.',
  http: 'No row shows them: a POST asks for a session and gets its ID, and a GET for the stream, each over a TCP connection of the kernels’.',
};

const whenOpen = (transport: string): Question => ({
  asks: 'Which rows make the connection, and how long does it take until the client may use it?',
  answer: (story) => {
    const dialling = first(marksOf(story, 'dialling'), 'the call of connect()');
    const open = first(marksOf(story, 'open'), 'the open connection');
    const all = shakes(story);
    const rows = rowsOf(all);
    const seen = all.some(({ basis }) => basis === 'inferred') ? ', inferred from what connect() gave back' : ', all seen';
    const made = rows.length === 0 ? NO_SEGMENTS[transport] : `${rows.length} segments: ${rowsInWords(rows)}${seen}.`;
    return {
      says: `${made} From ${askedBy(transport)} in row ${dialling.number} to open in row ${open.number} it takes ${ms(open.at - dialling.at)}.`,
      rows: [dialling.number, ...rows, open.number],
    };
  },
});

const whenAccepted = (transport: string): Question => ({
  asks: 'When does the server’s program learn of the connection: before, in or after the handshake?',
  answer: (story) => {
    const accepted = first(marksOf(story, 'accepted'), 'accept()');
    const all = shakes(story);
    const before = all.filter((step) => arrival(step) <= accepted.at);
    const last = before.at(-1);
    if (all.length === 0 || !last) {
      const dialling = first(marksOf(story, 'dialling'), 'the call of connect()');
      must(dialling.at <= accepted.at, 'accept() after connect()');
      return {
        says:
          transport === 'http'
            ? `In row ${accepted.number}, when the POST that asks for a session (row ${dialling.number}) has come. TCP’s handshake below that was over before.`
            : `In row ${accepted.number}, after connect() in row ${dialling.number}; there is no handshake it could wait for.`,
        rows: [dialling.number, accepted.number],
      };
    }
    const when = before.length === all.length ? `after all ${all.length} segments` : `after ${before.length} of ${all.length} segments`;
    return {
      says: `In row ${accepted.number}: ${when} of the handshake, with ${last.label} in row ${last.number}. Until then no program was asked.`,
      rows: [last.number, accepted.number],
    };
  },
});

const whereAcknowledged = (transport: string): Question => ({
  asks: 'Where is the first message acknowledged by the transport, and where by the application?',
  answer: (story) => {
    const say = first(framesOf(story, 'SAY'), 'a message');
    const carrier = carrierOf(story, say);
    const accepted = first(framesOf(story, 'ACCEPTED'), 'its ACCEPTED');
    must(arrival(accepted) > say.at, 'an ACCEPTED after the message');
    const { says, rows } = ofTheTransport(story, say, carrier, transport);
    return {
      says: `Row ${carrier.number} carries it. ${says} The application does it with ACCEPTED in row ${accepted.number}, ${ms(arrival(accepted) - say.at)} after SAY: only that says that the group has it.`,
      rows: [carrier.number, ...rows, accepted.number],
    };
  },
});

/** Over a stream the kernels acknowledge bytes, where no program sees it; a capture does. */
function ofTheTransport(
  story: Story,
  say: ArrowStep,
  carrier: ArrowStep,
  transport: string,
): { readonly says: string; readonly rows: readonly number[] } {
  if (transport === 'unix')
    return { says: 'No row acknowledges it: both ends are in one kernel, and what is written is in the other one’s buffer.', rows: [] };
  if (transport === 'http')
    return {
      says: 'The session’s ACK comes with the answer to the POST that had it, which no row shows; below that TCP has its own.',
      rows: [],
    };
  if (transport === 'tcp') {
    const packet = kernelPackets(story).find(({ from, words }) => from === say.from && /\bSAY\b/.test(words));
    if (!packet) return { says: 'TCP’s ACK is the kernel’s, and no program sees it: see it with --kernel, as root.', rows: [] };
    const [, seq, length] = /seq ([\d,]+).*?([\d,]+) bytes?/.exec(packet.words) ?? [];
    const end = numberIn(seq) + numberIn(length);
    const ack = first(
      kernelPackets(story),
      'its ACK',
      (step) => step.to === say.from && step.at >= packet.at && numberIn(/ack ([\d,]+)/.exec(step.words)?.[1]) >= end,
    );
    return {
      says: `On the wire that is row ${packet.number}, and TCP acknowledges it in row ${ack.number} with ack ${end}, the number after its last byte.`,
      rows: [packet.number, ack.number],
    };
  }
  const { packet } = first(datagrams(story), 'its datagram', ({ step }) => step === carrier);
  const segment = Math.max(...segmentsIn(packet));
  const ack = acknowledgementOf(story, segment, say.from).step;
  return { says: `It is segment ${segment}, and the ACK in row ${ack.number} covers that.`, rows: [ack.number] };
}

const numberIn = (text = '') => Number(text.replaceAll(',', ''));

const LOOK: Readonly<Record<string, string>> = {
  tcp: 'Three segments go between the two kernels before any program has said a word. Watch in which order the client’s open and the server’s accepted come, and who speaks first. No program sees the segments, so they are inferred; with --kernel, as root, they are captured.',
  udp: 'UDP has no connections: SYN, COOKIE, CONNECT and the first DATA are our engine’s own, and every datagram is seen. Watch when the server begins to keep something (accepted), and what travels along with the fourth.',
  unix: 'Both ends are in one kernel: no segment goes anywhere before the chat begins. Watch what is left of the handshake, and that the chat’s frames are the same as over TCP.',
  http: 'A connection over HTTP is a session: a POST asks for it, and a GET for what comes down. No row shows the requests, nor the TCP connections below them. Watch how long it takes until the client’s open, what the server sends before that, and that the chat’s frames are the same as over TCP.',
};

const SEEN =
  'The kernels’ packets were captured: watch SYN, SYN-ACK and ACK, and whether accepted comes before or after them. Every ACK row is a kernel’s; every ACCEPTED row is the application’s.';

/** The lesson. */
export const handshake: Lesson = {
  name: 'handshake',
  title: 'The handshake: who has to say what before the first message',
  look: ({ transport, kernel }) => (kernel ? SEEN : (LOOK[transport] ?? '')),
  example,
  transports: ['tcp', 'udp', 'unix', 'http'],
  states: ['dialling', 'open', 'accepted'],
  questions: ({ transport }) => [whenOpen(transport), whenAccepted(transport), whereAcknowledged(transport)],
};
