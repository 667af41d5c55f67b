/* Sentences at a terminal break between words; where a program reads them they are one line. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fitWords } from '../../cli/fit-words.js';
import { closeTerminals, PseudoTerminal } from './pseudo-terminal.js';

test.after.each(closeTerminals);

test('a sentence is broken between words at a terminal, and nowhere else', () => {
  const sentence = 'Nobody listens at tcp://127.0.0.1:4000: start the server first.';
  assert.is(fitWords(sentence, { isTTY: true, columns: 30 }), 'Nobody listens at\ntcp://127.0.0.1:4000: start\nthe server first.');
  assert.is(fitWords(sentence, { isTTY: false, columns: 30 }), sentence);
});

for (const [what, args] of [
  ['an error of the network', ['chat', 'tcp://127.0.0.1:1']],
  ['an error of the command line', ['serve', '--max-connections', 'as many as there are in this whole wide world']],
] as const) {
  test(`${what} is broken between words`, async () => {
    const terminal = new PseudoTerminal(args, { columns: 60 });
    await terminal.exitCode();
    const rows = terminal.screen.slice(terminal.screen.indexOf('chatwire:')).split('\n');
    assert.ok(rows.length > 1);
    const flat = terminal.written.replaceAll(/\r\n/g, ' ');
    assert.match(flat, rows.join(' '));
    for (const row of rows.slice(0, -1)) assert.ok(terminal.written.includes(`${row}\r\n`), `broken in a word: ${row}`);
  });
}

test('so is what a server with a trace says of its ladder', async () => {
  const terminal = new PseudoTerminal(['serve', '--listen', 'tcp://127.0.0.1:0', '--trace']);
  await terminal.until('Ctrl-C closes it.');
  assert.match(terminal.screen, 'The ladder is what this server sees: of what it sends, nobody watches the\narrival.\n');
});

test.run();
