/* Every example over udp, in every export. A file for each transport: a file has a time limit. */
import { suite } from 'uvu';
import { needsTool } from '../../../tool.js';
import { everyFigure } from './figures.js';
import { everyFrameInTshark } from './in-tshark.js';
import { type EveryRun, everyRun } from './runs.js';
import { noSecretIn } from './secrets.js';

const test = suite('every example over udp');
let runs: EveryRun;
test.before(async () => {
  runs = await everyRun('udp');
});

test('no export has a secret in it', () => noSecretIn(runs, 'udp'));

test('every figure can be read, and no ladder is too wide', () => everyFigure(runs));

const withTshark = needsTool('tshark') ? test : test.skip;
withTshark('tshark decodes every frame, and shows the same streams and the same marks', () => everyFrameInTshark(runs.all, 'udp'));

test.run();
