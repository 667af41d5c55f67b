/*
 * What of a lesson's run is shown and asked about: neither the groups that were made ready before, nor, if it is not
 * about that, how everybody leaves when it is over.
 */
import { filterStory, type Story, tell, withoutPreparation } from '../../tracer/index.js';
import type { Trace } from '../../tracer/trace/trace.js';
import type { Lesson } from './lesson.js';

/** The story of a lesson. */
export function storyOf({ tillTheEnd = false, actor }: Lesson, trace: Trace): Story {
  const whole = withoutPreparation(tell(trace), trace.header);
  const story = actor === undefined ? whole : filterStory(whole, { actor });
  if (tillTheEnd) return story;
  const last = story.steps.findLastIndex(({ kind }) => kind === 'note');
  return last < 0 ? story : { ...story, steps: story.steps.slice(0, last + 1) };
}
