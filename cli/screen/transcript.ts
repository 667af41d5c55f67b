/*
 * What stands above the line that is being typed, as data, and how it reads at a given width: time, name,
 * text, wrapped with a hanging indent, so that no text of a peer's can look like a line of its own. Pure.
 */
import chalk from 'chalk';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import { cleanLine, cleanText } from '../../lib/index.js';
import { clockTime } from './clock-time.js';
import { asWarning, inColourOf } from './colours.js';

/** One thing told to the person. Texts may come from anybody; they are cleaned here. */
export type Entry =
  | { readonly kind: 'message'; readonly time: Date; readonly sender: string; readonly text: string }
  /** Somebody came or went, or the connection did. */
  | { readonly kind: 'notice'; readonly time: Date; readonly text: string }
  /** The answer to a command. */
  | { readonly kind: 'answer'; readonly text: string }
  /** What one should see: a group's new ID, say. */
  | { readonly kind: 'headline'; readonly text: string }
  /** What was refused, or went wrong. */
  | { readonly kind: 'trouble'; readonly text: string };

/** The deepest hanging indent, as a part of the width. */
const DEEPEST_INDENT = 2 / 5;
/** The indent where a name would take more. */
const SHALLOW_INDENT = 8;

/** An entry as rows of at most `columns` columns, coloured. */
export function entryRows(entry: Entry, columns: number): readonly string[] {
  switch (entry.kind) {
    case 'message': {
      const name = cleanLine(entry.sender);
      const plain = `${clockTime(entry.time)} ${name}: `;
      return hanging(`${chalk.dim(clockTime(entry.time))} ${inColourOf(entry.sender, name)}: `, stringWidth(plain), entry.text, columns);
    }
    case 'notice': {
      const before = `${clockTime(entry.time)} * `;
      return hanging(before, before.length, cleanLine(entry.text), columns).map((row) => chalk.dim(row));
    }
    case 'answer':
      return entry.text
        .split('\n')
        .flatMap((line) => hanging('  ', 2, line, columns))
        .map((row) => chalk.dim(row));
    case 'headline':
      return hanging('', 0, cleanLine(entry.text), columns).map((row) => chalk.bold(row));
    case 'trouble':
      return hanging('! ', 2, cleanLine(entry.text), columns).map((row) => asWarning(row));
  }
}

/** A text after a prefix of a known width, wrapped and indented below its own beginning, or under a long prefix. */
function hanging(prefix: string, prefixWidth: number, text: string, columns: number): string[] {
  const isDeep = prefixWidth > columns * DEEPEST_INDENT;
  const indent = isDeep ? Math.min(SHALLOW_INDENT, Math.floor(columns / 4)) : prefixWidth;
  const body = cleanText(text)
    .split('\n')
    .flatMap((line) => wrapped(line, columns - indent));
  if (isDeep) return [...wrapAnsi(prefix.trimEnd(), columns, { hard: true }).split('\n'), ...body.map((row) => ' '.repeat(indent) + row)];
  return body.map((row, i) => (i === 0 ? prefix : ' '.repeat(indent)) + row);
}

/** Wraps a line and keeps the indent of its own. */
function wrapped(line: string, columns: number): string[] {
  const own = /^ */.exec(line)?.[0].slice(0, Math.floor(columns / 2)) ?? '';
  const rows = wrapAnsi(line.trimStart(), Math.max(2, columns - own.length), { hard: true }).split('\n');
  return rows.map((row) => own + row);
}
