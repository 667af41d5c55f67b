/*
 * The flags of a bad network, declared once: the command and the examples make their options from this table, and
 * parseFaults() reads what was given.
 */
import type { FaultFlags } from './faults.js';

/** One flag. */
export interface FaultFlag {
  /** Without its dashes. */
  readonly name: keyof FaultFlags;
  /** What its value is called in a help text. */
  readonly value: string;
  /** What it does, in a few words. */
  readonly does: string;
  /** It may be given several times. */
  readonly repeatable: boolean;
}

/** The flags, in the order of a help text. */
export const FAULT_FLAGS: readonly FaultFlag[] = [
  { name: 'loss', value: 'share', does: 'lose so many datagrams, 0.2 for one in five', repeatable: false },
  { name: 'delay', value: 'ms', does: 'let each take so long, one way', repeatable: false },
  { name: 'jitter', value: 'ms', does: 'vary the delay by so much, up and down', repeatable: false },
  { name: 'dup', value: 'share', does: 'deliver so many twice', repeatable: false },
  { name: 'reorder', value: 'share', does: 'hold so many back, so that others overtake them', repeatable: false },
  { name: 'corrupt', value: 'share', does: 'flip a bit in so many', repeatable: false },
  { name: 'rate', value: 'bits', does: 'carry no more a second, for example 1mbit', repeatable: false },
  { name: 'mtu', value: 'bytes', does: 'lose larger IP packets, for example 1280, or "1280 after 5000" ms; repeatable', repeatable: true },
  { name: 'seed', value: 'number', does: 'other faults of the same kind (default 1)', repeatable: false },
  { name: 'drop', value: 'which', does: 'lose exactly this one, for example "server DATA 2"; repeatable', repeatable: true },
];

/** The flags among the options of a command line, whatever else there is. */
export function faultFlagsIn(options: object): FaultFlags {
  const given = Object.entries(options).filter(([name, value]) => value !== undefined && FAULT_FLAGS.some((flag) => flag.name === name));
  return Object.fromEntries(given);
}
