/* Every example over memory, in every export. A file for each transport: a file has a time limit. */
import { suite } from 'uvu';
import { type EveryRun, everyRun } from './runs.js';
import { noSecretIn } from './secrets.js';

const test = suite('every example over memory');
let runs: EveryRun;
test.before(async () => {
  runs = await everyRun('memory');
});

test('no export has a secret in it', () => noSecretIn(runs, 'memory'));

test.run();
