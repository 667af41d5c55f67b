/*
 * `npm run soak -- --seeds 1000 [--from 1]` runs many seeds and goes on after a failure; `--seed N` runs one and tells
 * its steps, with `--steps all` every one of them.
 */
import { parseArgs } from 'node:util';
import { run } from './run.js';

const { values } = parseArgs({
  options: { seed: { type: 'string' }, seeds: { type: 'string' }, from: { type: 'string' }, steps: { type: 'string' } },
});
const one = values.seed === undefined ? undefined : Number(values.seed);
const from = one ?? Number(values.from ?? 1);
const count = one === undefined ? Number(values.seeds ?? 1_000) : 1;
const watch = values.steps === 'all' ? (line: string) => console.log(line) : undefined;

const began = Date.now();
let failed = 0;
let steps = 0;
for (let seed = from; seed < from + count; seed++) {
  try {
    const outcome = run(seed, watch);
    steps += outcome.steps;
    if (one !== undefined) console.log(`seed ${seed}: all is well after ${outcome.steps} steps, hash ${outcome.hash}`);
  } catch (error) {
    failed++;
    console.log(`\n${(error as Error).message}`);
  }
}
console.log(`\n${count - failed} passed, ${failed} failed: ${steps} steps in ${((Date.now() - began) / 1000).toFixed(1)} s`);
process.exitCode = failed > 0 ? 1 : 0;
