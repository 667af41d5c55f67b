/*
 * The runner is held to its word: whatever uvu alone would pass over or hang on makes it fail, and it always
 * ends with the counts. Its food lies in test/runner/fixtures/.
 */
import { spawnSync } from 'node:child_process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

/** Runs the runner on the fixtures whose name contains `part`, as on a person's machine. */
function runner(part: string, limitMs = 180_000): { code: number | null; output: string; lastLine: string | undefined } {
  const { CI: _, COVERAGE: __, ...env } = process.env;
  const args = ['--import', 'tsx', 'test/run.ts', '--in', 'test/runner/fixtures', '--limit-ms', String(limitMs), part];
  const { status, stdout } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  return { code: status, output: stdout, lastLine: stdout.trimEnd().split('\n').at(-1) };
}

test('what passes passes, and the skipped are counted', () => {
  const { code, lastLine } = runner('passing');
  assert.is(lastLine, '2 passed, 0 failed, 1 skipped');
  assert.is(code, 0);
});

const failing: readonly (readonly [name: string, part: string, lastLine: string, says: string])[] = [
  ['a failing test', 'failing', '1 passed, 1 failed', 'Expected values to be strictly equal'],
  ['a before that throws', 'throwing-before.', '0 passed, 1 failed', 'the hook broke'],
  ['a before.each that throws', 'throwing-before-each', '0 passed, 1 failed', 'the hook broke'],
  ['an after that throws', 'throwing-after.', '0 passed, 1 failed', 'the hook broke'],
  ['an after.each that throws', 'throwing-after-each', '0 passed, 1 failed', 'the hook broke'],
  ['a file without tests', 'empty', '0 passed, 1 failed', 'no tests'],
  ['a file that forgets test.run()', 'forgetful', '0 passed, 1 failed', 'no tests'],
  ['a server left behind', 'leaking', '1 passed, 1 failed', 'TCPServerWrap'],
  ['a test that awaits nothing', 'stuck', '0 passed, 1 failed', 'in "awaits nothing"'],
  ['a test that ends the process', 'quitting', '0 passed, 1 failed', 'in "ends everything"'],
  ['a file that cannot be loaded', 'crashing', '0 passed, 1 failed', 'no way to load this'],
  ['no file at all', 'there-is-no-such-file', '0 passed, 0 failed', 'No test ran'],
];

for (const [name, part, lastLine, says] of failing) {
  test(`${name} fails the run`, () => {
    const result = runner(part);
    assert.is(result.lastLine, lastLine);
    assert.match(result.output, says);
    assert.is(result.code, 1);
  });
}

test('a test without end fails the run', () => {
  // a busy machine may need longer than a short limit to begin the test at all
  let result = runner('endless', 3_000);
  for (const limitMs of [12_000, 50_000]) if (!result.output.includes('in "waits for ever"')) result = runner('endless', limitMs);
  assert.is(result.lastLine, '0 passed, 1 failed');
  assert.match(result.output, 'in "waits for ever"');
  assert.is(result.code, 1);
});

test.run();
