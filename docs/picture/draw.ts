/*
 * `npm run picture` draws the picture at the top of README.md from a real run: a server, two members at their
 * screens, and one with the plain-text door, each in a pseudo-terminal. Only the clock's digits differ from run to run.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { closeTerminals, PseudoTerminal } from '../../test/cli/pseudo-terminal.js';
import { drawShots } from './terminal-svg.js';

const FILE = fileURLToPath(new URL('../figures/chat.svg', import.meta.url));
const PASSWORD = '1234';

const server = new PseudoTerminal(['serve', '--listen', 'tcp://127.0.0.1:0', '--listen', 'text+tcp://127.0.0.1:0'], { rows: 16 });
const address = /tcp:\/\/127\.0\.0\.1:\d+/.exec(await server.until(/text\+tcp:\/\/127\.0\.0\.1:\d+/))?.[0] as string;

const ann = new PseudoTerminal(['chat', address], { rows: 20 });
await ann.answer('3. Exit the server.', '2');
await ann.answer('Enter your name:', 'Ann');
await ann.answer('Enter password:', PASSWORD);
const group = /connected to group chat #(\d+)/.exec(await ann.until(/connected to group chat #\d+/))?.[1] as string;

const bar = new PseudoTerminal(['chat', address], { rows: 22 });
await bar.answer('3. Exit the server.', '1');
await bar.answer('Enter your name:', 'Bar');
await bar.answer('Enter group ID:', group);
await bar.answer('Enter password:', PASSWORD);
await bar.until('›'); // the line to type at is there

/** Says something, and waits until the other has it on the screen. */
async function say(who: PseudoTerminal, text: string, other: PseudoTerminal): Promise<void> {
  who.type(`${text}\r`);
  await other.until(text);
}

await say(bar, 'Hi friends', ann);
await say(ann, 'Hello, how are you? 😀', bar);
await say(bar, 'Fine. Does the group hear every message just once, and in one order?', ann);
await say(ann, 'Yes: each has a number, and the server acknowledges it.', bar);
await server.until((screen) => screen.split(' said ').length > 4 || screen.split('characters').length > 4);

mkdirSync(fileURLToPath(new URL('../figures/', import.meta.url)), { recursive: true });
const description = 'Three terminals: chatwire serve tells who comes and what happens; Ann and Bar chat with each other.';
writeFileSync(
  FILE,
  drawShots(description, [
    { title: '$ npx chatwire serve', terminal: server.emulator },
    { title: `$ npx chatwire chat ${address}`, terminal: bar.emulator },
  ]),
);
await closeTerminals();
console.log(`Drawn: ${FILE}`);
