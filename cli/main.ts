#!/usr/bin/env node
/*
 * The command `chatwire`. Only puts the commands together and turns what they throw into one sentence and an
 * exit code (failure.ts); what a command does stands in commands/.
 */
import { createRequire } from 'node:module';
import chalk from 'chalk';
import { Command, CommanderError } from 'commander';
import { chatCommand } from './commands/chat.js';
import { demoCommand } from './commands/demo.js';
import { labCommand } from './commands/lab.js';
import { lessonCommand } from './commands/lesson.js';
import { menu } from './commands/menu.js';
import { reportCommand } from './commands/report.js';
import { serveCommand } from './commands/serve.js';
import { traceCommand } from './commands/trace.js';
import { exitCodeOf, exitCodesHelp, sentenceOf, UsageError } from './failure.js';
import { watchOutput } from './output.js';

const { version } = createRequire(import.meta.url)('chatwire/package.json') as { version: string };

const program = new Command('chatwire')
  .description('Group chats over swappable transports: a server, a client and demos.\nWithout a command it opens a menu.')
  .version(version)
  .addHelpText('after', exitCodesHelp)
  .argument('[command]') // takes a mistyped command, which would else be one argument too many
  .usage('[command]')
  .action(async (mistyped?: string) => {
    if (mistyped !== undefined) throw new UsageError(`There is no command "${mistyped}"; chatwire --help lists the commands.`);
    await menu();
  });

for (const command of [serveCommand(), chatCommand(), demoCommand(), lessonCommand(), traceCommand(), labCommand(), reportCommand()])
  program.addCommand(command);
complainInOneLine(program);

if (process.env.NO_COLOR) chalk.level = 0; // https://no-color.org; chalk does not look at it

watchOutput();

try {
  await program.parseAsync();
} catch (error) {
  // what commander has to say it has said already
  if (!(error instanceof CommanderError)) process.stderr.write(`chatwire: ${sentenceOf(error)}\n`);
  process.exitCode = exitCodeOf(error);
}

/** What commander has to say of a command line, and of the commands within a command, is one line. */
function complainInOneLine(command: Command): void {
  const oneLine = (text: string) =>
    text
      .replace(/^error: /, '')
      .trim()
      .replaceAll('\n', ' ');
  command.exitOverride().configureOutput({ outputError: (text, write) => write(`chatwire: ${oneLine(text)}\n`) });
  command.commands.forEach(complainInOneLine);
}
