/*
 * A bad network at the server's end, at the client's, or at both: it is said, and the chat is the same.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { closePiped, Piped, run } from './piped.js';
import { closeTerminals, PseudoTerminal } from './pseudo-terminal.js';

test.after.each(async () => {
  await closePiped();
  await closeTerminals();
});

test('serve and chat over UDP with faults at both ends', async () => {
  const serve = new Piped(['serve', '--listen', 'udp://127.0.0.1:0', '--loss', '0.1', '--seed', '7', '--show-messages']);
  const shown = await serve.until('What happens:');
  assert.match(shown, '\nThe network from here on loses 10% of all datagrams (seed 7).\n');
  const [, address] = /^ {2}(udp:\S+) +join:/m.exec(shown) ?? [];
  const chat = await run(['chat', String(address), '--delay', '2', '--dup', '0.1'], '2', 'Ann', 'secret', 'Hello', 'You there');
  assert.equal([chat.code, chat.stderr], [0, '']);
  assert.match(chat.stdout, /You're connected to group chat #\d+/);
  await serve.until(/Ann said to group \d+: Hello\n(.*\n)*.*Ann said to group \d+: You there\n/);
});

test('at a terminal, chat says what the network does', async () => {
  const serve = new Piped(['serve', '--listen', 'tcp://127.0.0.1:0', '--delay', '1']);
  const [, address] = /^ {2}(tcp:\S+) +join:/m.exec(await serve.until('What happens:')) ?? [];
  const chat = new PseudoTerminal(['chat', String(address), '--delay', '1', '--rate', '1mbit']);
  await chat.until('The network from here on takes 1 ms and carries 1 Mbit a second (seed 1).');
  await chat.answer('3. Exit the server.', '3');
  await chat.until('Goodbye.');
  assert.is(await chat.exitCode(), 0);
});

test.run();
