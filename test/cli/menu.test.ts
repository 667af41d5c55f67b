/* The menu of `npm start`, in a real pseudo-terminal. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { chatServer, closeCompany } from './company.js';
import { closePiped, run } from './piped.js';
import { CTRL_C, closeTerminals, ENTER, ESC, PseudoTerminal } from './pseudo-terminal.js';

test.after.each(async () => {
  await closePiped();
  await closeTerminals();
  await closeCompany();
});

const EXIT = '9. Exit';
const QUESTION = 'Chatwire: what would you like to do?';

/** The menu, from which something was chosen by its number. */
async function chosen(number: string): Promise<PseudoTerminal> {
  const terminal = new PseudoTerminal([], { rows: 40 });
  await terminal.until(EXIT);
  terminal.type(number);
  await terminal.until(`❯ ${number}. `);
  terminal.type(ENTER);
  return terminal;
}

/** Back at the menu, and out of it. */
async function exits(terminal: PseudoTerminal): Promise<void> {
  await terminal.until(/what would you like to do\?\n❯ 1\. Start a server\n/);
  terminal.type('9');
  await terminal.until(`❯ ${EXIT}`);
  terminal.type(ENTER);
  assert.is(await terminal.exitCode(), 0);
}

test('it offers what there is, and exits', async () => {
  const terminal = new PseudoTerminal([]);
  const screen = await terminal.until(EXIT);
  const offered = [
    '❯ 1. Start a server',
    '  2. Start a server with a page',
    '  3. Chat with a server',
    '  4. Show a demo',
    '  5. Take the whole tour',
    '  6. Take a lesson',
    '  7. Measure in the lab',
    '  8. Make the report',
    `  ${EXIT}`,
  ];
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

test('a server with a page, whose link is told; the menu again', async () => {
  const terminal = await chosen('2');
  const screen = await terminal.until(/The page: http:\/\/127\.0\.0\.1:8080\/|Somebody listens at .* already/);
  if (screen.includes('The page: ')) {
    await terminal.until('its ladder: http://127.0.0.1:8080/ladder');
    await terminal.until('What happens:');
    terminal.type(CTRL_C);
    await terminal.until('closed');
  }
  await exits(terminal);
});

test('a chat at an address; the menu again', async () => {
  const { address } = await chatServer();
  const terminal = await chosen('3');
  await terminal.answer('? Where does the server listen? (tcp://127.0.0.1:4000)', address);
  await terminal.answer('3. Exit the server.', '3');
  await terminal.until('Goodbye.');
  await exits(terminal);
});

test('what fails is told in one sentence, and the menu comes again', async () => {
  const terminal = await chosen('3');
  await terminal.answer('? Where does the server listen?', 'nowhere');
  await terminal.until('"nowhere" is not an address that Chatwire understands');
  await exits(terminal);
});

test('a demo of one’s choice; Esc and Ctrl-C there lead back', async () => {
  const terminal = await chosen('4');
  for (const [time, back] of [ESC, CTRL_C].entries()) {
    await terminal.until((screen) => screen.split('? Which demo?').length === time + 2 && screen.endsWith(' • esc back'));
    terminal.type(back);
    await terminal.until((screen) => screen.split('? Which demo?').length === time + 2 && /what would you like to do\?\n❯ 1/.test(screen));
    terminal.type('4');
    await terminal.until('❯ 4. ');
    terminal.type(ENTER);
  }
  await terminal.until((screen) => screen.split('? Which demo?').length === 4 && screen.endsWith('back'));
  terminal.type('\x1b[B\x1b[B\x1b[B');
  await terminal.until('❯ Option 3');
  terminal.type(ENTER);
  await exits(terminal);
});

test('a lesson of one’s choice, in pages; it says how to get the answers', async () => {
  const terminal = await chosen('6');
  await terminal.until('? Which lesson?');
  terminal.type(ENTER);
  await terminal.until(/page 1 of \d+/);
  terminal.type('q');
  await terminal.until('Answers: npx chatwire lesson handshake --answers.');
  await exits(terminal);
});

test('the lab measures, and the menu comes again', async () => {
  const terminal = await chosen('7');
  await terminal.until(/selective-repeat +0\.1/);
  await exits(terminal);
});

test('the report asks whose it is; Ctrl-C there leads back', async () => {
  const terminal = await chosen('8');
  await terminal.until('? Full name');
  terminal.type(CTRL_C);
  await exits(terminal);
});

test('Ctrl-C in the menu exits', async () => {
  const terminal = new PseudoTerminal([]);
  await terminal.until(EXIT);
  terminal.type(CTRL_C);
  assert.is(await terminal.exitCode(), 0);
});

test('without a terminal it takes the tour and exits with 0', async () => {
  const { code, stdout, stderr } = await run([]);
  assert.equal([code, stderr], [0, '']);
  for (const frame of ['PROMPT', 'CREATED', 'JOINED', 'MESSAGE', 'BYE']) assert.match(stdout, frame);
  assert.match(stdout, /in two terminals:\n {2}npx chatwire serve\n {2}npx chatwire chat tcp:\/\/127\.0\.0\.1:4000\n$/);
});

test.run();
