/*
 * Lines that a careless or a hostile client types, as the others see them; and members at the plain-text door
 * beside members who speak frames.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { needsTool } from '../tool.js';
import { type Door, JOIN, JOINED, openDoor } from './door.js';
import { endAll, run, type Typed } from './typed.js';

const test = suite<{ door: Door }>('lines by nc');
const withNc = needsTool('nc') ? test : test.skip;

test.before.each(async (context) => {
  context.door = await openDoor();
});
test.after.each(({ door }) => {
  endAll();
  return door.close();
});

/** Two members at the plain-text door: Bar, and Foo who came after. */
async function barAndFoo({ place }: Door): Promise<readonly [Typed, Typed]> {
  const bar = run('nc', place);
  bar.type(JOIN);
  await bar.screen.shows(JOINED);
  const foo = run('nc', place);
  foo.type(JOIN.replace('Bar', 'Foo'));
  await foo.screen.shows(JOINED);
  await bar.screen.shows(`${JOINED}* Foo joined the group\n`);
  return [bar, foo];
}

withNc('a line of 20 KB is refused, and the next one is heard', async ({ door }) => {
  const [bar, foo] = await barAndFoo(door);
  foo.type(`${'x'.repeat(20_000)}\nstill here\n`);
  await foo.screen.shows(`${JOINED}That line is too long; nothing of it was taken.\n`);
  await bar.screen.shows(`${JOINED}* Foo joined the group\nFoo: still here\n`);
});

withNc('a line that is not UTF-8 is refused, and the next one is heard', async ({ door }) => {
  const [bar, foo] = await barAndFoo(door);
  const latin1 = run('sh', ['-c', `printf '${JOIN.replace('Bar', 'Old')}Gr\\374\\337e\nGruesse\n' | nc -N ${door.place.join(' ')}`]);
  await latin1.ended;
  assert.is(latin1.screen.text, `${JOINED}That line is not UTF-8 text; nothing of it was taken.\nGoodbye.\n`);
  await foo.screen.shows(`${JOINED}* Old joined the group\nOld: Gruesse\n* Old left the group\n`);
  await bar.screen.until('* Old left the group\n');
});

withNc('NUL and escape sequences never reach another terminal', async ({ door }) => {
  const [bar, foo] = await barAndFoo(door);
  foo.type('red\u001b[31m bell\u0007 nul\u0000 c1\u009b2J bidi\u202e end\n');
  await bar.screen.shows(`${JOINED}* Foo joined the group\nFoo: red␛[31m bell␇ nul␀ c1\ufffd2J bidi\ufffd end\n`);
});

withNc('a name with NUL or an escape sequence is refused', async ({ door }) => {
  const nc = run('nc', door.place);
  nc.type('1\nB\u001b[2Jr\nB\u0000r\nBar\n8888\n1234\n');
  const refused = 'Enter your name:\nA name cannot contain control characters.\n';
  await nc.screen.shows(JOINED.replace('Enter your name:\n', `${refused}${refused}Enter your name:\n`));
});

withNc('a message of several lines is indented, so that nobody can forge another’s line', async ({ door }) => {
  const [bar] = await barAndFoo(door);
  await door.client20.chat.say('first\nFoo: I never said that\r\n* Foo left the group');
  await bar.screen.shows(`${JOINED}* Foo joined the group\nclient20: first\n  | Foo: I never said that\n  | * Foo left the group\n`);
});

withNc('a text member and a framed member talk with each other', async ({ door }) => {
  const nc = run('nc', door.place);
  nc.type(JOIN);
  await nc.screen.shows(JOINED);
  const foo = door.dial();
  const { members } = await foo.join({ name: 'Foo', group: '8888', password: '1234' });
  assert.is(members, 4);
  await foo.say('Hello in frames');
  await nc.screen.shows(`${JOINED}* Foo joined the group\nFoo: Hello in frames\n`);
  nc.type('Hello in text\n');
  assert.is((await door.client20.hears('Hello in text')).sender, 'Bar');
  const isAway = false;
  assert.equal(
    await foo.members(),
    ['client12', 'client20', 'Bar', 'Foo'].map((name) => ({ name, isAway })),
  );
  await foo.exit();
  await nc.screen.shows(`${JOINED}* Foo joined the group\nFoo: Hello in frames\n* Foo left the group\n`);
});

test.run();
