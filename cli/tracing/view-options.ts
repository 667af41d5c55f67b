/*
 * The options of every command that shows a trace: which lanes, how time is told, as what it is drawn, and the files that
 * it goes to.
 */
import { Socket } from 'node:net';
import chalk from 'chalk';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Lane } from '../../tracer/join/index.js';
import type { ViewOptions } from '../../tracer/render/index.js';

/** Lanes that can be asked for. */
const LANES: readonly Lane[] = ['frames', 'segments', 'states', 'kernel', 'calls'];
/** The width where there is no terminal. */
const COLUMNS_OF_A_PIPE = 100;
const HEADING = 'How it is shown:';

/** What the command line says about the view. */
export interface ViewFlags {
  readonly lanes?: readonly Lane[];
  readonly time?: 'relative' | 'delta';
  readonly ascii?: boolean;
  readonly table?: boolean;
  readonly hex?: readonly number[];
  readonly why?: boolean;
}

/** Gives a command the options of a comparison: lanes, and ASCII. */
export function withComparisonOptions(command: Command): Command {
  return command.addOption(lanesOption()).addOption(asciiOption());
}

function lanesOption(): Option {
  return new Option('--lanes <lanes>', `which of ${LANES.join(', ')}, with commas between`).argParser(lanesIn).helpGroup(HEADING);
}

function asciiOption(): Option {
  return new Option('--ascii', 'nothing but ASCII').helpGroup(HEADING);
}

/** Gives a command the options of a view. A live one has no table and no bytes of single steps. */
export function withViewOptions(command: Command, { live = false }: { readonly live?: boolean } = {}): Command {
  command
    .addOption(lanesOption())
    .addOption(
      new Option('--time <how>', 'time since the start, or since the row before').choices(['relative', 'delta']).helpGroup(HEADING),
    )
    .addOption(asciiOption())
    .addOption(new Option('--why', 'with the reason of each step').helpGroup(HEADING));
  if (live) return command;
  return command
    .addOption(new Option('--table', 'a line a step, instead of a ladder').helpGroup(HEADING))
    .addOption(new Option('--hex <step>', 'the bytes and fields of a step; repeatable').argParser(stepNumber).helpGroup(HEADING));
}

/** The view that the command line asks for, on this terminal. */
export function viewOf(flags: ViewFlags): ViewOptions {
  return { columns: columnsHere(), colours: chalk.level > 0, ...figureOf(flags) };
}

/** The view that the command line asks for, wherever it is drawn. */
export function figureOf({ lanes, time, ascii, why }: ViewFlags): Omit<ViewOptions, 'columns' | 'colours'> {
  return { ...(lanes && { lanes }), ...(time && { time }), ...(ascii && { ascii }), ...(why && { why }) };
}

/** The width of the terminal, or of what stands for one: behind a pipe is mostly a pager, on the terminal that shows the complaints. */
function columnsHere(): number {
  const { stdout, stderr } = process;
  if (stdout.columns > 0) return stdout.columns;
  const told = Number(process.env.COLUMNS);
  if (Number.isSafeInteger(told) && told > 0) return told;
  return stdout instanceof Socket && stderr.columns > 0 ? stderr.columns : COLUMNS_OF_A_PIPE;
}

function lanesIn(text: string): readonly Lane[] {
  const lanes = text.split(',').map((lane) => lane.trim()) as Lane[];
  if (lanes.every((lane) => LANES.includes(lane))) return lanes;
  throw new InvalidArgumentError(`A lane is one of ${LANES.join(', ')}; write them with commas between.`);
}

function stepNumber(text: string, before: readonly number[] = []): readonly number[] {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be the number of a step, as the ladder shows it.');
  return [...before, Number(text)];
}
