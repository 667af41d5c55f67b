/*
 * What an alignment comes to, lane by lane: how many steps are in both, and what only one has, by name.
 */
import type { Lane } from '../join/story.js';
import type { Aligned } from './align.js';
import type { Comparable } from './streams.js';

/** A lane of two stories. */
export interface LaneCount {
  readonly lane: Lane;
  readonly same: number;
  readonly reworded: number;
  /** How many of each name only one of them has, the most frequent first. */
  readonly onlyLeft: readonly (readonly [label: string, count: number])[];
  readonly onlyRight: readonly (readonly [label: string, count: number])[];
}

const ORDER: readonly Lane[] = ['frames', 'segments', 'states', 'calls', 'kernel'];

/** Counts; lanes without a step are left out. */
export function summaryOf(rows: readonly Aligned[]): readonly LaneCount[] {
  return ORDER.flatMap((lane): readonly LaneCount[] => {
    const own = rows.filter((row) => ('left' in row ? row.left : row.right).lane === lane);
    if (own.length === 0) return [];
    const count = (kind: Aligned['kind']): number => own.filter((row) => row.kind === kind).length;
    const only = (kind: 'left' | 'right') =>
      byName(
        own.flatMap((row) =>
          row.kind !== kind ? [] : [(row as { readonly left?: Comparable; readonly right?: Comparable })[kind] as Comparable],
        ),
      );
    return [{ lane, same: count('same'), reworded: count('reworded'), onlyLeft: only('left'), onlyRight: only('right') }];
  });
}

function byName(steps: readonly Comparable[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { label } of steps) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
