/*
 * `chatwire report` without flags, at a terminal: it asks for one or two people, takes no answer that cannot be, and then
 * says with a bar how far it is. Nothing is made here: the work is broken off, and leaves nothing behind.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CTRL_C, closeTerminals, ENTER, PseudoTerminal } from '../pseudo-terminal.js';

const test = suite('ask');
let folder = '';
test.before.each(() => {
  folder = mkdtempSync(join(tmpdir(), 'chatwire-ask-'));
});
test.after.each(async () => {
  await closeTerminals();
  rmSync(folder, { recursive: true, force: true });
});

const BACKSPACE = '\x7f';
const report = () => new PseudoTerminal(['report', '--out', folder], { columns: 100 });

/** Waits until it makes the report, and breaks it off. */
async function breakOff(terminal: PseudoTerminal): Promise<void> {
  await terminal.until(/░ .* \.\.\./);
  terminal.type(CTRL_C);
  await terminal.ended;
  assert.equal(readdirSync(folder), []);
}

test('one person: what cannot be is refused on the spot, an odd ID is warned of', async () => {
  const terminal = report();
  await terminal.answer('Full name:', '');
  await terminal.until('must not be empty');
  terminal.type(`Ada Lovelace${ENTER}`);
  await terminal.answer('ID (9 digits):', '12345678a');
  await terminal.until('"12345678a" has not');
  terminal.type(`${BACKSPACE}9${ENTER}`);
  await terminal.answer('Do you submit as a pair?', 'n');
  await terminal.until('Warning: The last digit of the ID 123456789 does not fit the others');
  await breakOff(terminal);
});

test('two people, with IDs of their own', async () => {
  const terminal = report();
  await terminal.answer('Full name:', 'Ada Lovelace');
  await terminal.answer('ID (9 digits):', '123456782');
  await terminal.answer('Do you submit as a pair?', 'y');
  await terminal.answer('Full name of the second author:', "Seán O'Neill");
  await terminal.answer('ID of the second author (9 digits):', '123456782');
  await terminal.until('Both authors have the ID 123456782');
  terminal.type(`${BACKSPACE.repeat(9)}000000018${ENTER}`);
  await breakOff(terminal);
  assert.not.match(terminal.written, 'Warning');
});

test('Ctrl-C at a question is a goodbye', async () => {
  const terminal = report();
  await terminal.until('Full name:');
  terminal.type(CTRL_C);
  assert.is(await terminal.exitCode(), 0);
  assert.equal(readdirSync(folder), []);
});

test('what is wrong on the command line is told before anybody is asked', async () => {
  const terminal = new PseudoTerminal(['report', '--date', 'soon', '--out', folder], { columns: 100 });
  assert.is(await terminal.exitCode(), 2);
  assert.match(terminal.screen, /A date is written 2023-01-01/);
  assert.not.match(terminal.screen, /Full name/);
});

test.run();
