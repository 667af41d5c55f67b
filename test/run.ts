/*
 * The test runner: `node --import tsx test/run.ts [PART OF A PATH]...`, as in `npm test -- wire/`.
 * Wraps uvu, whose own runner passes on a throwing `before`, on no tests at all, and hangs on an open handle:
 * every file gets a process of its own with a time limit, and the last line is always `N passed, N failed`.
 */
import { relative } from 'node:path';
import { buildIfStale } from './built.js';
import { coverage } from './runner/coverage.js';
import { killAll, runFile } from './runner/files.js';
import type { Outcome } from './runner/outcome.js';
import { plan } from './runner/plan.js';

const { rounds, limitMs } = plan(process.argv.slice(2));
const collected = coverage();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    killAll();
    process.exit(130);
  });
}

buildIfStale();
const outcomes: Outcome[] = [];
async function work(queue: string[]): Promise<void> {
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    const outcome = await runFile(file, limitMs);
    outcomes.push(outcome);
    console.log(line(outcome));
    for (const note of outcome.notes) console.log(`         ${note}`);
  }
}

function line({ file, passed, failed, skipped, seconds }: Outcome): string {
  const counts = [`${passed} passed`, ...(failed > 0 ? [`${failed} failed`] : []), ...(skipped > 0 ? [`${skipped} skipped`] : [])];
  return `${failed > 0 ? 'FAIL' : 'ok  '} ${seconds.toFixed(1).padStart(6)} s  ${relative('.', file)}  ${counts.join(', ')}`;
}

for (const { files, atOnce } of rounds) {
  const queue = [...files];
  await Promise.all(Array.from({ length: atOnce }, () => work(queue)));
}

for (const { file, failures } of outcomes) {
  if (failures.length > 0) console.log(`\n---- ${relative('.', file)}\n${failures.join('\n\n')}`);
}
if (collected !== undefined) collected.report();

const sum = (of: (outcome: Outcome) => number): number => outcomes.reduce((total, outcome) => total + of(outcome), 0);
const [passed, failed, skipped] = [sum((outcome) => outcome.passed), sum((outcome) => outcome.failed), sum((outcome) => outcome.skipped)];
if (passed + failed === 0) console.log('\nNo test ran.');
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
