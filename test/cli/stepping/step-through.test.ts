/*
 * `trace show --step` in a pseudo-terminal of 80 by 24: forward, back, to the next of a kind, another size in between; and
 * whatever ends it, the terminal is as it was.
 */

import stringWidth from 'string-width';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Piped } from '../piped.js';
import { CTRL_C, closeTerminals, ENTER, LEFT, PseudoTerminal } from '../pseudo-terminal.js';

const test = suite('trace show --step');
test.after.each(closeTerminals);
const RIGHT = '\x1b[C';
const OTHER_SCREEN = '\x1b[?1049h';
const OWN_SCREEN = '\x1b[?25h\x1b[?1049l';

const opened = async (name: string, columns = 80, rows = 24): Promise<PseudoTerminal> => {
  const terminal = new PseudoTerminal(['trace', 'show', name, '--step'], { columns, rows });
  await terminal.until('step 1 of');
  return terminal;
};

test('forward, back, to a handshake, a frame and a loss; the status line says which keys there are', async () => {
  const terminal = await opened('udp-lossy');
  assert.match(await terminal.until('q quit'), /→ ← step · h handshake · f frame · l loss/);
  terminal.type(RIGHT);
  await terminal.until('step 2 of');
  terminal.type(LEFT);
  await terminal.until('step 1 of');
  terminal.type(LEFT);
  await terminal.until('this is the first');
  terminal.type('f');
  assert.match(await terminal.until('SAY'), /step \d+ of/);
  terminal.type('l');
  const lost = await terminal.until('× lost');
  assert.match(lost, /It is lost on the way/);
  assert.match(lost, /│ server │ +│ Ann │/);
  assert.ok(terminal.rows.length <= 24);
  terminal.type('G');
  await terminal.until(/step (\d+) of \1\b/);
  terminal.type('l');
  await terminal.until('no loss after this');
  terminal.type('q');
  assert.is(await terminal.exitCode(), 0);
});

test('it fits whatever size the window gets', async () => {
  const terminal = await opened('tcp-handshake');
  terminal.type('f');
  await terminal.until('HELLO');
  for (const [columns, rows] of [
    [60, 18],
    [40, 24],
    [100, 8],
    [120, 40],
  ] as const) {
    terminal.resize(columns, rows);
    const fits = (): boolean => terminal.rows.length === rows && terminal.rows.every((row) => stringWidth(row) <= columns);
    await terminal.until(
      (screen) =>
        screen.includes('quit') && fits() && terminal.rows.some((row) => row.startsWith('─── step') && stringWidth(row) === columns),
    );
    assert.match(terminal.screen, /HELLO/);
  }
});

test('Ctrl-C gives the terminal back as it was, and so does a polite kill', async () => {
  for (const end of ['Ctrl-C', 'SIGTERM'] as const) {
    const shell = new PseudoTerminal([], { program: 'sh', env: { PS1: '> ' } });
    await shell.until('>');
    const command = `exec ${process.execPath} dist/cli/main.js trace show tcp-handshake --step`;
    shell.type(`before=$(stty -a); sh -c 'echo pid $$; ${command}'${ENTER}`);
    await shell.until('step 1 of');
    if (end === 'Ctrl-C') shell.type(CTRL_C);
    else process.kill(Number(/pid (\d+)/.exec(shell.written)?.[1]), end);
    await shell.until((screen) => !screen.includes('step 1 of'));
    shell.type(`test "$before" = "$(stty -a)" && echo as it w""as${ENTER}`);
    await shell.until('as it was');
    assert.ok(shell.written.indexOf(OWN_SCREEN) > shell.written.indexOf(OTHER_SCREEN));
  }
});

test('without a terminal: a sentence, and exit code 2', async () => {
  const { code, stdout, stderr } = await new Piped(['trace', 'show', 'tcp-handshake', '--step']).finish();
  assert.is(code, 2);
  assert.is(stdout, '');
  assert.match(stderr, /^chatwire: --step needs a terminal, since keys choose what comes next; .*\n$/);
});

test.run();
