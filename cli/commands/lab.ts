/*
 * `chatwire lab`: how well stop-and-wait, go-back-N and selective repeat use a line, measured with the real engine in
 * virtual time, beside what the formulas say. Table, JSON, SVG.
 */
import chalk from 'chalk';
import { Command, Option } from 'commander';
import { type Cell, cellsOf, type ExperimentOptions, type Grid, LAB_ARQ, measuring, plot, type Row } from '../../lab/index.js';
import { UsageError } from '../failure.js';
import { countsIn, distancesIn, lossesIn, policiesIn, wholeNumberIn, windowsIn } from '../lab/lists.js';
import { notesOf, tableOf } from '../lab/table.js';
import { progress } from '../report/progress.js';
import { fileBeside } from '../tracing/beside.js';
import { printLine } from '../tracing/printing.js';

interface LabFlags extends Grid {
  readonly packets: number;
  readonly seed: number;
  readonly json?: boolean;
  readonly output?: string;
}

const HELP = `
The line carries one packet in each unit of time; a is how long a bit travels, in such units. ACKs take no time and are
never lost, and a loss is known after 1 + 2a. By the formulas the line is used
  stop-and-wait     (1-P) / (1+2a)
  go-back-n         (1-P) / (1+2aP)   for W >= 1+2a,   W(1-P) / ((1+2a)(1-P+WP))   below
  selective-repeat  1-P               for W >= 1+2a,   W(1-P) / (1+2a)             below
where W packets are outstanding. A window that spans from the oldest unacknowledged one waits for it: see
  chatwire lab --arq selective-repeat --a 10 --window 7,21,63,127 --counts outstanding,span`;

/** The command `lab`. */
export function labCommand(): Command {
  return new Command('lab')
    .description('Measure how well a line is used, with the real engine in virtual time, beside the formulas.')
    .addOption(list('--arq <names>', `ways of repairing losses: ${LAB_ARQ.join(', ')}`, policiesIn).default(LAB_ARQ, 'all'))
    .addOption(list('--loss <shares>', 'how many packets are lost, each independently', lossesIn).default([0, 0.01, 0.1], '0,0.01,0.1'))
    .addOption(list('--a <ratios>', 'propagation delay over transmission time', distancesIn).default([1, 10], '1,10'))
    .addOption(list('--window <packets>', 'how many may be unacknowledged; stop-and-wait has one', windowsIn).default([1, 7, 31], '1,7,31'))
    .addOption(
      list('--counts <what>', 'what selective repeat’s window counts: outstanding, span', countsIn).default(['outstanding'], 'outstanding'),
    )
    .addOption(list('--packets <number>', 'how many are counted', (text) => wholeNumberIn('--packets', text, PACKETS)).default(10_000))
    .addOption(list('--seed <number>', 'other losses of the same kind', (text) => wholeNumberIn('--seed', text, SEEDS)).default(1))
    .option('--json', 'print the rows as JSON')
    .addOption(list('-o, --output <file>', 'write a picture to a file that ends with .svg', svgIn))
    .addHelpText('after', HELP)
    .action(lab);
}

/** For so long an experiment may keep the thread to itself. */
const TURN_MS = 50;
const PACKETS = { least: 100, most: 10_000_000 };
const SEEDS = { least: 0, most: 2 ** 31 };

function list<Value>(flags: string, does: string, parse: (text: string) => Value): Option {
  return new Option(flags, does).argParser(parse);
}

async function lab({ packets, seed, json, output, ...grid }: LabFlags): Promise<void> {
  const file = output === undefined ? undefined : fileBeside(output);
  const brokenOff = (): never => {
    file?.discard();
    if (process.stderr.isTTY) process.stderr.write('\n'); // behind the bar
    process.exit(130);
  };
  process.once('SIGINT', brokenOff);
  const rows = await sweep(cellsOf(grid), { packets, seed });
  process.off('SIGINT', brokenOff);
  if (file) {
    file.write(plot(rows));
    file.finish();
    process.stderr.write(`written: ${output}\n`);
  }
  if (json) return printLine(JSON.stringify(rows, null, 2));
  const [head = '', ...lines] = tableOf(rows);
  printLine(chalk.bold(head));
  lines.forEach(printLine);
  for (const note of notesOf(rows)) printLine(chalk.dim(note));
}

/** All experiments, with a bar that goes on meanwhile; Ctrl-C is heard. */
async function sweep(cells: readonly Cell[], options: ExperimentOptions): Promise<Row[]> {
  const bar = progress(cells.length);
  const rows: Row[] = [];
  for (const [index, cell] of cells.entries()) {
    await bar.step(`${index + 1} of ${cells.length}: ${cell.arq} P=${cell.loss} a=${cell.a} W=${cell.window}`);
    const run = measuring(cell, options);
    let next = run.next();
    for (let heardAt = performance.now(); !next.done; next = run.next()) {
      if (performance.now() < heardAt + TURN_MS) continue;
      await new Promise(setImmediate);
      heardAt = performance.now();
    }
    rows.push(next.value);
  }
  bar.done();
  return rows;
}

function svgIn(path: string): string {
  if (path.endsWith('.svg')) return path;
  throw new UsageError(`"${path}" does not say in what form: let it end with .svg.`);
}
