/*
 * examples/python/client.py with a real python3: it chats, it ends well at the end of its input and at the
 * server's, and a server that is not there is one sentence.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Door, JOIN, JOINED, MENU, openDoor } from '../text-door/door.js';
import { endAll, run } from '../text-door/typed.js';
import { needsTool } from '../tool.js';

const test = suite<{ door: Door }>('python client');
const withPython = needsTool('python3') ? test : test.skip;
const client = (place: readonly string[]) => run('python3', ['examples/python/client.py', ...place]);

test.before.each(async (context) => {
  context.door = await openDoor();
});
test.after.each(({ door }) => {
  endAll();
  return door.close();
});

withPython('it chats, and at the end of its input it leaves in order', async ({ door }) => {
  const python = client(door.place);
  python.type(JOIN);
  await python.screen.shows(JOINED);
  python.type('Grüße aus Python\n');
  assert.is((await door.client12.hears('Grüße aus Python')).sender, 'Bar');
  await door.client12.chat.say('Hello, Python: שלום');
  await python.screen.shows(`${JOINED}client12: Hello, Python: שלום\n`);
  python.type('last words\n');
  python.endInput();
  assert.is(await python.ended, 0);
  assert.is(python.screen.text, `${JOINED}client12: Hello, Python: שלום\nGoodbye.\n`);
  assert.is((await door.client20.hears('last words')).sender, 'Bar');
  assert.is((await door.happened('left')).name, 'Bar');
});

withPython('it ends when the server does, although its input is open', async ({ door }) => {
  const python = client(door.place);
  python.type('3\n');
  assert.is(await python.ended, 0);
  assert.is(python.screen.text, `${MENU}Goodbye.\n`);
});

withPython('nobody listens: a sentence and exit code 1; no address: how to use it', async ({ door }) => {
  await door.server.close();
  const refused = client(door.place);
  assert.is(await refused.ended, 1);
  assert.match(refused.screen.text, /^The connection failed: .*refused.*\n$/i);
  const bare = client([]);
  assert.is(await bare.ended, 1);
  assert.is(bare.screen.text, 'usage: python3 client.py HOST PORT\n');
});

test.run();
