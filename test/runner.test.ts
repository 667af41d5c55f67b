/*
 * The runner is held to its word: whatever uvu alone would pass over or hang on makes it fail, and it always
 * ends with the counts. Its food lies in test/runner/fixtures/.
 */
import { spawnSync } from 'node:child_process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

/** Runs the runner on the fixtures whose name contains `part`, as on a person's machine. */
function runner(part: string, limitMs = 20_000): { code: number | null; output: string; lastLine: string | undefined } {
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

const failing: readonly (readonly [name: string, part: string, lastLine: string, says: string, limitMs?: number])[] = [
  ['a failing test', 'failing', '1 passed, 1 failed', 'Expected values to be strictly equal'],
  ['a before that throws', 'throwing-before.', '0 passed, 1 failed', 'the hook broke'],
  ['a before.each that throws', 'throwing-before-each', '0 passed, 1 failed', 'the hook broke'],
  ['an after that throws', 'throwing-after.', '0 passed, 1 failed', 'the hook broke'],
  ['an after.each that throws', 'throwing-after-each', '0 passed, 1 failed', 'the hook broke'],
  ['a file without tests', 'empty', '0 passed, 1 failed', 'no tests'],
  ['a file that forgets test.run()', 'forgetful', '0 passed, 1 failed', 'no tests'],
  ['a server left behind', 'leaking', '1 passed, 1 failed', 'TCPServerWrap'],
  ['a test without end', 'endless', '0 passed, 1 failed', 'in "waits for ever"', 3000],
  ['a test that awaits nothing', 'stuck', '0 passed, 1 failed', 'in "awaits nothing"'],
  ['a test that ends the process', 'quitting', '0 passed, 1 failed', 'in "ends everything"'],
  ['a file that cannot be loaded', 'crashing', '0 passed, 1 failed', 'no way to load this'],
  ['no file at all', 'there-is-no-such-file', '0 passed, 0 failed', 'No test ran'],
];

for (const [name, part, lastLine, says, limitMs] of failing) {
  test(`${name} fails the run`, () => {
    const result = runner(part, limitMs);
    assert.is(result.lastLine, lastLine);
    assert.match(result.output, says);
    assert.is(result.code, 1);
  });
}

test.run();
