/*
 * Tests over a range of seeds, for the files that share the work. SIMULATOR_SEEDS lowers or raises how many there are.
 */
import { suite } from 'uvu';
import { run } from './run.js';

/** Seeds in `npm test`, over all files. */
const SEEDS = Number(process.env.SIMULATOR_SEEDS ?? 500);
const PARTS = 4;

/** A suite with a part of the seeds, every fourth one, so that all take as long. */
export function seedsSuite(part: number): ReturnType<typeof suite> {
  const test = suite(`simulator: seeds, part ${part} of ${PARTS}`);
  test(`in ${Math.ceil(SEEDS / PARTS)} runs all that must hold holds`, () => {
    const failures: string[] = [];
    for (let seed = part; seed <= SEEDS && failures.length < 3; seed += PARTS) {
      try {
        run(seed);
      } catch (error) {
        failures.push((error as Error).message);
      }
    }
    if (failures.length > 0) throw new Error(failures.join('\n\n'));
  });
  return test;
}
