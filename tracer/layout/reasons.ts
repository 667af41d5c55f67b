/*
 * Reasons, told once: what stood a few steps above is named instead of told again, so that a long run can be read.
 */
import type { ArrowStep, MarkStep } from '../join/story.js';

/** The reason of a step as it is to be shown; empty, if it has none. */
export type ReasonOf = (step: Pick<ArrowStep | MarkStep, 'number' | 'why'>) => string;

/** After so many steps a reason is told again. */
const REMEMBERED_STEPS = 40;

/** Tells the reasons of steps that come one after the other. */
export function reasonTeller(): ReasonOf {
  const told = new Map<string, number>();
  return ({ number, why }) => {
    if (why === '') return '';
    const before = told.get(why);
    if (before !== undefined && before !== number && number - before <= REMEMBERED_STEPS) return `as at ${before}`;
    told.set(why, number);
    return why;
  };
}
