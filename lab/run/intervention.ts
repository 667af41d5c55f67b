/*
 * What somebody does to one packet on its way. Part of what a run is made from: it is the same run up to that moment,
 * and another one after it.
 */

/** The ways to intervene. */
export const INTERVENTIONS = ['kill', 'delay', 'copy'] as const;

/** One of them, to one packet at one time. */
export interface Intervention {
  readonly does: (typeof INTERVENTIONS)[number];
  /** The packet's place among all that were sent in the run, from 1. */
  readonly packet: number;
  /** When, in milliseconds since the run began. */
  readonly atMs: number;
  /** How much later it arrives, or the copy after it. Not for `kill`. */
  readonly byMs: number;
}

/** In the order in which they come to pass. */
export function inOrder(interventions: readonly Intervention[]): Intervention[] {
  return [...interventions].sort((one, other) => one.atMs - other.atMs);
}
