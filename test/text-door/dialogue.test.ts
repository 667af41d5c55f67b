/*
 * The three options by `nc`, a whole dialogue from a pipe, and the commands of a member.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { needsTool } from '../tool.js';
import { type Door, JOIN, JOINED, MENU, openDoor } from './door.js';
import { endAll, run } from './typed.js';

const test = suite<{ door: Door }>('dialogue by nc');
const withNc = needsTool('nc') ? test : test.skip;
const GOODBYE = 'Goodbye.\n';

test.before.each(async (context) => {
  context.door = await openDoor();
});
test.after.each(({ door }) => {
  endAll();
  return door.close();
});

withNc('half-close: everything is done that was typed, then the member leaves', async ({ door }) => {
  const pipe = run('sh', ['-c', `printf '${JOIN}Hi\n' | nc -N ${door.place.join(' ')}`]);
  assert.is(await pipe.ended, 0);
  assert.is(pipe.screen.text, JOINED + GOODBYE);
  assert.is((await door.client12.hears('Hi')).sender, 'Bar');
  assert.is((await door.happened('left')).name, 'Bar');
  assert.equal(door.server.groups[0]?.members, ['client12', 'client20']);
});

withNc('create tells the ID, and the ID is good for joining', async ({ door }) => {
  const nc = run('nc', door.place);
  nc.type('2\nBar\nsesame\n');
  const { group } = await door.happened('created');
  await nc.screen.shows(
    `${MENU}Enter your name:\nEnter password:\nYour new group chat is #${group}\nYou're connected to group chat #${group}\n`,
  );
  assert.match(group, /^[1-9]\d{3}$/);
  const foo = door.dial();
  assert.is((await foo.join({ name: 'Foo', group, password: 'sesame' })).members, 2);
});

withNc('exit closes at once, and the server keeps listening', async ({ door }) => {
  const nc = run('nc', door.place); // its input stays open: it is the server that closes
  nc.type('3\n');
  assert.is((await door.happened('closed')).reason, 'exit');
  await nc.ended;
  assert.is(nc.screen.text, MENU + GOODBYE);
  await run('nc', door.place).screen.shows(MENU);
});

withNc('/who, /help, an unknown command, // and /leave', async ({ door }) => {
  const nc = run('nc', door.place);
  nc.type(JOIN);
  await nc.screen.shows(JOINED);
  let screen = JOINED;
  const answered = async (typed: string, lines: string) => {
    nc.type(`${typed}\n`);
    screen += lines;
    await nc.screen.shows(screen);
  };
  await answered('/who', '  client12\n  client20\n  Bar\n');
  await answered(
    '/help',
    '/who    who is in the group\n/leave  back to the menu\n/quit   leave the server\n//...   say something that begins with a slash\n',
  );
  await answered('/dance', 'There is no /dance; /help tells the commands, // says a slash.\n');
  nc.type('//etc/passwd\n');
  assert.is((await door.client12.hears('/etc/passwd')).sender, 'Bar');
  await answered('/leave', MENU);
  assert.is((await door.happened('left')).name, 'Bar');
  await answered('3', GOODBYE);
});

withNc('/leave and /quit leave the questions; a password may look like them', async ({ door }) => {
  const nc = run('nc', door.place);
  nc.type('1\nBar\n/leave\n2\n/leave\n2\nBar\n/leave\n');
  const { group } = await door.happened('created');
  const name = 'Enter your name:\n';
  await nc.screen.shows(
    `${MENU}${name}Enter group ID:\n${MENU}${name}${MENU}${name}Enter password:\nYour new group chat is #${group}\nYou're connected to group chat #${group}\n`,
  );
  const other = run('nc', door.place);
  other.type('1\n/quit\n');
  await other.ended;
  assert.is(other.screen.text, `${MENU}${name}${GOODBYE}`);
});

withNc('/quit leaves the group and the server', async ({ door }) => {
  const nc = run('nc', door.place);
  nc.type(`${JOIN}/quit\n`);
  await nc.ended;
  assert.is(nc.screen.text, JOINED + GOODBYE);
  assert.is((await door.happened('left')).name, 'Bar');
});

withNc('the third wrong answer ends it', async ({ door }) => {
  const nc = run('nc', door.place);
  nc.type('7\n1\n\n\n');
  await nc.ended;
  assert.is(
    nc.screen.text,
    `${MENU}Please choose 1, 2 or 3.\n${MENU}Enter your name:\nA name cannot be empty.\nEnter your name:\nA name cannot be empty.\nToo many wrong answers. Goodbye.\n`,
  );
});

test.run();
