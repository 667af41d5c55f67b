/*
 * What an experiment comes to: the share of the line's time that carried something new, measured, and as the formula
 * has it.
 */
import { experiment } from './experiment.js';
import { type Cell, cellsOf, type Grid } from './grid.js';
import { utilisation } from './theory.js';

/** How an experiment is made. */
export interface ExperimentOptions {
  /** How many packets are counted, at least. Default 20,000. */
  readonly packets?: number;
  /** The same seed, the same losses. Default 1. */
  readonly seed?: number;
}

/** An experiment and what it came to. */
export interface Row extends Cell {
  /** Utilisation, 0 to 1. */
  readonly measured: number;
  /** By the formula. */
  readonly theory: number;
}

/** So many windows pass before anything is counted: what begins with an empty line is not yet as it will be. */
const WINDOWS_FIRST = 4;

/** So many steps are taken at a time. */
const STEPS_AT_A_TIME = 500;

/** Makes one experiment, a little whenever it is asked, and says which share of it is done: for whoever has a screen to keep alive. */
export function* measuring(cell: Cell, { packets = 20_000, seed = 1 }: ExperimentOptions = {}): Generator<number, Row> {
  const run = experiment(cell, seed);
  const first = 1 + WINDOWS_FIRST * Math.min(cell.window, Math.ceil(1 + 2 * cell.a));
  const counted = Math.ceil(packets / cell.window) * cell.window; // whole windows: they come in bursts
  for (let steps = 1; run.delivered < first; steps += 1) {
    run.step();
    if (steps % STEPS_AT_A_TIME === 0) yield 0;
  }
  const from = { delivered: run.delivered, at: run.now };
  for (let steps = 1; run.delivered < from.delivered + counted; steps += 1) {
    run.step();
    if (steps % STEPS_AT_A_TIME === 0) yield Math.min(1, (run.delivered - from.delivered) / counted);
  }
  return { ...cell, measured: (run.delivered - from.delivered) / (run.now - from.at), theory: utilisation(cell) };
}

/** Makes one experiment. */
export function measure(cell: Cell, options?: ExperimentOptions): Row {
  const run = measuring(cell, options);
  for (let next = run.next(); ; next = run.next()) if (next.done) return next.value;
}

/** Makes all experiments of a grid, one whenever the next row is asked for. */
export function* sweep(grid: Grid, options: ExperimentOptions = {}): Generator<Row> {
  for (const cell of cellsOf(grid)) yield measure(cell, options);
}
