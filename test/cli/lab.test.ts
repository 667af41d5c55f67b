/*
 * `chatwire lab` as a person and as a script have it: a table, JSON, a picture, and one sentence for what is wrong.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Row } from '../../lab/index.js';
import { built } from '../built.js';

const test = suite('chatwire lab');

function lab(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, NO_COLOR: '1' };
  return spawnSync(process.execPath, [built('cli/main.ts'), 'lab', '--packets', '500', ...args], { encoding: 'utf8', env });
}

test('--json prints a row for each cell, and nothing else', () => {
  const { status, stdout, stderr } = lab('--arq', 'stop-and-wait', '--loss', '0,0.1', '--a', '1', '--window', '7', '--json');
  assert.equal([status, stderr], [0, '']);
  const rows = JSON.parse(stdout) as Row[];
  assert.equal(
    rows.map(({ arq, loss, a, window, theory }) => ({ arq, loss, a, window, theory })),
    [
      { arq: 'stop-and-wait', loss: 0, a: 1, window: 7, theory: 1 / 3 },
      { arq: 'stop-and-wait', loss: 0.1, a: 1, window: 7, theory: 0.3 },
    ],
  );
  for (const { measured, theory } of rows) assert.ok(Math.abs(measured - theory) < 0.1 * theory);
});

test('a table of 80 columns, stop-and-wait once for all windows, and why some rows are off', () => {
  const { status, stdout } = lab('--loss', '0.1', '--a', '10', '--window', '7,31');
  assert.is(status, 0);
  const lines = stdout.trimEnd().split('\n');
  assert.equal(
    lines.map((line) => line.split(/ +/).slice(0, 4).join(' ')),
    [
      'arq P a W',
      'stop-and-wait 0.1 10 1',
      'go-back-n 0.1 10 7',
      'go-back-n 0.1 10 31',
      'selective-repeat 0.1 10 7',
      'selective-repeat 0.1 10 31',
      'go-back-n, W < 1+2a:',
    ],
  );
  for (const line of lines.slice(0, 6)) assert.ok(line.length <= 80, line);
  const span = lab('--arq', 'selective-repeat', '--loss', '0.1', '--a', '10', '--window', '21', '--counts', 'outstanding,span');
  assert.match(span.stdout, /outstanding\n.*span\nspan: the window waits for its oldest packet/);
});

test('-o writes a picture, whole or not at all', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chatwire-lab-'));
  try {
    const path = join(folder, 'lab.svg');
    const { status, stderr } = lab('--loss', '0', '--a', '1', '-o', path);
    assert.equal([status, stderr], [0, `written: ${path}\n`]);
    assert.match(readFileSync(path, 'utf8'), /^<svg [\s\S]*<\/svg>\n$/);
    assert.equal(readdirSync(folder), ['lab.svg']);
    assert.is(lab('-o', join(folder, 'none', 'lab.svg')).status, 1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('what is wrong gives one sentence and exit code 2', () => {
  const { status, stdout, stderr } = lab('--loss', '2');
  assert.equal([status, stdout], [2, '']);
  assert.is(stderr, 'chatwire: --loss "2" is not understood: write shares from 0 to 0.9 with commas between them, for example 0,0.1.\n');
});

test.run();
