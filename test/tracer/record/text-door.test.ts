/*
 * The plain-text door of a real server, over a real socket, recorded: typed letter by letter, with the password at a
 * wrong prompt, and through the group and out of it.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ChatServer, parseHostPort } from '../../../lib/index.js';
import { memorySink, recorder } from '../../../tracer/record/index.js';
import { node } from '../../../transports/node.js';
import { findings } from '../redact/searched.js';

const test = suite('recorded text door');

test('typed by hand: only what was accepted and what was said is shown', async () => {
  const sink = memorySink();
  const recording = recorder({ title: 'a door', source: 'taps', madeBy: 'a test', startedAtMs: Date.now(), sink });
  const server = new ChatServer(node, { tap: recording.tap({ name: 'server', role: 'server' }) });
  const { host, port } = parseHostPort((await server.listen('text+tcp://127.0.0.1:0')).replace('text+', ''));
  const socket = connect({ host, port, noDelay: true });
  let screen = '';
  socket.setEncoding('utf8').on('data', (words: string) => {
    screen += words;
  });
  const until = async (words: string) => {
    while (!screen.includes(words)) await once(socket, 'data');
    screen = screen.slice(screen.indexOf(words) + words.length);
  };
  await until('Exit the server.\n');
  for (const [line, answer] of [
    ['/sesame', '//'],
    ['open sesame', 'Exit the server.\n'],
    ['1', 'name:\n'],
    ['Bar', 'ID:\n'],
    ['open sesame', 'password:\n'],
    ['open sesame', 'ID:\n'],
    ['', 'password:\n'],
    ['', 'password:\n'],
  ] as const) {
    for (const letter of `${line}\r\n`) socket.write(letter);
    if (answer === 'password:\n' && line === '') break;
    await until(answer);
  }
  socket.destroy();
  await once(socket, 'close');

  const second = connect({ host, port, noDelay: true });
  second.end('2\nBar\nopen sesame\nhello\n/leave\nopen sesame\n3\n');
  second.resume();
  await once(second, 'close');
  await server.close();
  recording.flush();
  const { events } = sink;
  for (const part of ['open sesame', 'sesame', 'open']) assert.equal(findings(events, part), []);
  const said = events.flatMap((event) =>
    event.kind === 'frame' && event.direction === 'received' ? [[event.connection, event.fields.text]] : [],
  );
  const [first, other] = [...new Set(said.map(([connection]) => connection))];
  const by = (connection: unknown) => said.flatMap(([from, words]) => (from === connection ? [words] : [])).join(' ');
  assert.match(by(first), /^••• ••• 1 ••• ••• •••/);
  assert.is(by(other), '2 Bar ••• hello /leave ••• 3');
});

test.run();
