/*
 * A story without its preparation: what a run had to have ready before there was anything to show, as a lesson its groups.
 * Sentences stay, for they say what the story is about.
 */
import type { Story } from '../join/story.js';
import type { TraceHeader } from '../trace/trace.js';

/** Leaves out the steps before the moment from which its trace is to be shown. */
export function withoutPreparation(story: Story, { shownFromNs = 0 }: Pick<TraceHeader, 'shownFromNs'>): Story {
  if (shownFromNs === 0) return story;
  return { ...story, steps: story.steps.filter((step) => step.kind === 'note' || step.at >= shownFromNs) };
}
