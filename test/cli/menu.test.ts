/* The menu of `npm start`, in a real pseudo-terminal. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { chatServer, closeCompany } from './company.js';
import { closePiped, run } from './piped.js';
import { CTRL_C, closeTerminals, ENTER, PseudoTerminal } from './pseudo-terminal.js';

test.after.each(async () => {
  await closePiped();
  await closeTerminals();
  await closeCompany();
});

const QUESTION = 'Chatwire: what would you like to do?';

/** The menu, from which something was chosen by its number. */
async function chosen(number: string): Promise<PseudoTerminal> {
  const terminal = new PseudoTerminal([], { rows: 40 });
  await terminal.until('5. Exit');
  terminal.type(number);
  await terminal.until(`❯ ${number}. `);
  terminal.type(ENTER);
  return terminal;
}

/** Back at the menu, and out of it. */
async function exits(terminal: PseudoTerminal): Promise<void> {
  await terminal.until(/what would you like to do\?\n❯ 1\. Start a server\n/);
  terminal.type('5');
  await terminal.until('❯ 5. Exit');
  terminal.type(ENTER);
  assert.is(await terminal.exitCode(), 0);
}

test('it offers what there is, and exits', async () => {
  const terminal = new PseudoTerminal([]);
  const screen = await terminal.until('5. Exit');
  const offered = ['❯ 1. Start a server', '  2. Chat with a server', '  3. Show a demo', '  4. Take the whole tour', '  5. Exit'];
  assert.match(screen, [`? ${QUESTION}`, ...offered].join('\n'));
  await exits(terminal);
});

test('a server, until Ctrl-C; the menu again', async () => {
  const terminal = await chosen('1');
  // somebody else may listen at the usual port just now
  const screen = await terminal.until(/The chat server listens at|Somebody listens at tcp:\/\/127\.0\.0\.1:400[01] already/);
  if (screen.includes('The chat server listens at')) {
    await terminal.until('What happens:');
    terminal.type(CTRL_C);
    await terminal.until('closed');
  }
  await exits(terminal);
});

test('a chat at an address; the menu again', async () => {
  const { address } = await chatServer();
  const terminal = await chosen('2');
  await terminal.answer('? Where does the server listen? (tcp://127.0.0.1:4000)', address);
  await terminal.answer('3. Exit the server.', '3');
  await terminal.until('Goodbye.');
  await exits(terminal);
});

test('what fails is told in one sentence, and the menu comes again', async () => {
  const terminal = await chosen('2');
  await terminal.answer('? Where does the server listen?', 'nowhere');
  await terminal.until('"nowhere" is not an address that Chatwire understands');
  await exits(terminal);
});

test('a demo of one’s choice; Ctrl-C there leads back', async () => {
  const terminal = await chosen('3');
  await terminal.until('? Which demo?');
  terminal.type(CTRL_C);
  await terminal.until(/what would you like to do\?\n❯ 1/);
  terminal.type('3');
  await terminal.until('❯ 3. ');
  terminal.type(ENTER);
  await terminal.until((screen) => screen.split('? Which demo?').length === 3 && screen.endsWith('select'));
  terminal.type('\x1b[B\x1b[B\x1b[B');
  await terminal.until('❯ Option 3');
  terminal.type(ENTER);
  await exits(terminal);
});

test('Ctrl-C in the menu exits', async () => {
  const terminal = new PseudoTerminal([]);
  await terminal.until('5. Exit');
  terminal.type(CTRL_C);
  assert.is(await terminal.exitCode(), 0);
});

test('without a terminal it takes the tour and exits with 0', async () => {
  const { code, stdout, stderr } = await run([]);
  assert.equal([code, stderr], [0, '']);
  for (const frame of ['PROMPT', 'CREATED', 'JOINED', 'MESSAGE', 'BYE']) assert.match(stdout, frame);
});

test.run();
