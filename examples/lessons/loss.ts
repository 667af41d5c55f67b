/*
 * A lost segment and how each ARQ repairs it: Bar says five things, and the second datagram that has any of them is lost.
 */
import type { ArrowStep, Story } from '../../tracer/join/index.js';
import type { Example } from '../stage/stage.js';
import type { Lesson, Question } from './lesson.js';
import {
  acknowledgementOf,
  arrival,
  type Datagram,
  datagrams,
  first,
  framesOf,
  ms,
  must,
  partsOf,
  rowsInWords,
  rowsOf,
  segmentsIn,
} from './reading.js';

/** Which of the client's datagrams with DATA is the second that has SAYs in it: HELLO and the answers come before. */
const DROPPED = 'client DATA 4';

const example: Example = {
  name: 'loss',
  title: 'Loss and retransmission',
  tells: 'Bar says five things, one every 2 ms; the second datagram with any of them is lost.',
  transport: 'udp',
  faults: { drop: [DROPPED] },

  async run(stage) {
    const [bar] = await stage.group({ id: '8888', password: '1234', members: ['Bar'] });
    const numbers = await bar?.saysApart(['one', 'two', 'three', 'four', 'five'], 2);
    stage.shown('The group has all five, in order.', numbers?.join() === '1,2,3,4,5');
  },
};

/** What is lost, and what the trace knows of it. */
function lostIn(story: Story): { readonly lost: ArrowStep; readonly segment: number; readonly repeat: ArrowStep } {
  const { step: lost, packet } = first(
    datagrams(story),
    'a loss',
    ({ step, packet }) => step.outcome === 'lost' && segmentsIn(packet).length > 0,
  );
  const segment = Math.max(...segmentsIn(packet)); // with what it carries along, the newest is its own
  const { step: repeat } = first(
    datagrams(story),
    'the retransmission',
    ({ step, packet }) => step.number > lost.number && step.from === lost.from && segmentsIn(packet).includes(segment),
  );
  return { lost, segment, repeat };
}

const CAUSES = {
  timeout: 'its retransmission timer ran out',
  probe: 'no ACK came for a probe timeout',
  fast: 'ACKs of later packets showed the gap',
  bundled: 'there was room for it in a later datagram',
} as const;

const QUESTIONS: readonly Question[] = [
  {
    asks: 'Which datagram is lost, which brings its segment again, and how did the sender come to send it?',
    answer: (story) => {
      const { lost, segment, repeat } = lostIn(story);
      const cause = repeat.repeats ? CAUSES[repeat.repeats.cause] : 'it goes again';
      return {
        says: `Row ${lost.number} is lost, with segment ${segment}. Row ${repeat.number} brings it again, ${ms(repeat.at - lost.at)} later: ${cause}.`,
        rows: [lost.number, repeat.number],
      };
    },
  },
  {
    asks: 'What else did the sender send more than once, and did the receiver keep what came behind the loss?',
    answer: (story) => {
      const { lost, segment, repeat } = lostIn(story);
      const own = datagrams(story).filter(({ step }) => step.from === lost.from);
      const again = sentAgain(own).filter((each) => each.segment !== segment || each.step !== repeat);
      const behind = own.filter(({ step, packet }) => isBetween(step, lost, repeat) && segmentsIn(packet).length > 0);
      const ack = acknowledgementOf(story, segment, lost.from);
      const rows = rowsOf([...behind.map(({ step }) => step), ...again.map(({ step }) => step)]);
      const seen = behind.length > 0 ? [ack.step.number] : [lost.number, repeat.number];
      const waiting = behind.length === 0 && again.length === 0 ? waitingFor(story, lost) : [];
      return {
        says: `${sentTwice(again)} ${keptBehind(behind, ack)}${waitsInWords(waiting, lost)}`,
        rows: [...rows, ...seen, ...rowsOf(waiting)],
      };
    },
  },
  {
    asks: 'Where is the lost message “two” acknowledged by the transport, and where by the application?',
    answer: (story) => {
      const { lost, segment } = lostIn(story);
      const ack = acknowledgementOf(story, segment, lost.from).step;
      const say = first(framesOf(story, 'SAY'), 'a lost message', ({ words }) => words.includes('two'));
      must(lost.words.includes('SAY') && say.at <= lost.at, 'that the message “two” was in it');
      const number = /message (\d+)/.exec(say.words)?.[1];
      const accepted = first(framesOf(story, 'ACCEPTED'), 'its ACCEPTED', ({ words }) => words.startsWith(`message ${number} `));
      must(accepted.at >= arrival(say), 'an ACCEPTED after the message');
      return {
        says: `Row ${ack.number} is the first with a cumulative ACK beyond segment ${segment}: the bytes have come. Row ${accepted.number}, ACCEPTED, says that the group has the message (row ${say.number}); it arrives at ${ms(arrival(accepted))}.`,
        rows: [ack.number, accepted.number, say.number],
      };
    },
  },
];

/** A segment that its sender had sent before, and what brings it again. */
interface SentAgain {
  readonly segment: number;
  readonly step: ArrowStep;
}

function sentAgain(own: readonly Datagram[]): readonly SentAgain[] {
  const before = new Set<number>();
  return own.flatMap(({ step, packet }) => {
    const segments = segmentsIn(packet);
    const again = segments.filter((segment) => before.has(segment)).map((segment) => ({ segment, step }));
    for (const segment of segments) before.add(segment);
    return again;
  });
}

const isBetween = (step: ArrowStep, lost: ArrowStep, repeat: ArrowStep) => step.number > lost.number && step.number < repeat.number;

function sentTwice(again: readonly SentAgain[]): string {
  if (again.length === 0) return 'It sent nothing else twice.';
  const segments = [...new Set(again.map(({ segment }) => segment))].sort((one, other) => one - other);
  const rowsWith = (segment: number) => rowsInWords(rowsOf(again.filter((each) => each.segment === segment).map(({ step }) => step)));
  const where = segments.map((segment) => `segment ${segment} in ${rowsWith(segment)}`).join('; ');
  return again.every(({ step }) => step.repeats?.cause === 'bundled')
    ? `Datagrams took along what nobody had acknowledged yet, to be safe: ${where}.`
    : `It sent what had left behind the lost one again, too: ${where}.`;
}

/** What was said before the lost datagram left, and had to wait for it: nothing else may be under way. */
function waitingFor(story: Story, lost: ArrowStep): readonly ArrowStep[] {
  return framesOf(story, 'SAY').filter(
    ({ at }) => at < lost.at && !datagrams(story).some(({ step }) => step.from === lost.from && step.at === at),
  );
}

function waitsInWords(waiting: readonly ArrowStep[], lost: ArrowStep): string {
  if (waiting.length === 0) return '';
  return ` Stop-and-wait has one segment under way: ${rowsInWords(rowsOf(waiting))} had to wait until the segment before was acknowledged, and went together in row ${lost.number}.`;
}

/** Kept, if the first ACK beyond the lost segment goes beyond what came behind it, too. */
function keptBehind(behind: readonly Datagram[], { step, packet }: Datagram): string {
  if (behind.length === 0)
    return 'There was nothing to keep: no other data left between the lost datagram and the one that brings it again.';
  const newest = Math.max(...behind.flatMap((each) => segmentsIn(each.packet)));
  const next = Math.max(...partsOf(packet, 'ACK').map((ack) => ack.next));
  const rows = rowsInWords(rowsOf(behind.map((each) => each.step)));
  return next > newest
    ? `The receiver had kept what came in ${rows}: the ACK in row ${step.number} covers all of it at once.`
    : `The receiver had dropped what came in ${rows}: the ACK in row ${step.number} goes no further than segment ${next - 1}.`;
}

/** The lesson. */
export const loss: Lesson = {
  name: 'loss',
  title: example.title,
  look: ({ arq }) => `Bar says five short things, 2 ms apart, on a line of 10 ms each way; what has a cross is lost. ${LOOK[arq]}`,
  example,
  transports: ['udp'],
  arqs: ['sack', 'stop-and-wait', 'go-back-n', 'selective-repeat'],
  lanes: ['frames', 'segments'],
  questions: () => QUESTIONS,
};

const LOOK = {
  'stop-and-wait':
    'Stop-and-wait has one segment under way: watch which messages wait for the first one’s ACK and then go together, and how nothing moves until the timer is over.',
  'go-back-n': 'Go-back-N sends on, but its receiver keeps nothing that is out of order: watch what is sent again although it had arrived.',
  'selective-repeat':
    'Selective repeat keeps what comes early: watch that just the lost one goes again, and when the messages behind it reach the program.',
  sack: 'SACK, the engine as it comes, has no timer for each segment: watch which datagram brings the lost segment again, and how soon. Compare --arq stop-and-wait, go-back-n and selective-repeat.',
} as const;
