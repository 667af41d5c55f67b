/*
 * Flow control: a receiver that does not read makes its sender wait, and nothing is lost.
 */
import type { ArrowStep, Story } from '../../tracer/join/index.js';
import type { Example } from '../stage/stage.js';
import type { Lesson, Question } from './lesson.js';
import {
  acknowledgementOf,
  arrival,
  carrierOf,
  type Datagram,
  datagrams,
  first,
  framesOf,
  marksOf,
  ms,
  must,
  partsOf,
  rowsInWords,
  rowsOf,
  segments,
  segmentsIn,
} from './reading.js';

const example: Example = {
  name: 'slow-reader',
  title: 'Flow control with a slow reader',
  tells: 'Ann says six things while Bar reads nothing; then Bar reads on.',
  transport: 'udp',

  async run(stage) {
    const [ann, bar] = await stage.group({ id: '8888', password: '1234', members: ['Ann', 'Bar'] });
    if (!ann || !bar) return;
    await bar.isBusyWhile(() => ann.saysApart(['one', 'two', 'three', 'four', 'five', 'six'], 40));
    stage.shown('Bar has read all six, in order, and the server has lost nothing.', bar.heard.length === 6);
  },
};

/** When Bar stops reading, and when he reads on. */
function pauseIn(story: Story): { readonly paused: number; readonly resumed: number; readonly rows: readonly number[] } {
  const paused = first(marksOf(story, 'paused'), 'a pause');
  const resumed = first(marksOf(story, 'resumed'), 'its end', ({ at }) => at > paused.at);
  return { paused: paused.at, resumed: resumed.at, rows: [paused.number, resumed.number] };
}

/** The messages that had to wait at the server. */
const stalled = (story: Story): ArrowStep[] => framesOf(story, 'MESSAGE').filter((frame) => carrierOf(story, frame).at > frame.at);

/** The ACKs of Bar, which tell his credit. */
const credits = (story: Story, to: string): (Datagram & { readonly credit: number })[] =>
  datagrams(story)
    .filter(({ step }) => step.to === to)
    .flatMap((each) => partsOf(each.packet, 'ACK').map(({ credit }) => ({ ...each, credit })));

/** What lets a stalled message go: its segment, the last credit that forbids it, the first that allows it. */
function stallIn(story: Story): {
  readonly message: ArrowStep;
  readonly segment: number;
  readonly full: Datagram;
  readonly room: Datagram;
  readonly sent: ArrowStep;
} {
  const message = first(stalled(story), 'a message that waits at the server');
  const sent = carrierOf(story, message);
  const { packet } = first(datagrams(story), 'its datagram', ({ step }) => step === sent);
  const segment = Math.max(...segmentsIn(packet));
  const told = credits(story, message.from);
  const full = first(
    told.toReversed(),
    'the credit that is used up',
    ({ step, credit }) => arrival(step) <= message.at && credit <= segment,
  );
  const room = first(told, 'new credit', ({ step, credit }) => step.number > full.step.number && credit > segment);
  return { message, segment, full, room, sent };
}

/** The first ACK that covers the segment in which a message came. */
function acknowledgementFor(story: Story, frame: ArrowStep): ArrowStep {
  const carrier = carrierOf(story, frame);
  const { packet } = first(datagrams(story), 'its datagram', ({ step }) => step === carrier);
  return acknowledgementOf(story, Math.max(...segmentsIn(packet)), frame.from).step;
}

const QUESTIONS: readonly Question[] = [
  {
    asks: 'From when to when does Bar read nothing, and which messages are at his machine meanwhile?',
    answer: (story) => {
      const { paused, resumed, rows } = pauseIn(story);
      const here = framesOf(story, 'MESSAGE').filter((frame) => arrival(carrierOf(story, frame)) < resumed && arrival(frame) >= resumed);
      first(here, 'a message that waits at Bar’s machine');
      const acks = here.map((frame) => acknowledgementFor(story, frame));
      must(
        acks.every((step) => step.at < resumed),
        'an ACK of each before Bar reads on',
      );
      return {
        says: `From row ${rows[0]} to row ${rows[1]}, ${ms(resumed - paused)}. Those of ${rowsInWords(rowsOf(here))} have arrived and wait in the receive buffer. They are acknowledged meanwhile, by ${rowsInWords(rowsOf(acks))}: an ACK does not say that anybody has read.`,
        rows: [...rows, ...rowsOf(here), ...rowsOf(acks)],
      };
    },
  },
  {
    asks: 'Which message does the server hold back, and which row forbids it to send?',
    answer: (story) => {
      const { message, segment, full } = stallIn(story);
      must(
        segments(story).every(({ outcome }) => outcome !== 'lost'),
        'a run without loss',
      );
      return {
        says: `That of row ${message.number}${stalled(story).length > 1 ? ' and what comes behind it' : ''}: it would be segment ${segment}, and the ACK in row ${full.step.number} allows those before ${segment} only. No row is lost: the sender waits, and drops nothing.`,
        rows: [message.number, full.step.number],
      };
    },
  },
  {
    asks: 'What lets it send again, and how long did the message wait at the server?',
    answer: (story) => {
      const { message, room, sent } = stallIn(story);
      const { resumed, rows } = pauseIn(story);
      must(room.step.at >= resumed && arrival(room.step) <= sent.at, 'credit that comes after Bar reads on, and before the message goes');
      const credit = Math.max(...partsOf(room.packet, 'ACK').map((ack) => ack.credit));
      return {
        says: `Bar reads on in row ${rows[1]}, and the ACK in row ${room.step.number} gives credit up to ${credit}. Row ${sent.number} goes out ${ms(sent.at - message.at)} after the message was there to be sent.`,
        rows: [rows[1] as number, room.step.number, sent.number],
      };
    },
  },
];

/** The lesson. */
export const slowReader: Lesson = {
  name: 'slow-reader',
  title: 'Flow control: a slow reader makes its sender wait',
  look: () =>
    'Bar reads nothing while Ann talks; only his connection is shown. His end has room for four segments that nobody has read, and says so with every ACK (credit). Watch how the credit stops growing, which message the server holds back, and what sets it free.',
  example,
  transports: ['udp'],
  states: ['paused', 'resumed'],
  engine: { creditSegments: 4 },
  actor: 'Bar',
  questions: () => QUESTIONS,
};
