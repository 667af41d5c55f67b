/*
 * What is tried: every way of repairing losses with every loss, every distance and every window.
 */

/** The ways of repairing losses that there are formulas for. */
export const LAB_ARQ = ['stop-and-wait', 'go-back-n', 'selective-repeat'] as const;
/** One of them. */
export type LabArq = (typeof LAB_ARQ)[number];

/** What a window of selective repeat counts: the packets that are unacknowledged, or all from the oldest of them to the newest. */
export type WindowCounts = 'outstanding' | 'span';

/** One experiment. */
export interface Cell {
  readonly arq: LabArq;
  /** How likely a packet is lost, 0 to below 1. ACKs never are. */
  readonly loss: number;
  /** Propagation delay over transmission time. */
  readonly a: number;
  /** Packets that may be unacknowledged. Stop-and-wait always has one. */
  readonly window: number;
  readonly counts: WindowCounts;
}

/** All values of each. */
export interface Grid {
  readonly arq: readonly LabArq[];
  readonly loss: readonly number[];
  readonly a: readonly number[];
  readonly window: readonly number[];
  /** Only selective repeat knows a difference. */
  readonly counts: readonly WindowCounts[];
}

/** The experiments of a grid, in the order of a table. */
export function cellsOf({ arq, loss, a, window, counts }: Grid): Cell[] {
  const cells: Cell[] = [];
  for (const name of arq) {
    const counted = name === 'selective-repeat' ? counts : counts.slice(0, 1);
    for (const p of loss)
      for (const distance of a)
        for (const size of window) for (const what of counted) cells.push({ arq: name, loss: p, a: distance, window: size, counts: what });
  }
  return cells;
}
