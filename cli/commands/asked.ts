/*
 * Which commands are loaded: the one that the command line begins with, or all of them where it names none, for the help
 * and for the sentence about a mistyped one.
 */
import type { Command } from 'commander';

/** Commands by name, each loaded by a call. */
export type Loaders = Readonly<Record<string, () => Promise<Command>>>;

/** Loads the one that is asked for, or else all, in the table's order. */
export async function loadAsked(loaders: Loaders, asked: string | undefined): Promise<readonly Command[]> {
  const one = asked !== undefined && Object.hasOwn(loaders, asked) ? loaders[asked] : undefined;
  return Promise.all(one ? [one()] : Object.values(loaders).map((load) => load()));
}
