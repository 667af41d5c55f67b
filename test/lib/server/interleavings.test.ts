/*
 * Many clients doing anything in any order, in virtual time, chosen by fast-check: what the machine promises must
 * hold in every run. A failing run prints its seed and the shortest list of actions that breaks it; with
 * INTERLEAVINGS_SEED it is run again, with INTERLEAVINGS_RUNS more of them are.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import { type Action, actions, Crowd } from './crowd.js';

const test = suite('server machine: any interleaving');
const seed = Number(process.env.INTERLEAVINGS_SEED ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env.INTERLEAVINGS_RUNS ?? 300);

for (const slowLog of [false, true]) {
  test(`each message once, in order, to whoever stayed, and nothing is left behind (${slowLog ? 'slow' : 'quick'} log)`, () => {
    const run = (script: readonly Action[]) => {
      const crowd = new Crowd({ slowLog });
      for (const action of script) crowd.act(action);
      crowd.everybodyGoes();
    };
    fc.assert(fc.property(fc.array(actions, { maxLength: 120, size: 'max' }), run), { seed, numRuns });
  });
}

test.run();
