/*
 * Who hands in: one or two people with a name and an ID. An ID is a number of nine digits; a wrong check digit is
 * worth a warning and no more, since other countries' students have other numbers.
 */
import { UsageError } from '../failure.js';

/** Somebody who hands in. */
export interface Author {
  readonly name: string;
  readonly id: string;
}

/**
 * The authors from the command line, in order.
 * @throws {UsageError} with a sentence, if nobody or more than two are named, or a name or an ID cannot be
 */
export function authorsFrom(names: readonly string[], ids: readonly string[]): readonly Author[] {
  if (names.length === 0) throw new UsageError('The report needs an author: --author "Full Name" --id 123456782.');
  if (names.length > 2) throw new UsageError(`A report has one or two authors, not ${names.length}.`);
  if (names.length !== ids.length) throw new UsageError('Every --author needs an --id, and every --id an --author.');
  const authors: Author[] = [];
  for (const [i, name] of names.entries()) authors.push({ name: cleanName(name), id: ownId(cleanId(ids[i] ?? ''), authors) });
  return authors;
}

/**
 * A name as it is printed.
 * @throws {UsageError} if there is nothing to print
 */
export function cleanName(text: string): string {
  const name = text.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (!/\p{L}/u.test(name)) throw new UsageError('An author’s name must not be empty: --author "Full Name".');
  if (/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(name)) throw new UsageError('An author’s name must not have control characters.');
  if ([...name].length > 80) throw new UsageError('An author’s name must not be longer than 80 characters.');
  return name;
}

/**
 * An ID as it is printed.
 * @throws {UsageError} if it is no number of nine digits
 */
export function cleanId(text: string): string {
  const id = text.trim();
  if (!/^\d{9}$/.test(id)) throw new UsageError(`An ID has nine digits and nothing else, as in --id 123456782; "${id}" has not.`);
  return id;
}

/**
 * An ID that no other author has.
 * @throws {UsageError} if one has it
 */
export function ownId(id: string, others: readonly Author[]): string {
  if (others.some((other) => other.id === id)) throw new UsageError(`Both authors have the ID ${id}; each needs an own.`);
  return id;
}

/** What is odd about an author, in sentences; it is printed all the same. */
export function doubts({ name, id }: Author): readonly string[] {
  return [
    ...(hasCheckDigit(id) ? [] : [`The last digit of the ID ${id} does not fit the others; is it right?`]),
    ...(FONTS_HAVE.test(name) ? [] : [`No font of the report has every character of "${name}"; look at the title page.`]),
  ];
}

/** The scripts that the fonts of fonts.ts have. */
const FONTS_HAVE =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Common}\p{Script=Inherited}]*$/u;

/** Whether the last digit of an Israeli ID fits: digits weighted 1 and 2 in turn, their digits' sum divisible by ten. */
export function hasCheckDigit(id: string): boolean {
  const sum = [...id].map((digit, i) => Number(digit) * (1 + (i % 2))).reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return sum % 10 === 0;
}
