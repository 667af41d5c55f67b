/*
 * What every picture of a terminal begins with: a real server in a pseudo-terminal of its own, and people at theirs.
 * The ports are fixed, the clock stands still and the group is #8888 (steady.ts), so that the pictures stay the same.
 */
import { fileURLToPath } from 'node:url';
import { PseudoTerminal, type TerminalOptions } from '../../test/cli/pseudo-terminal.js';
import type { Shot } from './terminal-svg.js';

export const ADDRESS = 'tcp://127.0.0.1:4000';
export const TEXT_PORT = '4001';
export const GROUP = '8888';
export const PASSWORD = '1234';

/** A picture of one or more terminals at a named moment. */
export interface Scene {
  /** The file under docs/figures/terminal/, without its ending. */
  readonly name: string;
  /** What is to be seen, for whoever cannot see it. */
  readonly description: string;
  play(): Promise<readonly Shot[]>;
}

const STEADY = fileURLToPath(new URL('./steady.ts', import.meta.url));
/** The draw at which the first group that is created gets the ID 8888: its salt and its maker's tokens are drawn before. */
const FIGURE_DRAWS = String(Number(GROUP) - 1000 - 5);

/** Runs the command in a terminal, with a clock that stands still. */
export function command(args: readonly string[], options: TerminalOptions = {}): PseudoTerminal {
  return new PseudoTerminal(args, { columns: 84, ...options, imports: [STEADY], env: { TZ: 'UTC', FIGURE_DRAWS } });
}

const VIRTUAL_DEMO = fileURLToPath(new URL('./demo-in-virtual-time.ts', import.meta.url));

/** Performs a demo over UDP in a terminal, in virtual time. */
export function virtualDemo(name: string, options: TerminalOptions = {}): PseudoTerminal {
  return new PseudoTerminal(['--import', 'tsx', VIRTUAL_DEMO, name], { columns: 84, ...options, program: process.execPath });
}

/** A server at {@link ADDRESS} and at its text door. */
export async function server(): Promise<PseudoTerminal> {
  const serving = command(['serve', '-l', ADDRESS, '-l', `text+tcp://127.0.0.1:${TEXT_PORT}`]);
  await serving.until('What happens:');
  return serving;
}

/** A person at a chat client, who has the opening message on the screen. */
export async function person(options?: TerminalOptions): Promise<PseudoTerminal> {
  const client = command(['chat', ADDRESS], options);
  await client.until('3. Exit the server.');
  return client;
}

/** A person who creates group #8888 and is in it. */
export async function founder(name: string): Promise<PseudoTerminal> {
  const client = await person();
  client.type('2\r');
  await client.answer('Enter your name:', name);
  await client.answer('Enter password:', PASSWORD);
  await client.until(`#${GROUP} ›`);
  return client;
}

/** A person who answers the questions of option 1 up to the password. */
export async function visitor(name: string, group = GROUP, options?: TerminalOptions): Promise<PseudoTerminal> {
  const client = await person(options);
  client.type('1\r');
  await client.answer('Enter your name:', name);
  await client.answer('Enter group ID:', group);
  await client.until('Enter password:');
  return client;
}

/** A person who connects to group #8888 and is in it. */
export async function member(name: string, options?: TerminalOptions): Promise<PseudoTerminal> {
  const client = await visitor(name, GROUP, options);
  client.type(`${PASSWORD}\r`);
  await client.until(`#${GROUP} ›`);
  return client;
}

/** Says something, and waits until the other has it on the screen. */
export async function say(who: PseudoTerminal, text: string, ...others: readonly PseudoTerminal[]): Promise<void> {
  who.type(`${text}\r`);
  await Promise.all([who, ...others].map((each) => each.until(`: ${text}`)));
}

/** A person's screen, as a picture. */
export function screenOf({ emulator }: PseudoTerminal, title = `npx chatwire chat ${ADDRESS}`): Shot {
  return { title: `$ ${title}`, terminal: emulator };
}

/** The server's screen, as a picture. */
export function serverScreen({ emulator }: PseudoTerminal): Shot {
  return { title: `$ npx chatwire serve -l ${ADDRESS} -l text+tcp://127.0.0.1:${TEXT_PORT}`, terminal: emulator };
}
