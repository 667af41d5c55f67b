/*
 * `chatwire` without a command, which is `npm start`: a menu of what there is to do, until one has enough.
 * Where no terminal is on stdin, nobody can choose: the whole tour of demos runs, and that is it.
 */
import type { Command } from 'commander';
import { isCtrlC } from '../choosing.js';
import { sentenceOf } from '../failure.js';
import { fitWords } from '../fit-words.js';
import { asWarning, PROMPT_STYLE } from '../screen/colours.js';
import { chat } from './chat.js';
import { showChosen, tour } from './demo.js';
import { DEFAULT_ADDRESSES, serve } from './serve.js';

interface Choice {
  readonly name: string;
  readonly description: string;
  run(): Promise<unknown>;
}

/** Where the page is. */
const PAGE_PORT = 8080;

const CHOICES: readonly Choice[] = [
  {
    name: 'Start a server',
    description: `It listens at ${DEFAULT_ADDRESSES.join(' and ')}.`,
    run: () => serve(),
  },
  {
    name: 'Start a server with a page',
    description: `The same, and for browsers: the chat, a live ladder, the lab; at port ${PAGE_PORT}.`,
    run: () => serve({ gui: PAGE_PORT, trace: true }),
  },
  {
    name: 'Chat with a server',
    description: 'Start one first, in another terminal.',
    run: async () => chat(await askAddress()),
  },
  {
    name: 'Show a demo',
    description: 'One option of the menu at a time, as a ladder of its frames.',
    run: showChosen,
  },
  {
    name: 'Take the whole tour',
    description: 'All demos in a row.',
    run: tour,
  },
  {
    name: 'Take a lesson',
    description: 'One thing to learn: what to look at, a real run, and three questions.',
    run: async () => (await import('./lesson.js')).teachChosen(),
  },
  {
    name: 'Measure in the lab',
    description: 'How well stop-and-wait, go-back-N and selective repeat use a line.',
    run: async () => withoutFlags((await import('./lab.js')).labCommand()),
  },
  {
    name: 'Make the report',
    description: 'The PDF and the ZIP that are handed in; it asks for names and IDs.',
    run: async () => withoutFlags((await import('./report.js')).reportCommand()),
  },
];

/** Lets a person choose what to do, again and again. */
export async function menu(): Promise<void> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return tour();
  for (let choice = await choose(); choice; choice = await choose()) {
    try {
      await choice.run();
    } catch (error) {
      if (!isCtrlC(error)) process.stderr.write(`${fitWords(asWarning(sentenceOf(error)), process.stderr)}\n`);
    }
    process.stdout.write('\n');
  }
}

/** What the person chooses; nothing: to exit. */
async function choose(): Promise<Choice | undefined> {
  const { default: inquirer } = await import('inquirer'); // takes a moment to load, and only a menu needs it
  const choices = CHOICES.map((choice) => ({ name: choice.name, value: choice, description: choice.description }));
  try {
    const { choice } = await inquirer.prompt<{ choice: Choice | 'exit' }>({
      type: 'select',
      name: 'choice',
      message: 'Chatwire: what would you like to do?',
      choices: [...choices, { name: 'Exit', value: 'exit' as const, description: 'Back to the shell.' }],
      pageSize: choices.length + 1, // all at once: 24 rows have room
      theme: { indexMode: 'number', style: PROMPT_STYLE },
    });
    return choice === 'exit' ? undefined : choice;
  } catch (error) {
    if (isCtrlC(error)) return undefined;
    throw error;
  }
}

async function askAddress(): Promise<string> {
  const { default: inquirer } = await import('inquirer');
  const { address } = await inquirer.prompt<{ address: string }>({
    type: 'input',
    name: 'address',
    message: 'Where does the server listen?',
    default: DEFAULT_ADDRESSES[0],
    theme: { style: PROMPT_STYLE },
  });
  return address.trim();
}

/** Runs a command as if nothing more was written behind its name. */
async function withoutFlags(command: Command): Promise<void> {
  await command.parseAsync([], { from: 'user' });
}
