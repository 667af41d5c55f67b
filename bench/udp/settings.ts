/*
 * How long and how often, in full and for developing.
 */
import type { Repeats } from '../fanout/interleave.js';
import type { RunSettings } from './measure.js';

export interface UdpSettings extends Repeats, RunSettings {
  /** Connections of the crowd. */
  readonly connections: number;
  /** What they all hear in a second when they talk. */
  readonly deliveriesPerSecond: number;
  /** How long the crowd is watched when it is silent. */
  readonly silentMs: number;
}

export const fullSettings: UdpSettings = {
  runs: 5,
  maxRepeats: 5,
  waitForCalmMs: 60_000,
  warmUpMs: 1000,
  slices: { sliceMs: 500, needMs: 3000, maxMs: 12_000, maxForeignShare: 0.05 },
  connections: 2000,
  deliveriesPerSecond: 5000,
  silentMs: 20_000,
};

/** For developing: the same work, briefly, whatever else runs on the machine. */
export const quickSettings: UdpSettings = {
  ...fullSettings,
  runs: 1,
  maxRepeats: 0,
  waitForCalmMs: 0,
  slices: { ...fullSettings.slices, needMs: 1500, maxForeignShare: Number.POSITIVE_INFINITY },
  silentMs: 5000,
};
