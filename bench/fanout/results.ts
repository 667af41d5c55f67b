/*
 * What a whole run of the benchmark gathers, and on what machine: plain data, as it is written to bench/results/.
 */
import { cpus, release, type } from 'node:os';
import type { Figures } from './measure.js';
import { canPin } from './processes.js';
import type { Settings } from './scenario.js';
import { median } from './statistics.js';

/** What was measured of one peer in one scenario: every kept value of every metric. */
export type Cell = Record<string, number[]>;

export interface Results {
  readonly date: string;
  readonly machine: string;
  readonly settings: Settings;
  /** Names and notes, in the order of the tables. */
  readonly peers: Readonly<Record<string, string>>;
  /** By scenario ("idle" for the silent members), then by peer. */
  readonly cells: Record<string, Record<string, Cell>>;
  /** Sentences on what did not go as it should. */
  readonly remarks: string[];
}

/** The machine in one line. */
export function describeMachine(): string {
  const [first] = cpus();
  const pinned = canPin ? 'server and load pinned to a core each' : 'NOT pinned to cores (no taskset)';
  return `${first?.model.trim() ?? 'unknown CPU'}, ${cpus().length} cores, ${type()} ${release()}, Node ${process.version}; ${pinned}`;
}

/** Adds a window's figures to a cell, up to `runs` values of each metric. */
export function keep(cell: Cell, figures: Figures, runs: number): void {
  for (const [metric, value] of Object.entries(figures)) {
    const values = cell[metric] ?? [];
    cell[metric] = values;
    if (values.length < runs) values.push(value);
  }
}

/** The median of a metric, or undefined where nothing undisturbed was measured. */
export function figureOf(cell: Cell | undefined, metric: string): number | undefined {
  const values = cell?.[metric];
  return values && values.length > 0 ? median(values) : undefined;
}
