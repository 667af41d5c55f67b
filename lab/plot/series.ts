/*
 * What belongs together in a picture: along which of loss, distance and window it looks, a panel for each value of the
 * others, and in it a series for each policy.
 */
import type { Row } from '../measure.js';

/** What can be along the axis. */
export type Dimension = 'window' | 'loss' | 'a';

/** One policy in one panel. */
export interface Series {
  readonly name: string;
  readonly rows: readonly Row[];
}

/** One picture of a picture. */
export interface Panel {
  readonly title: string;
  readonly series: readonly Series[];
}

/** The names of the axes. */
export const AXES: Readonly<Record<Dimension, string>> = {
  window: 'window W, packets',
  loss: 'loss P',
  a: 'a = propagation delay / transmission time',
};
const SHORT: Readonly<Record<Dimension, string>> = { window: 'W', loss: 'P', a: 'a' };
const DIMENSIONS = Object.keys(AXES) as Dimension[];

/** The dimension that has most values: the window, if others have as many. */
export function mainDimension(rows: readonly Row[]): Dimension {
  return DIMENSIONS.reduce((best, each) => (valuesOf(rows, each).length > valuesOf(rows, best).length ? each : best));
}

/** The values of a dimension, ascending. */
export function valuesOf(rows: readonly Row[], dimension: Dimension): number[] {
  return [...new Set(rows.map((row) => row[dimension]))].sort((one, other) => one - other);
}

/** The rows as panels. */
export function panelsOf(rows: readonly Row[], along: Dimension): Panel[] {
  const others = DIMENSIONS.filter((each) => each !== along);
  const panels = groupBy(rows, (row) => others.map((each) => `${SHORT[each]} = ${row[each]}`).join(', '));
  return [...panels].map(([title, inPanel]) => ({
    title,
    series: [...groupBy(inPanel, nameOf)].map(([name, ofSeries]) => ({
      name,
      rows: ofSeries.sort((one, other) => one[along] - other[along]),
    })),
  }));
}

/** A policy's name, and what its window counts if that is not what the formula counts. */
export function nameOf({ arq, counts }: Row): string {
  return counts === 'span' ? `${arq}, span` : arq;
}

function groupBy(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}
