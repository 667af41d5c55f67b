/*
 * What of a lesson's run is shown and asked about: neither the groups that were made ready before, nor the steps of the
 * sessions and the kernel's figures, nor, if it is not about that, how everybody leaves when it is over.
 */
import { filterStory, type MarkStep, type Step, type Story, tell, withoutPreparation } from '../../tracer/index.js';
import type { Trace } from '../../tracer/trace/trace.js';
import type { Lesson } from './lesson.js';

/** What a connection, and not a session, can be. */
const OF_CONNECTIONS = ['dialling', 'open', 'accepted', 'refused', 'paused', 'resumed', 'ended', 'peer-ended', 'closed'];

/** A session’s step reads `closed: from chatting, on BYE`. */
const isOfSession = ({ words }: MarkStep) => words.startsWith('from ');

/** The story of a lesson. */
export function storyOf({ tillTheEnd = false, actor, states = OF_CONNECTIONS, keeps = () => true }: Lesson, trace: Trace): Story {
  const whole = withoutPreparation(tell(trace), trace.header);
  const ofIt = (step: Step) => step.kind !== 'mark' || (step.lane === 'states' && states.includes(step.label) && !isOfSession(step));
  const of = { ...whole, steps: whole.steps.filter((step) => ofIt(step) && (step.kind === 'note' || keeps(step, whole))) };
  const story = actor === undefined ? of : filterStory(of, { actor });
  if (tillTheEnd) return story;
  const last = story.steps.findLastIndex(({ kind }) => kind === 'note');
  return last < 0 ? story : { ...story, steps: story.steps.slice(0, last + 1) };
}
