/*
 * docs/protocol.md is what the program says, and says it of every frame, state and limit.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fill } from '../../docs/generate/document.js';
import { PARTS } from '../../docs/generate/parts.js';
import { DEFAULT_LIMITS } from '../../lib/server/limits.js';
import { CLIENT_STATES } from '../../lib/session/client-states.js';
import { SERVER_STATES } from '../../lib/session/server-states.js';
import { FRAMES } from '../../lib/wire/frames.js';

const path = 'docs/protocol.md';
const text = readFileSync(path, 'utf8');
const lines = text.split('\n');

test('it is up to date (if not: npm run docs)', () => {
  assert.is(text, fill(text, PARTS));
});

test('it has every frame, field, state and limit', () => {
  const names = [
    ...Object.entries(FRAMES).flatMap(([type, { fields }]) => [`### ${type}`, ...Object.keys(fields).map((name) => `| \`${name}\` |`)]),
    ...[...Object.keys(SERVER_STATES), ...Object.keys(CLIENT_STATES), ...Object.keys(DEFAULT_LIMITS)].map((name) => `| \`${name}\` |`),
  ];
  for (const name of names) assert.ok(text.includes(name), name);
});

test('every link within it leads to a heading', () => {
  const slug = (heading: string) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-');
  const anchors = lines.filter((line) => /^#+ /.test(line)).map((line) => slug(line.replace(/^#+ /, '')));
  for (const [, anchor] of text.matchAll(/\]\(#([^)]+)\)/g)) assert.ok(anchors.includes(anchor ?? ''), anchor);
});

test('every code block is closed, and every row of a ladder as wide as the others', () => {
  assert.is(lines.filter((line) => line.startsWith('```')).length % 2, 0);
  const widths = lines.filter((line) => line.startsWith('   │')).map((line) => line.length);
  assert.equal([...new Set(widths)].length, 1);
});

test('the generator writes a stale file anew, and only tells of it when it is asked to check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chatwire-docs-'));
  const file = join(folder, 'protocol.md');
  const generate = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'docs/generate.ts', ...args, file], { encoding: 'utf8' });
  try {
    const stale = text.replace('| `0x01` |', '| `0x99` |');
    writeFileSync(file, stale);
    const check = generate('--check');
    assert.is(check.status, 1);
    assert.match(check.stderr, 'npm run docs');
    assert.is(readFileSync(file, 'utf8'), stale);
    assert.is(generate().status, 0);
    assert.is(readFileSync(file, 'utf8'), text);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.run();
