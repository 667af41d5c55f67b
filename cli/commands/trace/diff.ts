/*
 * `chatwire trace diff`: traces of one scenario, aligned step by step: what all have, and what only some have.
 */
import { Command } from 'commander';
import { alignStories } from '../../../tracer/diff/index.js';
import { type Story, tell } from '../../../tracer/join/index.js';
import { inLanes } from '../../../tracer/layout/index.js';
import { diffLines } from '../../../tracer/render/index.js';
import { UsageError } from '../../failure.js';
import { chosenFrom, type FilterFlags, withFilterOptions } from '../../tracing/filter-options.js';
import { tellMissingLanes } from '../../tracing/missing-lanes.js';
import { printLines } from '../../tracing/printing.js';
import { readNamed } from '../../tracing/recordings.js';
import { type ViewFlags, viewOf, withComparisonOptions } from '../../tracing/view-options.js';

interface DiffFlags extends Pick<ViewFlags, 'lanes' | 'ascii'>, FilterFlags {
  readonly differences?: boolean;
}

/** So many have a letter, and still room for words beside their numbers. */
const MOST = 8;

const HELP = `
For example, one conversation over two transports and over three, and a good network beside a bad one:
  chatwire trace diff tcp-handshake udp-handshake
  chatwire trace diff tcp-handshake unix-handshake udp-handshake
  chatwire trace diff good.jsonl bad.jsonl --lanes segments --differences`;

/** The command `trace diff`. */
export function diffCommand(): Command {
  const command = new Command('diff')
    .description('Compare traces step by step: what is the same in all, and what only some of them have.')
    .argument('<one>', 'a file, or a recording that ships')
    .argument('<others...>', `another to compare it with, or several, ${MOST} in all at most`)
    .option('--differences', 'without the steps that are the same in all')
    .addHelpText('after', HELP)
    .action((one: string, others: readonly string[], flags: DiffFlags) => diff([one, ...others], flags));
  return withComparisonOptions(withFilterOptions(command));
}

async function diff(traces: readonly string[], flags: DiffFlags): Promise<void> {
  if (traces.length > MOST) throw new UsageError(`At most ${MOST} traces can be compared at once; these are ${traces.length}.`);
  const stories: Story[] = [];
  for (const name of traces) stories.push(await read(name, flags));
  const { columns, ascii, colours } = viewOf(flags);
  const rows = alignStories(stories);
  printLines(
    diffLines(rows, stories, {
      columns,
      names: namesOf(traces),
      ...(ascii && { ascii }),
      ...(colours !== undefined && { colours }),
      ...(flags.differences && { differencesOnly: true }),
    }),
  );
}

async function read(name: string, flags: DiffFlags): Promise<Story> {
  const trace = await readNamed(name);
  const whole = tell(trace);
  const story = chosenFrom(whole, trace.header, flags);
  tellMissingLanes(name, whole, flags);
  return { ...story, steps: inLanes(story.steps, flags.lanes) };
}

/** Files by the last parts of their paths, without the endings; or in full, where that would not tell them apart. */
function namesOf(traces: readonly string[]): readonly string[] {
  const short = traces.map((name) => name.replace(/^.*[/\\]/, '').replace(/\.jsonl$/, '') || name);
  return new Set(short).size === new Set(traces).size ? short : traces;
}
