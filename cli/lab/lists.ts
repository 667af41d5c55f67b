/*
 * What is swept, as the command line gives it: lists of numbers and names with commas, each value once, in their order.
 */
import { LAB_ARQ, type LabArq, type WindowCounts } from '../../lab/index.js';
import { UsageError } from '../failure.js';

/** More in one list would be a mistake. */
const MOST_VALUES = 100;

/** `0,0.01,0.1`: shares that are lost. */
export function lossesIn(text: string): number[] {
  const how = 'shares from 0 to 0.9 with commas between them, for example 0,0.1';
  return numbersIn('--loss', text, { how, allows: (value) => value >= 0 && value <= 0.9 });
}

/** `1,10`: propagation delays, in transmission times. */
export function distancesIn(text: string): number[] {
  const how = 'propagation delay over transmission time, from 0 to 1000, with commas between them, for example 1,10';
  return numbersIn('--a', text, { how, allows: (value) => value >= 0 && value <= 1000 });
}

/** `1,7,127`: windows, in packets. */
export function windowsIn(text: string): number[] {
  const how = 'whole numbers from 1 to 10000 with commas between them, for example 1,7,127';
  return numbersIn('--window', text, { how, allows: (value) => Number.isInteger(value) && value >= 1 && value <= 10_000 });
}

/** `--packets`, `--seed`: one whole number. */
export function wholeNumberIn(flag: string, text: string, { least, most }: { readonly least: number; readonly most: number }): number {
  const value = numberIn(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new UsageError(`${flag} "${text}" is not understood: write a whole number from ${least} to ${most}.`);
}

/** `stop-and-wait,go-back-n`. */
export function policiesIn(text: string): LabArq[] {
  return namesIn('--arq', text, LAB_ARQ);
}

/** `outstanding,span`. */
export function countsIn(text: string): WindowCounts[] {
  return namesIn('--counts', text, ['outstanding', 'span']);
}

function numbersIn(flag: string, text: string, { how, allows }: { readonly how: string; allows(value: number): boolean }): number[] {
  const values = text.split(',').map(numberIn);
  if (values.length <= MOST_VALUES && values.every(allows)) return [...new Set(values)];
  throw new UsageError(`${flag} "${text}" is not understood: write ${how}.`);
}

function namesIn<Name extends string>(flag: string, text: string, names: readonly Name[]): Name[] {
  const given = text.split(',').map((name) => name.trim());
  const stranger = given.find((name) => !(names as readonly string[]).includes(name));
  if (stranger !== undefined) throw new UsageError(`${flag} "${stranger}" is not there; there is ${names.join(', ')}.`);
  return [...new Set(given)] as Name[];
}

function numberIn(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}
