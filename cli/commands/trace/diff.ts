/*
 * `chatwire trace diff`: two traces of one scenario, aligned step by step: what both have, and what only one has.
 */
import chalk from 'chalk';
import { Command } from 'commander';
import { alignStories } from '../../../tracer/diff/index.js';
import { type Story, tell } from '../../../tracer/join/index.js';
import { inLanes } from '../../../tracer/layout/index.js';
import { diffLines } from '../../../tracer/render/index.js';
import { chosenFrom, type FilterFlags, withFilterOptions } from '../../tracing/filter-options.js';
import { printLine, printLines } from '../../tracing/printing.js';
import { readNamed } from '../../tracing/recordings.js';
import { type ViewFlags, viewOf, withComparisonOptions } from '../../tracing/view-options.js';

interface DiffFlags extends Pick<ViewFlags, 'lanes' | 'ascii'>, FilterFlags {
  readonly differences?: boolean;
}

const HELP = `
For example, one conversation over two transports, and a good network beside a bad one:
  chatwire trace diff tcp-handshake udp-handshake
  chatwire trace diff good.jsonl bad.jsonl --lanes segments --differences`;

/** The command `trace diff`. */
export function diffCommand(): Command {
  const command = new Command('diff')
    .description('Compare two traces step by step: what is the same, and what only one of them has.')
    .argument('<one>', 'a file, or a recording that ships')
    .argument('<other>', 'a file, or a recording that ships')
    .option('--differences', 'without the steps that are the same in both')
    .addHelpText('after', HELP)
    .action(diff);
  return withComparisonOptions(withFilterOptions(command));
}

async function diff(one: string, other: string, flags: DiffFlags): Promise<void> {
  const stories = [await read(one, flags), await read(other, flags)] as const;
  const { columns, ascii, colours } = viewOf(flags);
  const [left, right] = stories;
  const rows = alignStories(left, right);
  printLine(chalk.bold(`${left.title} | ${right.title}`));
  printLines(
    diffLines(rows, [left, right], {
      columns,
      names: [shortName(one), shortName(other)],
      ...(ascii && { ascii }),
      ...(colours !== undefined && { colours }),
      ...(flags.differences && { differencesOnly: true }),
    }),
  );
}

async function read(name: string, flags: DiffFlags): Promise<Story> {
  const trace = await readNamed(name);
  const story = chosenFrom(tell(trace), trace.header, flags);
  return { ...story, steps: inLanes(story.steps, flags.lanes) };
}

/** A file by the last part of its path, without its ending. */
function shortName(name: string): string {
  return name.replace(/^.*[/\\]/, '').replace(/\.jsonl$/, '') || name;
}
