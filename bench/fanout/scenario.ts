/*
 * What is measured: the three shapes of a chat, and how hard and how long the load drives them. The windows are chosen like a
 * busy chat rather than like a bulk transfer: the deeper it is, the more a peer that gathers messages gains, without end, while
 * the others stay as they are. Every peer gets the same ones.
 */

import type { SliceOptions } from './slices.js';

/** A shape of chat: how many groups of how many members, and who talks. */
export interface Scenario {
  readonly name: string;
  readonly groups: number;
  readonly membersPerGroup: number;
  readonly sendersPerGroup: number;
  /** Messages of a group that may be on their way at once, under saturation. */
  readonly windowPerGroup: number;
}

export const scenarios: readonly Scenario[] = [
  { name: '1x100', groups: 1, membersPerGroup: 100, sendersPerGroup: 5, windowPerGroup: 16 },
  { name: '100x10', groups: 100, membersPerGroup: 10, sendersPerGroup: 2, windowPerGroup: 10 },
  { name: '1x1000', groups: 1, membersPerGroup: 1000, sendersPerGroup: 5, windowPerGroup: 16 },
];

/** How long and how often. */
export interface Settings {
  readonly runs: number;
  readonly warmUpMs: number;
  /**
   * How long the even load goes on before it is measured: what was compiled for the rush is compiled anew for the calm, by
   * threads that share the server's core, and a pause of theirs is a peer's only for as long as it is young.
   */
  readonly evenWarmUpMs: number;
  readonly saturated: SliceOptions;
  readonly even: SliceOptions;
  readonly evenDeliveriesPerSecond: number;
  readonly idleConnections: number;
  /** How many rounds beyond `runs` may be spent on repeating what other programs disturbed. */
  readonly maxRepeats: number;
  /** How long a run waits for other programs to calm down before it starts anyway. */
  readonly waitForCalmMs: number;
}

export const fullSettings: Settings = {
  runs: 5,
  warmUpMs: 1000,
  evenWarmUpMs: 5000,
  saturated: { sliceMs: 500, needMs: 3000, maxMs: 12_000, maxForeignShare: 0.05 },
  even: { sliceMs: 250, needMs: 5000, maxMs: 15_000, maxForeignShare: 0.01 },
  evenDeliveriesPerSecond: 20_000,
  idleConnections: 5000,
  maxRepeats: 5,
  waitForCalmMs: 60_000,
};

/** For developing: the same work, briefly. */
export const quickSettings: Settings = {
  ...fullSettings,
  runs: 1,
  warmUpMs: 500,
  saturated: { ...fullSettings.saturated, needMs: 1000 },
  even: { ...fullSettings.even, needMs: 2000 },
  idleConnections: 2000,
  waitForCalmMs: 10_000,
};

/** Every text has this many bytes; the first of them are the time at which it was due. */
export const textBytes = 64;
export const dueDigits = 14;
