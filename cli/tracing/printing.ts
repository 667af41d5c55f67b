/*
 * A whole story on the terminal: as a ladder or a table, with the bytes of the steps that were asked for.
 */
import chalk from 'chalk';
import type { Step, Story } from '../../tracer/join/index.js';
import { hexLines, ladderLines, tableLines } from '../../tracer/render/index.js';
import { UsageError } from '../failure.js';
import { type ViewFlags, viewOf } from './view-options.js';

/** Said where a filter leaves nothing. */
export const NOTHING = 'No step of it is what you asked for.';

/** Prints a line; nobody may be there any more to read it. */
export function printLine(line: string): void {
  if (process.stdout.writable) process.stdout.write(`${line}\n`);
}

/** Prints lines, a good many at a time. */
export function printLines(lines: readonly string[]): void {
  for (let i = 0; i < lines.length; i += 1000) printLine(lines.slice(i, i + 1000).join('\n'));
}

/**
 * Prints a story as the command line asks for it.
 * @throws {UsageError} if there is no step of which the bytes were asked for; nothing is printed then
 */
export function printStory(story: Story, flags: ViewFlags): void {
  const view = viewOf(flags);
  mustHaveSteps(story, flags);
  printLine(chalk.bold(story.title));
  printLine('');
  if (story.steps.length === 0) printLine(NOTHING);
  else printLines(flags.table ? tableLines(story, view) : ladderLines(story, view));
  printBytes(story, flags);
}

/**
 * Prints the bytes and fields of the steps that were asked for.
 * @throws {UsageError} if there is no such step
 */
export function printBytes(story: Story, flags: ViewFlags): void {
  const { columns, ascii, colours } = viewOf(flags);
  const { connections } = story;
  for (const step of mustHaveSteps(story, flags)) {
    const connection = step.kind === 'note' ? undefined : connections.find(({ id }) => id === step.connection);
    const lines = hexLines(step, { columns, connection, ...(ascii && { ascii }), ...(colours !== undefined && { colours }) });
    printLine('');
    printLines(lines.length > 0 ? lines : [`Step ${step.number} has no bytes.`]);
  }
}

function mustHaveSteps({ steps }: Story, { hex = [] }: ViewFlags): readonly Step[] {
  return hex.map((number) => {
    const step = steps.find((one) => one.number === number);
    if (!step) throw new UsageError(`There is no step ${number} here to show the bytes of.`);
    return step;
  });
}
