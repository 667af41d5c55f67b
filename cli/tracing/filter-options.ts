/*
 * The options that choose steps of a story.
 */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { StoryFilter } from '../../tracer/select/index.js';

const HEADING = 'What is shown:';

/** What the command line chooses. */
export interface FilterFlags {
  readonly connection?: string;
  readonly actor?: string;
  readonly type?: readonly string[];
  readonly from?: number;
  readonly to?: number;
}

/** Gives a command the options. Layers are lanes, and have their option with the view. */
export function withFilterOptions(command: Command): Command {
  return command
    .addOption(new Option('--connection <id>', 'one connection, c1 for the first; --index lists them').helpGroup(HEADING))
    .addOption(new Option('--actor <name>', 'whatever somebody sends, receives or does').helpGroup(HEADING))
    .addOption(
      new Option('--type <names>', 'frames, packets or states of these names, with commas between').argParser(names).helpGroup(HEADING),
    )
    .addOption(
      new Option('--from <ms>', 'from this time on, in milliseconds since the start; 0 also shows what a recorded demo prepared')
        .argParser(nanoseconds)
        .helpGroup(HEADING),
    )
    .addOption(new Option('--to <ms>', 'up to this time').argParser(nanoseconds).helpGroup(HEADING));
}

/** The filter that the command line asks for. */
export function filterOf({ connection, actor, type, from, to }: FilterFlags): StoryFilter {
  return { connection, actor, types: type, from, to };
}

function names(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim());
}

function nanoseconds(text: string): number {
  const ms = text.trim() === '' ? Number.NaN : Number(text);
  if (!(ms >= 0)) throw new InvalidArgumentError('It must be a number of milliseconds.');
  return Math.round(ms * 1e6);
}
