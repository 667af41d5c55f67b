/* What is told of a file: its head comment, its declarations with their comments, its tests and its imports. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { requirePurposes } from '../../../cli/report/sources/catalogue.js';
import { explainOther } from '../../../cli/report/sources/others.js';
import { explainTypeScript } from '../../../cli/report/sources/typescript.js';
import { loadTools } from '../../../cli/report/tools.js';

const SOURCE = `/*
 * Counts things.
 * And no more.
 */
import { b } from '../b.js';

/** A counter. */
export class Counter<T> extends Base {
  /** Counts one thing. */
  count(thing: T, { times = 1 }: { times?: number } = {}): number { return b(thing, times); }
  #hidden() {}
}
/** Adds. */
export const add = (one: number, other?: number): number => one + (other ?? 0);
function inner() {}
/** A limit. */
export const LIMIT: number = 3;
`;

test('a TypeScript file', async () => {
  const [file] = explainTypeScript(await loadTools(), [['lib/a/counter.ts', SOURCE]]);
  assert.is(file?.purpose, 'Counts things.\nAnd no more.');
  assert.equal(file?.imports, ['lib/b.ts']);
  const told = file?.declared.map(({ kind, name, signature, doc }) => [kind, name, signature, doc]);
  assert.equal(told, [
    ['class', 'Counter', ' extends Base', 'A counter.'],
    ['function', 'inner', '()', ''],
    ['function', 'add', '(one: number, other?: number): number', 'Adds.'],
    ['constant', 'LIMIT', ': number', 'A limit.'],
  ]);
  const methods = file?.declared[0]?.methods.map(({ name, signature, doc }) => [name, signature, doc]);
  assert.equal(methods, [
    ['count', '(thing: T, { … }?: { times?: number }): number', 'Counts one thing.'],
    ['#hidden', '()', ''],
  ]);
});

test('other files speak for themselves, too', () => {
  assert.is(explainOther('a.py', '#!/usr/bin/env python3\n"""Chats."""\n').purpose, 'Chats.');
  assert.is(explainOther('docs/a.md', '# Frames\n\nWhat they `are`. And more.\n').purpose, 'Frames. What they are.');
  assert.is(explainOther('a.svg', '<svg><title>A chat</title></svg>').purpose, 'A chat');
  assert.is(explainOther('gui/a.html', '<title>Chat</title>').purpose, 'The page “Chat”, into which its script draws.');
  assert.is(explainOther('gui/a.css', '.a {}', new Set(['gui/a.tsx'])).purpose, 'How a.tsx looks.');
  assert.is(explainOther('gui/a.css', '.a {}').purpose, '');
  assert.is(explainOther('.ci/run', '#!/bin/sh\n# Runs all.\nset -e\n').purpose, 'Runs all.');
});

test('a file that says nothing of itself is an error that names it', async () => {
  const files = explainTypeScript(await loadTools(), [['lib/silent.ts', '/** Not of the file. */\nexport const a = 1;\n']]);
  assert.throws(() => requirePurposes(files), /lib\/silent\.ts/);
});

test.run();
