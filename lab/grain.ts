/*
 * Times of the textbook's line are multiples of one grain, so that doubles add them without rounding: what happens at
 * the same time on the blackboard does so here.
 */
const GRAIN = 2 ** -20;

/** The nearest time on the grain. */
export function onGrain(ms: number): number {
  return Math.round(ms / GRAIN) * GRAIN;
}
