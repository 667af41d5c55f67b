/*
 * Checks of single values in a line of a trace file. A file may come from anybody: each check gives the value as the
 * model wants it, or says what is wrong with it. Texts of the file's own are made fit for a terminal here; what peers
 * said stays as it was, and is cleaned by whoever shows it.
 */
import { cleanLine } from '../../lib/wire/clean.js';
import type { Range } from '../trace/trace.js';
import { fromHex } from './hex.js';

/** Something is wrong with a line; the message says what, to stand behind the number of the line. */
export class DamagedLine extends Error {
  override readonly name = 'DamagedLine';
}

/** What is wrong with a line that cannot be parsed; the last of a file is cut, then. */
export const NO_JSON = 'it is no JSON';

/** Gives a value as it should be. Throws a {@link DamagedLine} if it cannot. */
export type Check<T> = (value: unknown, name: string) => T;

/** What the checks of an object's members make of it. */
export type Checked<Shape> = { [Name in keyof Shape]: Shape[Name] extends Check<infer T> ? T : never };

const MAX_NAME_CHARACTERS = 4096;

/** The same few names stand in every line: each is cleaned once, and kept once. */
const cleaned = new Map<string, string>();
const MAX_CLEANED = 1024;

/** A short text of the trace's own: a name, an address, a sentence. */
export const name: Check<string> = (value, field) => {
  if (typeof value !== 'string') throw new DamagedLine(`"${field}" is no text`);
  const known = cleaned.get(value);
  if (known !== undefined) return known;
  if (value.length > MAX_NAME_CHARACTERS) throw new DamagedLine(`"${field}" is longer than ${MAX_NAME_CHARACTERS} characters`);
  const clean = cleanLine(value);
  if (cleaned.size >= MAX_CLEANED) cleaned.clear();
  cleaned.set(value, clean);
  return clean;
};

/** A text as somebody said it. */
export const text: Check<string> = (value, field) => {
  if (typeof value !== 'string') throw new DamagedLine(`"${field}" is no text`);
  return value;
};

/** A whole number from 0 up. */
export const natural: Check<number> = (value, field) => {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new DamagedLine(`"${field}" is no whole number from 0 up`);
  return value as number;
};

/** Any number that can be reckoned with. */
export const finite: Check<number> = (value, field) => {
  if (!Number.isFinite(value)) throw new DamagedLine(`"${field}" is no number`);
  return value as number;
};

/** One of a few words. */
export function oneOf<const Word extends string>(...words: readonly Word[]): Check<Word> {
  return (value, field) => {
    if (!words.includes(value as Word)) throw new DamagedLine(`"${field}" is none of ${words.join(', ')}`);
    return value as Word;
  };
}

/** Bytes as hex text. */
export const bytes: Check<Uint8Array> = (value, field) => {
  const read = typeof value === 'string' ? fromHex(value) : undefined;
  if (!read) throw new DamagedLine(`"${field}" is no hex text`);
  return read;
};

/** Places of masks: pairs in order, none over another. */
export const ranges: Check<readonly Range[]> = (value, field) => {
  if (value === undefined) return [];
  let end = 0;
  return list(value, field).map((pair) => {
    const [from, to] = list(pair, field).map((place) => natural(place, field));
    if (from === undefined || to === undefined || from < end || to < from) throw new DamagedLine(`"${field}" are no ranges in order`);
    end = to;
    return { from, to };
  });
};

/** A list, whatever is in it. */
export function list(value: unknown, field: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new DamagedLine(`"${field}" is no list`);
  return value;
}

/** A list of one kind of thing. */
export function each<T>(check: Check<T>): Check<readonly T[]> {
  return (value, field) => list(value, field).map((item) => check(item, field));
}

/** Yes or no. */
export const flag: Check<boolean> = (value, field) => {
  if (typeof value !== 'boolean') throw new DamagedLine(`"${field}" is neither true nor false`);
  return value;
};

/** An object with members. */
export function members(value: unknown, field: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new DamagedLine(`"${field}" has no members`);
  return value as Record<string, unknown>;
}

/** What may be absent. */
export function maybe<T>(check: Check<T>): Check<T | undefined> {
  return (value, field) => (value === undefined ? undefined : check(value, field));
}

/** Checks the members that a shape names; others are left out, and so are those that are absent and may be. */
export function shaped<Shape extends Readonly<Record<string, Check<unknown>>>>(
  shape: Shape,
  line: Readonly<Record<string, unknown>>,
): Checked<Shape> {
  const event: Record<string, unknown> = {};
  for (const field in shape) {
    const value = shape[field]?.(Object.hasOwn(line, field) ? line[field] : undefined, field);
    if (value !== undefined) event[field] = value;
  }
  return event as Checked<Shape>;
}
