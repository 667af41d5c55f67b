/*
 * How the command ends: every error becomes one sentence for a person and one exit code for a script.
 * The codes stand in one table, from which `chatwire --help` tells them.
 */
import { CommanderError } from 'commander';
import { ChatError } from '../lib/client/chat-error.js';
import { TransportError } from '../lib/transport-error.js';
import { cleanLine } from '../lib/wire/clean.js';
import { ReportError } from './report/report-error.js';

/** The exit codes, and what each says. */
export const EXIT_CODES = {
  0: 'all went well; leaving politely, by Ctrl-C too, is well',
  1: 'the connection or the server failed, the server said goodbye with a complaint, or a file could not be read or written',
  2: 'the command line is wrong: a command, an option or an address',
  3: 'a script never came into a group: the input of `chat` ended before, or while the server still asked',
  4: 'a script came into a group, and a line that it said there was not taken: too long, or not UTF-8',
  130: 'broken off by Ctrl-C without a goodbye: while connecting, or pressed twice',
} as const;

/** One of the exit codes. */
export type ExitCode = keyof typeof EXIT_CODES;

/** What was written on the command line is wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A file could not be read or written. */
export class FileError extends Error {
  override readonly name = 'FileError';
}

/** The input of a script ended before it was in a group. */
export class InputEndedError extends Error {
  override readonly name = 'InputEndedError';
}

/** A script's line was refused, while its chat went on. */
export class NotTakenError extends Error {
  override readonly name = 'NotTakenError';
}

/** A lesson's run did not show what the lesson is about. */
export class LessonError extends Error {
  override readonly name = 'LessonError';
}

/** The exit code of an error. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UsageError) return 2;
  if (error instanceof InputEndedError) return 3;
  if (error instanceof NotTakenError) return 4;
  return error instanceof TransportError && error.code === 'unsupported' ? 2 : 1;
}

/** An error as one sentence that is fit for a terminal. */
export function sentenceOf(error: unknown): string {
  const isKnown = [TransportError, ChatError, UsageError, ReportError, FileError, InputEndedError, NotTakenError, LessonError].some(
    (kind) => error instanceof kind,
  );
  if (isKnown) return cleanLine((error as Error).message);
  const what = error instanceof Error ? error.message : String(error);
  return cleanLine(`This should not have happened, please report it: ${what}`);
}

/** The table of exit codes as lines of help. */
export function exitCodesHelp(): string {
  const lines = Object.entries(EXIT_CODES).map(([code, meaning]) => `  ${code.padStart(3)}  ${meaning}`);
  return `\nExit codes:\n${lines.join('\n')}`;
}
