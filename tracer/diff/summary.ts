/*
 * What an alignment comes to, lane by lane: how many steps are in all stories, and what only some of them have, by name.
 */
import type { Lane } from '../join/story.js';
import type { Aligned } from './align.js';
import type { Comparable } from './streams.js';

/** A lane of the stories. */
export interface LaneCount {
  readonly lane: Lane;
  readonly same: number;
  readonly reworded: number;
  /** What only some have, the part of fewest stories first. */
  readonly some: readonly Part[];
}

/** Steps that the same stories have, and the others have not. */
export interface Part {
  /** Whose they are: the places of these stories. */
  readonly stories: readonly number[];
  /** How many of each name, the most frequent first. */
  readonly names: readonly (readonly [label: string, count: number])[];
}

const ORDER: readonly Lane[] = ['frames', 'segments', 'states', 'calls', 'kernel'];

/** Counts; lanes without a step are left out. */
export function summaryOf(rows: readonly Aligned[]): readonly LaneCount[] {
  return ORDER.flatMap((lane): readonly LaneCount[] => {
    const own = rows.filter((row) => anyOf(row).lane === lane);
    if (own.length === 0) return [];
    const count = (kind: Aligned['kind']): number => own.filter((row) => row.kind === kind).length;
    return [{ lane, same: count('same'), reworded: count('reworded'), some: parts(own.filter(({ kind }) => kind === 'some')) }];
  });
}

/** One of a row's steps: they have lane and ends in common. */
export function anyOf({ steps }: Aligned): Comparable {
  return steps.find((step) => step !== undefined) as Comparable;
}

/** The places of the stories that have a row. */
export function storiesOf({ steps }: Aligned): readonly number[] {
  return steps.flatMap((step, nth) => (step ? [nth] : []));
}

function parts(rows: readonly Aligned[]): readonly Part[] {
  const found = new Map<string, { stories: readonly number[]; rows: Aligned[] }>();
  for (const row of rows) {
    const stories = storiesOf(row);
    const key = stories.join();
    const part = found.get(key);
    if (part) part.rows.push(row);
    else found.set(key, { stories, rows: [row] });
  }
  const inOrder = [...found.values()].sort((a, b) => a.stories.length - b.stories.length || (a.stories.join() < b.stories.join() ? -1 : 1));
  return inOrder.map(({ stories, rows: own }) => ({ stories, names: byName(own.map(anyOf)) }));
}

function byName(steps: readonly Comparable[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { label } of steps) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
