/*
 * `chatwire help [command]`, and `chatwire trace help [command]`: commander's own shows everything where there is no such
 * command, and not a word about it.
 */
import type { Command } from 'commander';
import { UsageError } from '../failure.js';

/** Gives a command that has others the command `help`. */
export function withHelpCommand(parent: Command, name: string): Command {
  parent.helpCommand(false);
  parent
    .command('help')
    .description('show help for a command')
    .argument('[command]')
    .action((asked?: string) => {
      const found = asked === undefined ? parent : parent.commands.find((one) => one.name() === asked);
      if (!found) throw new UsageError(`There is no command "${asked}"; ${name} --help lists the commands.`);
      found.help();
    });
  return parent;
}
