/*
 * How much of a line's time carries something new, by the formulas of textbooks (Stallings, Data and Computer
 * Communications, appendix "Performance issues" of the chapter on data link control; Tanenbaum has the same). P is the
 * loss, W the window, a the propagation delay over the transmission time. ACKs take no time and are never lost; a loss
 * is known after one round trip, 1 + 2a.
 */
import type { Cell, LabArq } from './grid.js';

const FORMULAS: Readonly<Record<LabArq, (p: number, a: number, w: number) => number>> = {
  /** One packet in each round trip, and of those 1 - P arrive. */
  'stop-and-wait': (p, a) => (1 - p) / (1 + 2 * a),
  /** A loss costs all that was sent meanwhile: 1 + 2a packets, or the window if that is less. */
  'go-back-n': (p, a, w) => (w >= 1 + 2 * a ? (1 - p) / (1 + 2 * a * p) : (w * (1 - p)) / ((1 + 2 * a) * (1 - p + w * p))),
  /** A loss costs one packet. Holds for W packets that are outstanding, not for a window that spans from the oldest of them. */
  'selective-repeat': (p, a, w) => (w >= 1 + 2 * a ? 1 - p : (w * (1 - p)) / (1 + 2 * a)),
};

/** The utilisation that the formula gives, 0 to 1. */
export function utilisation({ arq, loss, a, window }: Pick<Cell, 'arq' | 'loss' | 'a' | 'window'>): number {
  return FORMULAS[arq](loss, a, window);
}
