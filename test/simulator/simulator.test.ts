/*
 * The simulator over a quarter of its seeds, and that a seed is always the same run. seeds-2 to seeds-4.test.ts have the
 * others, so that none takes long and two can run at the same time.
 */
import * as assert from 'uvu/assert';
import { RunFailed, run } from './run.js';
import { seedsSuite } from './seeds.js';

const test = seedsSuite(1);

for (const transport of ['pipe', 'udp'] as const) {
  test(`the same seed is the same run, event for event (${transport})`, () => {
    const first = runOver(transport);
    const { hash, steps } = run(first.seed);
    assert.equal({ hash, steps }, { hash: first.hash, steps: first.steps });
    assert.is.not(run(first.seed + 1).hash, first.hash);
  });
}

test('a failure tells its seed, its last steps and how to see it again', () => {
  let steps = 0;
  const breaks = () => {
    if (++steps === 50) throw new Error('broken on purpose');
  };
  try {
    run(1, breaks);
    assert.unreachable();
  } catch (error) {
    assert.instance(error, RunFailed);
    assert.match((error as Error).message, /^seed 1: Error: broken on purpose/);
    assert.match((error as Error).message, /the last of 50 steps:\n( +\d+\.\d{3} s {2}.+\n){40}/);
    assert.match((error as Error).message, /again: npm run soak -- --seed 1$/);
  }
});

/** The first run of a seed that has more than a few steps over a transport. */
function runOver(transport: 'pipe' | 'udp'): ReturnType<typeof run> {
  for (let seed = 1; ; seed++) {
    const outcome = run(seed);
    if (outcome.scenario.transport === transport && outcome.steps > 500) return outcome;
  }
}

test.run();
