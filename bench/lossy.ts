/*
 * `npm run bench:lossy`: how long a chat message takes over a path that loses some of what it carries, with the real driver, the
 * project's own link between engine and socket, and two processes. This is no test: nothing fails when figures change.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { interleave, type Job, type Repeats } from './fanout/interleave.js';
import { canPin } from './fanout/processes.js';
import type { Cell } from './fanout/results.js';
import { type LossySettings, measureLossy } from './lossy/measure.js';
import { type LossyResults, lossyAsMarkdown, lossyAsText } from './lossy/report.js';
import { losses, variants } from './lossy/variants.js';

const full: LossySettings & Repeats = {
  runs: 5,
  maxRepeats: 5,
  waitForCalmMs: 60_000,
  connections: 10,
  warmUpMs: 2000,
  slices: { sliceMs: 500, needMs: 10_000, maxMs: 30_000, maxForeignShare: 0.01 },
};

/** For developing: briefly, whatever else runs on the machine. */
const quick: typeof full = {
  ...full,
  runs: 1,
  maxRepeats: 0,
  waitForCalmMs: 0,
  slices: { ...full.slices, needMs: 4000, maxForeignShare: Number.POSITIVE_INFINITY },
};

const usage = `npm run bench:lossy -- [options]
  --only NAMES     variants, by comma: ${Object.keys(variants).join(',')}
  --loss SHARES    by comma (default ${losses.join(',')})
  --runs N         undisturbed runs to take medians of (default ${full.runs})
  --repeats N      rounds beyond these to repeat what other programs disturbed (default ${full.maxRepeats})
  --quick          short windows, one run: for developing
  --markdown FILE  also write the tables as Markdown
  --json FILE      where the raw figures go (default bench/results/lossy.json)`;

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(variants).join(',') },
    loss: { type: 'string', default: losses.join(',') },
    runs: { type: 'string' },
    repeats: { type: 'string' },
    quick: { type: 'boolean', default: false },
    markdown: { type: 'string' },
    json: { type: 'string', default: 'bench/results/lossy.json' },
    help: { type: 'boolean', default: false },
  },
});

function jobsOf({ cells, settings }: LossyResults): Job[] {
  return flags.loss.split(',').flatMap((loss) =>
    flags.only.split(',').map((variant): Job => {
      if (!(variant in variants)) throw new Error(`"${variant}" is none of: ${Object.keys(variants).join(', ')}`);
      const cell: Cell = {};
      cells[loss] = { ...cells[loss], [variant]: cell };
      let seed = 0; // a run that is repeated gets new losses; every variant gets the same ones
      return { label: `${variant} ${loss}`, cell, run: () => measureLossy({ variant, loss: Number(loss), seed: ++seed }, settings) };
    }),
  );
}

async function main(): Promise<void> {
  if (flags.help) return console.log(usage);
  const base = flags.quick ? quick : full;
  const number = (text: string | undefined, otherwise: number) => (text === undefined ? otherwise : Number(text));
  const settings = { ...base, runs: number(flags.runs, base.runs), maxRepeats: number(flags.repeats, base.maxRepeats) };
  const results: LossyResults = { date: new Date().toISOString().slice(0, 10), settings, cells: {}, remarks: [] };
  if (!canPin) results.remarks.push('No taskset here: the processes were not pinned to cores, so expect wider spread.');
  const write = () => {
    mkdirSync(dirname(flags.json), { recursive: true });
    writeFileSync(flags.json, JSON.stringify(results, null, 2));
    if (flags.markdown !== undefined) writeFileSync(flags.markdown, lossyAsMarkdown(results));
  };
  await interleave(jobsOf(results), settings, results.remarks, { say: (line) => console.error(line), roundDone: write });
  console.log(lossyAsText(results));
  write();
}

await main();
