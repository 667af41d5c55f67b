/* Every example over unix, in every export. A file for each transport: a file has a time limit. */
import { suite } from 'uvu';
import { needsTool } from '../../../tool.js';
import { everyFrameInTshark } from './in-tshark.js';
import { type EveryRun, everyRun } from './runs.js';
import { noSecretIn } from './secrets.js';

const test = suite('every example over unix');
let runs: EveryRun;
test.before(async () => {
  runs = await everyRun('unix');
});

test('no export has a secret in it', () => noSecretIn(runs, 'unix'));

const withTshark = needsTool('tshark') ? test : test.skip;
withTshark('tshark decodes every frame, and shows the same streams and the same marks', () => everyFrameInTshark(runs.all, 'unix'));

test.run();
