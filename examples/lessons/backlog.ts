/*
 * The accept queue: the kernel makes connections and acknowledges bytes although no program has accepted anybody, until the
 * queue is full; then it drops the next SYN, and the client's kernel tries again.
 */
import type { ArrowStep, MarkStep, NoteStep, Story } from '../../tracer/join/index.js';
import { runBusyServer } from './accept-queue/run.js';
import type { Lesson, Question } from './lesson.js';
import { arrival, first, framesOf, kernelPackets, marksOf, ms, must, rowsInWords, rowsOf } from './reading.js';

/** When the program accepts for the first time. */
const firstAccept = (story: Story) => first(marksOf(story, 'accepted'), 'accept()');

/** The clients that were connected before. */
function early(story: Story): MarkStep[] {
  const accepted = firstAccept(story);
  const found = marksOf(story, 'open').filter(({ at }) => at < accepted.at);
  first(found, 'a client that is connected before accept()');
  return found;
}

/** What ss has counted. */
const counts = ({ steps }: Story) =>
  steps.filter((step): step is NoteStep => step.kind === 'note').filter(({ words }) => words.startsWith('ss -ltn'));

const nameOf = (story: Story, id: string) => first(story.actors, 'an actor', (actor) => actor.id === id).name;
const namesOf = (story: Story, marks: readonly MarkStep[]) => marks.map(({ actor }) => nameOf(story, actor)).join(' and ');
const isSyn = ({ label }: ArrowStep) => label === 'SYN';

const QUESTIONS: readonly Question[] = [
  {
    asks: 'Who is connected before the program has accepted anybody, and who then has made the connection?',
    answer: (story) => {
      const accepted = firstAccept(story);
      const open = early(story);
      const syns = kernelPackets(story).filter(({ label, at }) => label === 'SYN-ACK' && at < accepted.at);
      const seen = syns.length > 0 ? `, by SYN-ACK in ${rowsInWords(rowsOf(syns))}` : '';
      const [count] = counts(story);
      if (count) must(count.words.includes(`Recv-Q ${open.length} `), 'as many in the queue as are connected');
      const above = count && story.steps.filter(({ number }) => number < count.number).at(-1);
      const counted =
        count && above ? ` ss counts them, below row ${above.number}: Recv-Q ${open.length}. They wait in the accept queue.` : '';
      return {
        says: `${namesOf(story, open)}, ${rowsInWords(rowsOf(open))}; the first accept() is row ${accepted.number}, ${ms(accepted.at - (open[0] as MarkStep).at)} after the first of them. The kernel has made the connections${seen}.${counted}`,
        rows: [...rowsOf(open), ...rowsOf(syns), ...(above ? [above.number] : []), accepted.number],
      };
    },
  },
  {
    asks: 'Ann says HELLO at once. Who acknowledges it and when, and when does the server’s program read it?',
    answer: (story) => {
      const accepted = firstAccept(story);
      const hello = first(framesOf(story, 'HELLO'), 'Ann’s HELLO', ({ from }) => nameOf(story, from) === 'Ann');
      must(arrival(hello) >= accepted.at, 'that it is read after accept()');
      const packet = kernelPackets(story).find(({ from, words }) => from === hello.from && /\bHELLO\b/.test(words));
      const ack = packet && kernelPackets(story).find((step) => step.to === hello.from && step.at >= packet.at && step.label === 'ACK');
      if (ack) must(ack.at < accepted.at, 'that it is acknowledged before accept()');
      const byKernel =
        packet && ack
          ? `The kernel, in row ${ack.number}, ${ms(ack.at - packet.at)} after row ${packet.number} brought it: it lies in a socket that no program has.`
          : 'The kernel does, and no program sees that: as root, with tcpdump, there is a row for it.';
      return {
        says: `${byKernel} The program reads it ${ms(arrival(hello) - hello.at)} after row ${hello.number}. An ACK says that bytes have come to a machine, not that anybody is at home.`,
        rows: [hello.number, ...(packet && ack ? [packet.number, ack.number] : []), accepted.number],
      };
    },
  },
  {
    asks: 'What happens to Foo, who finds the queue full, and what lets him in?',
    answer: (story) => {
      const accepted = firstAccept(story);
      const dialling = first(marksOf(story, 'dialling'), 'Foo’s call', ({ actor }) => nameOf(story, actor) === 'Foo');
      const open = first(marksOf(story, 'open'), 'Foo’s connection', ({ actor }) => actor === dialling.actor);
      must(dialling.at < accepted.at && open.at > accepted.at, 'that Foo gets in after accept() only');
      const syns = kernelPackets(story).filter((step) => isSyn(step) && step.from === dialling.actor);
      const lost =
        syns.length > 1
          ? `Nobody answers his SYN in row ${syns[0]?.number}: the kernel drops it. His own kernel sends it again in ${rowsInWords(rowsOf(syns.slice(1)))}, and by then accept() in row ${accepted.number} has made room.`
          : `No SYN-ACK comes, since the kernel drops his SYN; accept() in row ${accepted.number} makes room, and his kernel tries again.`;
      return {
        says: `connect() in row ${dialling.number} takes until row ${open.number}, ${ms(open.at - dialling.at)}. ${lost}`,
        rows: [dialling.number, ...rowsOf(syns), accepted.number, open.number],
      };
    },
  },
];

/** The lesson. */
export const backlog: Lesson = {
  name: 'backlog',
  title: 'The backlog: connected to nobody',
  look: () =>
    'A real server with a backlog of one is busy and does not call accept(); Linux lets one more wait. Three clients dial. Watch which of them are open before the first accepted, and whether anybody acknowledges what they say. As root, with tcpdump, the kernels’ packets are shown; ss counts the queue.',
  perform: runBusyServer,
  transports: ['tcp'],
  states: ['dialling', 'open', 'accepted'],
  keeps: (step, { actors }) => {
    if (step.kind === 'mark' || step.phase !== undefined) return true;
    if (step.lane === 'segments') return false;
    if (/HELLO/.test(`${step.label} ${step.words}`)) return true;
    return step.label === 'ACK' && actors.some(({ id, role }) => id === step.to && role === 'client'); // of HELLO
  },
  questions: () => QUESTIONS,
};
