/*
 * The lab: experiments with the real UDP engine in virtual time, beside what the formulas of textbooks say, and single runs
 * of it, event by event. Pure: no clock, no socket, nothing of Node, so that a page can have it, too.
 */

export { type Experiment, experiment } from './experiment.js';
export { type Cell, cellsOf, type Grid, LAB_ARQ, type LabArq, type WindowCounts } from './grid.js';
export { type ExperimentOptions, measure, measuring, type Row, sweep } from './measure.js';
export { plot } from './plot/plot.js';
export {
  type Intervention,
  PRESETS,
  type PresetName,
  RUN_DEFAULTS,
  Run,
  type RunEvent,
  type RunPacket,
  type RunSettings,
  toJsonLines,
} from './run/index.js';
export { utilisation } from './theory.js';
