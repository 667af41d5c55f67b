/*
 * The options that choose steps of a story, and what they choose.
 */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Story } from '../../tracer/join/index.js';
import { filterStory, withoutPreparation } from '../../tracer/select/index.js';
import type { TraceHeader } from '../../tracer/trace/trace.js';
import { UsageError } from '../failure.js';

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

/**
 * The part of a story that the command line asks for; what its run had to prepare is only in it if a time is asked for.
 * @throws {UsageError} if it asks for a connection or an actor that is not in it
 */
export function chosenFrom(whole: Story, header: TraceHeader, { connection, actor, type, from, to }: FilterFlags): Story {
  const story = from === undefined ? withoutPreparation(whole, header) : whole;
  const { connections, actors } = story;
  if (connection !== undefined)
    mustBeOne(
      'connection',
      connection,
      connections.map(({ id }) => id),
    );
  if (actor !== undefined && !actors.some(({ id }) => id === actor))
    mustBeOne(
      'actor',
      actor,
      actors.map(({ name }) => name),
    );
  const asked = [connection, actor, type, from, to].some((each) => each !== undefined);
  const shown = filterStory(story, { connection, actor, types: type, from, to });
  // sentences alone are no answer
  return asked && shown.steps.every(({ kind }) => kind === 'note') ? { ...shown, steps: [] } : shown;
}

/**
 * Says which there are, if one is asked for that there is not.
 * @throws {UsageError} with a sentence
 */
export function mustBeOne(what: string, asked: string, names: readonly string[]): void {
  if (!names.includes(asked)) throw new UsageError(`There is no ${what} "${asked}" in it; there is ${inWords([...new Set(names)])}.`);
}

function inWords(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const first = names.slice(0, 10);
  return first.join(', ') + (names.length > first.length ? ` and so on up to ${names.at(-1)}` : '');
}

function names(text: string): readonly string[] {
  const found = text.split(',').map((name) => name.trim());
  if (found.every((name) => name !== '')) return found;
  throw new InvalidArgumentError('Write names as the ladder shows them, with commas between: SAY,MESSAGE.');
}

function nanoseconds(text: string): number {
  const ms = text.trim() === '' ? Number.NaN : Number(text);
  if (!(ms >= 0)) throw new InvalidArgumentError('It must be a number of milliseconds.');
  return Math.round(ms * 1e6);
}
