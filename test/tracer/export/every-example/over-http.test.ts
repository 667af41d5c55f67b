/* Every example over http, in every export. A file for each transport: a file has a time limit. */
import { suite } from 'uvu';
import { needsTool } from '../../../tool.js';
import { everyFigure } from './figures.js';
import { everyFrameInTshark } from './in-tshark.js';
import { type EveryRun, everyRun } from './runs.js';
import { noSecretIn } from './secrets.js';

const test = suite('every example over http');
let runs: EveryRun;
test.before(async () => {
  runs = await everyRun('http');
});

test('no export has a secret in it', () => noSecretIn(runs, 'http'));

test('every figure can be read, and no ladder is too wide', () => everyFigure(runs));

const withTshark = needsTool('tshark') ? test : test.skip;
withTshark('tshark decodes every frame, and shows the same streams and the same marks', () => everyFrameInTshark(runs.all, 'http'));

test.run();
