#!/usr/bin/env node
/*
 * The command `chatwire`. Only puts the commands together and turns what they throw into one sentence and an
 * exit code (failure.ts); what a command does stands in commands/.
 */
import { createRequire } from 'node:module';
import chalk from 'chalk';
import { Command, CommanderError } from 'commander';
import { loadAsked } from './commands/asked.js';
import { withHelpCommand } from './commands/help.js';
import { exitCodeOf, exitCodesHelp, sentenceOf, UsageError } from './failure.js';
import { fitWords } from './fit-words.js';
import { watchOutput } from './output.js';

/** Each command, loaded when it is asked for: what it stands on is half of a start. */
const commands = {
  serve: async () => (await import('./commands/serve.js')).serveCommand(),
  chat: async () => (await import('./commands/chat.js')).chatCommand(),
  demo: async () => (await import('./commands/demo.js')).demoCommand(),
  lesson: async () => (await import('./commands/lesson.js')).lessonCommand(),
  trace: async () => (await import('./commands/trace.js')).traceCommand(process.argv[3]),
  lab: async () => (await import('./commands/lab.js')).labCommand(),
  report: async () => (await import('./commands/report.js')).reportCommand(),
};

const { version } = createRequire(import.meta.url)('chatwire/package.json') as { version: string };

const HELP = `
For example, in two terminals:
  chatwire serve
  chatwire chat tcp://127.0.0.1:4000`;

const program = new Command('chatwire')
  .description('Group chats over swappable transports: server, client, demos, lessons, tracer and lab.\nWithout a command it opens a menu.')
  .version(version)
  .addHelpText('after', HELP)
  .addHelpText('after', exitCodesHelp)
  .argument('[command]') // takes a mistyped command, which would else be one argument too many
  .usage('[command]')
  .action(async (mistyped?: string) => {
    if (mistyped !== undefined) throw new UsageError(`There is no command "${mistyped}"; chatwire --help lists the commands.`);
    const { menu } = await import('./commands/menu.js');
    await menu();
  });

for (const command of await loadAsked(commands, process.argv[2])) program.addCommand(command);
withHelpCommand(program, 'chatwire');
complainInOneLine(program);

if (process.env.NO_COLOR) chalk.level = 0; // https://no-color.org; chalk does not look at it

watchOutput();

try {
  await program.parseAsync();
} catch (error) {
  // what commander has to say it has said already
  if (!(error instanceof CommanderError)) complain(sentenceOf(error));
  process.exitCode = exitCodeOf(error);
}

/** Says on stderr what went wrong. */
function complain(sentence: string): void {
  process.stderr.write(`${fitWords(`chatwire: ${sentence}`, process.stderr)}\n`);
}

/** What commander has to say of a command line, and of the commands within a command, is one line. */
function complainInOneLine(command: Command): void {
  const oneLine = (text: string) =>
    text
      .replace(/^error: /, '')
      .trim()
      .replaceAll('\n', ' ');
  command.exitOverride().configureOutput({ outputError: (text) => complain(oneLine(text)) });
  command.commands.forEach(complainInOneLine);
}
