/*
 * `chatwire trace replay`: a trace as it happened, at its own speed or another.
 */
import chalk from 'chalk';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type Story, tell } from '../../../tracer/join/index.js';
import { liveLadder } from '../../../tracer/render/index.js';
import { toldToStop } from '../../stopping.js';
import { chosenFrom, type FilterFlags, withFilterOptions } from '../../tracing/filter-options.js';
import { tellMissingLanes } from '../../tracing/missing-lanes.js';
import { NOTHING, printLine } from '../../tracing/printing.js';
import { readNamed } from '../../tracing/recordings.js';
import { type ViewFlags, viewOf, withViewOptions } from '../../tracing/view-options.js';

interface ReplayFlags extends ViewFlags, FilterFlags {
  readonly speed: number;
}

const HELP = `
For example, a hundred times as slow as it was:
  chatwire trace replay tcp-handshake --speed 0.01`;

/** The command `trace replay`. */
export function replayCommand(): Command {
  const command = new Command('replay')
    .description('Show a trace in the time that it took. Ctrl-C ends it.')
    .argument('<trace>', 'a file, or a recording that ships')
    .addOption(new Option('--speed <times>', 'so many times as fast; 0.01 to see milliseconds pass').argParser(speedIn).default(1))
    .addHelpText('after', HELP)
    .action(async (name: string, flags: ReplayFlags) => {
      const trace = await readNamed(name);
      const story = tell(trace);
      const chosen = chosenFrom(story, trace.header, flags);
      tellMissingLanes(name, story, flags);
      await replay(chosen, flags);
    });
  return withViewOptions(withFilterOptions(command), { live: true });
}

async function replay({ title, actors, connections, steps }: Story, flags: ReplayFlags): Promise<void> {
  const ladder = liveLadder(viewOf(flags));
  const print = (lines: readonly string[]) => lines.forEach(printLine);
  printLine(chalk.bold(title));
  printLine('');
  if (steps.length === 0) return printLine(NOTHING);
  let stopped = false;
  let wake = () => {};
  const stop = toldToStop({ unread: true }).then(() => {
    stopped = true;
    wake();
  });
  const began = performance.now();
  const first = steps[0]?.at ?? 0;
  for (const step of steps) {
    const waitMs = began + (step.at - first) / 1e6 / flags.speed - performance.now();
    if (waitMs > 1) {
      print(ladder.rest());
      await pause(waitMs, (early) => {
        wake = early;
      });
    }
    if (stopped) break;
    print(ladder.step(step, actors, connections));
  }
  print(ladder.rest());
  if (stopped) await stop;
}

function pause(ms: number, early: (wake: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.min(ms, 2 ** 31 - 1));
    early(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function speedIn(text: string): number {
  const speed = text.trim() === '' ? Number.NaN : Number(text);
  if (speed > 0 && speed <= 1e9) return speed;
  throw new InvalidArgumentError('It must be a number above 0: 1 as it was, 0.1 slower, 10 faster.');
}
