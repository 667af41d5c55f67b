/*
 * What makes a good name, password and message. Pure checks, the same for every transport and codec.
 */
import type { RejectionCode } from '../wire/frames.js';

/** Longest name, in code points. */
export const MAX_NAME = 32;
/** Longest password, in code points. */
export const MAX_PASSWORD = 128;
/** Longest message, in code points. */
export const MAX_MESSAGE = 4000;

/** A value that passed its check (a name is normalised by it), or why it did not. */
export type Checked = { readonly value: string } | Refusal;

/** Why something is refused, for programs and for people. */
export interface Refusal {
  readonly code: RejectionCode;
  readonly text: string;
}

// Controls, line and paragraph separators, lone surrogates, and what overrides the reading direction
const UNFIT_FOR_NAME = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;
// Format characters, fillers (letters that cannot be seen, such as U+3164), variation selectors, blank Braille
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;
// Something must be seen: not only spaces, combining marks and what is invisible
const VISIBLE = /[^\p{Z}\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

/**
 * A name: 1 to 32 code points, trimmed and in NFC, visible, without control or bidi-override characters; and without a
 * colon, since "client12: Hello" would pass for a line of client12's where lines are shown as `name: text`.
 */
export function checkName(text: string): Checked {
  const value = text.normalize('NFC').trim();
  if (value === '') return { code: 'bad-name', text: 'A name cannot be empty.' };
  if (countCodePoints(value) > MAX_NAME) return { code: 'bad-name', text: `A name has at most ${MAX_NAME} characters.` };
  if (UNFIT_FOR_NAME.test(value)) return { code: 'bad-name', text: 'A name cannot contain control characters.' };
  if (/[:：]/.test(value)) return { code: 'bad-name', text: 'A name cannot contain a colon.' };
  if (!VISIBLE.test(value)) return { code: 'bad-name', text: 'A name needs at least one visible character.' };
  return { value };
}

/** What two names share if a person would take them for the same: case, width and invisible characters do not count. */
export function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .toLowerCase()
    .toUpperCase() // both ways: ẞ becomes ß becomes SS, and two small sigmas share one capital
    .normalize('NFC');
}

/** A password: 1 to 128 code points, taken as it is. */
export function checkPassword(text: string): Checked {
  if (text === '') return { code: 'bad-password', text: 'A password cannot be empty.' };
  if (countCodePoints(text) > MAX_PASSWORD) return { code: 'bad-password', text: `A password has at most ${MAX_PASSWORD} characters.` };
  return { value: text };
}

/** A message: 1 to 4,000 code points, taken as it is. */
export function checkMessage(text: string): Checked {
  if (text === '') return { code: 'bad-message', text: 'A message cannot be empty.' };
  // the length in UTF-16 units is never below the number of code points, so most texts need no counting
  if (text.length > MAX_MESSAGE && countCodePoints(text) > MAX_MESSAGE) {
    return { code: 'bad-message', text: `A message has at most ${MAX_MESSAGE} characters.` };
  }
  return { value: text };
}

function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
