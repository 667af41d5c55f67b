/*
 * `chatwire chat ADDRESS`: a person's client at a terminal, and a script's through a pipe.
 */
import chalk from 'chalk';
import { Command } from 'commander';
import { ChatClient, cleanLine } from '../../lib/index.js';
import { faultyNode } from '../../transports/faulty-node.js';
import { type Faults, faultsInWords } from '../../transports/link/index.js';
import type { EngineSettings } from '../../transports/udp/index.js';
import { faultsIn, withFaultOptions } from '../fault-options.js';
import { chatByLines } from '../plain-chat.js';
import { openKeyboard } from '../screen/keyboard.js';
import { typedLines } from '../typed-lines.js';
import { engineIn, withUdpOptions } from '../udp-options.js';

/** The command `chat`. */
export function chatCommand(): Command {
  const command = new Command('chat')
    .description('Chat with a server: menu, questions and a chat screen; through a pipe, plain lines.')
    .argument('<address>', 'where the server listens, for example tcp://127.0.0.1:4000')
    .addHelpText('after', HELP)
    .action((address: string, options: object) => {
      const faults = faultsIn(options);
      return chat(address, faults, engineIn(options, { addresses: [address], faults }));
    });
  return withFaultOptions(withUdpOptions(command));
}

const HELP = `
In a group, a line is said to everybody in it, except for
  /help  /who  /leave  /quit    and  //...  to say something that begins with a slash.
While the server asks, Esc or /leave goes back to the menu, and /quit leaves; a password may look like either.

From a script, each line answers what is asked next, or is said:
  printf '%s\\n' 1 Bar 8888 1234 'Hi friends' | chatwire chat tcp://127.0.0.1:4000
If the lines end before it is in a group, it says so, and the exit code is 3;
it is 4 if a line was not taken in the group, and 1 if the session was lost.`;

/** Chats until the person leaves or the connection ends. The faults happen to what is sent and to what comes, since the server may be on a good network. */
export async function chat(address: string, faults?: Faults, engine?: Partial<EngineSettings>): Promise<void> {
  const host = faultyNode(faults, { linkOn: 'both', engine });
  const { stdin, stdout, stderr } = process;
  if (!stdin.isTTY || !stdout.isTTY || process.env.TERM === 'dumb') {
    const client = new ChatClient(host, address);
    const person = stdin.isTTY ? typedLines(stdin) : undefined;
    return chatByLines(client, { input: person?.input ?? stdin, output: stdout, notices: stderr, person }).finally(() => person?.close());
  }
  let interrupted = (): void => process.exit(130);
  const keyboard = openKeyboard(stdin, () => interrupted()); // before anything else: what is typed ahead may be a password
  try {
    const { TerminalChat } = await import('../screen/terminal-chat.js'); // inquirer takes a moment to load, and scripts do not need it
    const client = new ChatClient(host, address);
    if (faults) stdout.write(chalk.dim(`The network from here on ${faultsInWords(faults)}.\n`));
    stdout.write(chalk.dim(`Connecting to ${cleanLine(address)} ...\n`));
    const terminalChat = new TerminalChat(client, keyboard);
    interrupted = () => terminalChat.interrupted();
    await terminalChat.run();
  } finally {
    keyboard.close();
  }
}
