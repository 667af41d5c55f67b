/*
 * The limits for docs/protocol.md: their values as the program has them, and their meaning as the doc comments beside
 * them say it.
 */
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { REMEMBERED_MESSAGES } from '../../lib/group/seat.js';
import { DEFAULT_LIMITS } from '../../lib/server/limits.js';
import { DEAD_AFTER_MS, MAX_UNACCEPTED, PING_AFTER_MS } from '../../lib/session/client-session.js';
import { MAX_MESSAGE, MAX_NAME, MAX_PASSWORD } from '../../lib/session/rules.js';
import { MAX_PAYLOAD_BYTES } from '../../lib/wire/frames.js';
import { MAX_LINE_BYTES } from '../../lib/wire/lines.js';
import { code, table } from './markdown.js';

/** Limits that are no options, by the file that they stand in. */
const FIXED: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'lib/wire/frames.ts': { MAX_PAYLOAD_BYTES },
  'lib/wire/lines.ts': { MAX_LINE_BYTES },
  'lib/session/rules.ts': { MAX_NAME, MAX_PASSWORD, MAX_MESSAGE },
  'lib/session/client-session.ts': { MAX_UNACCEPTED, PING_AFTER_MS, DEAD_AFTER_MS },
  'lib/group/seat.ts': { REMEMBERED_MESSAGES },
};

/** The server's limits, all of them options. */
export function serverLimits(): string {
  const comments = docComments('lib/server/limits.ts');
  return table(
    ['Option', 'Default', 'What it limits'],
    Object.entries(DEFAULT_LIMITS).map(([name, value]) => [code(name), amount(name, value as number), comment(comments, name)]),
  );
}

/** The limits that both sides know. */
export function fixedLimits(): string {
  return table(
    ['Limit', 'Value', 'What it limits'],
    Object.entries(FIXED).flatMap(([file, limits]) => {
      const comments = docComments(file);
      return Object.entries(limits).map(([name, value]) => [code(name), amount(name, value), comment(comments, name)]);
    }),
  );
}

function comment(comments: ReadonlyMap<string, string>, name: string): string {
  const text = comments.get(name);
  if (!text) throw new Error(`No doc comment says what ${name} limits.`);
  return text;
}

/** The doc comments of a file's constants and of its interfaces' members, by name. */
function docComments(file: string): ReadonlyMap<string, string> {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const comments = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertySignature(node)) comments.set(node.name.getText(), docOf(node));
    if (ts.isVariableStatement(node)) for (const { name } of node.declarationList.declarations) comments.set(name.getText(), docOf(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return comments;
}

function docOf(node: ts.Node): string {
  const comments = ts.getJSDocCommentsAndTags(node).map(({ comment: text }) => ts.getTextOfJSDocComment(text) ?? '');
  return comments.join(' ').replace(/\s+/g, ' ').trim();
}

const UNITS: readonly (readonly [ending: RegExp, units: readonly (readonly [size: number, name: string])[]])[] = [
  [
    /(Ms|_MS)$/,
    [
      [3_600_000, 'h'],
      [60_000, 'min'],
      [1000, 's'],
      [1, 'ms'],
    ],
  ],
  [
    /(Bytes|_BYTES)$/,
    [
      [2 ** 20, 'MiB'],
      [2 ** 10, 'KiB'],
      [1, 'bytes'],
    ],
  ],
];

/** A value with its unit, which its name ends in. */
function amount(name: string, value: number): string {
  const units = UNITS.find(([ending]) => ending.test(name))?.[1] ?? [];
  const [size, unit] = units.find(([each]) => value % each === 0) ?? [1, ''];
  return `${(value / size).toLocaleString('en-US')} ${unit}`.trim();
}
