/*
 * `chatwire trace show`: a trace from a file, or a recording that ships, as a ladder, a table, a dialogue, or a list of
 * its connections; whole or in part.
 */
import { Command, Option } from 'commander';
import { tell } from '../../../tracer/join/index.js';
import { connectionIndex, type FollowFormat, follow, followText } from '../../../tracer/select/index.js';
import { UsageError } from '../../failure.js';
import { mustBeTerminal } from '../../stepping/keys.js';
import { stepThrough } from '../../stepping/step-through.js';
import { chosenFrom, type FilterFlags, mustBeOne, withFilterOptions } from '../../tracing/filter-options.js';
import { indexLines } from '../../tracing/index-lines.js';
import { tellMissingLanes } from '../../tracing/missing-lanes.js';
import { withOutputOption, writeOutputs } from '../../tracing/outputs.js';
import { NOTHING, printLine, printLines, printStory } from '../../tracing/printing.js';
import { readNamed, recordings } from '../../tracing/recordings.js';
import { figureOf, type ViewFlags, viewOf, withViewOptions } from '../../tracing/view-options.js';

interface ShowFlags extends ViewFlags, FilterFlags {
  readonly follow?: string;
  readonly format: FollowFormat;
  readonly index?: boolean;
  readonly step?: boolean;
  readonly output?: readonly string[];
}

const HELP = `
For example, a recording; the text of its first connection; and the losses of another, as a picture:
  chatwire trace show tcp-handshake --why
  chatwire trace show tcp-handshake --follow c1
  chatwire trace show udp-lossy --lanes segments -o lossy.svg`;

/** The command `trace show`. */
export function showCommand(): Command {
  const command = new Command('show')
    .description('Show a trace from a file, or a recording that ships.')
    .argument('<trace>', `a file, or one of ${recordings().join(', ') || 'the recordings'}`)
    .addOption(new Option('--follow <connection>', 'what both ends of a connection said, as text'))
    .addOption(new Option('--format <form>', 'the form of --follow').choices(['ascii', 'hex', 'raw']).default('ascii'))
    .option('--index', 'its connections, a line each')
    .option('--step', 'step by step, by keys')
    .addHelpText('after', HELP)
    .action(show);
  return withOutputOption(withViewOptions(withFilterOptions(command)));
}

async function show(name: string, flags: ShowFlags): Promise<void> {
  if (flags.step) mustBeTerminal();
  const trace = await readNamed(name);
  const story = tell(trace);
  const { output } = flags;
  tellMissingLanes(name, story, flags);
  const shown = chosenFrom(story, trace.header, flags);
  if (output && shown.steps.length === 0 && story.steps.length > 0) throw new UsageError(NOTHING);
  if (output) return writeOutputs(output, { trace, story, shown, view: figureOf(flags) });
  if (flags.step) return stepThrough(shown, flags);
  if (flags.index) return printLines(indexLines(connectionIndex(shown), viewOf(flags).columns));
  if (flags.follow === undefined) return printStory(shown, flags);
  mustBeOne(
    'connection',
    flags.follow,
    story.connections.map(({ id }) => id),
  );
  const dialogue = follow(shown, flags.follow);
  if (!dialogue) return printLine(NOTHING);
  printLine(followText(dialogue, flags.format).trimEnd());
}
