/* The three options of the menu and their mistakes, as a person at a terminal has them. */
import { firstValueFrom } from 'rxjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ChatClient } from '../../lib/index.js';
import { node } from '../../transports/node.js';
import { barAt } from './bar.js';
import { chatServer, closeCompany, company, PASSWORD } from './company.js';
import { CTRL_C, CTRL_D, closeTerminals, ENTER, ESC, PseudoTerminal } from './pseudo-terminal.js';

test.after.each(async () => {
  await closeTerminals();
  await closeCompany();
});

test('option 1: the questions as prompts, the password masked, then the screen of the group', async () => {
  const { address, group, dana } = await company();
  const bar = new PseudoTerminal(['chat', address]);
  const menu = await bar.until('3. Exit the server.');
  assert.match(
    menu,
    '? Hello client, please choose an option:\n❯ 1. Connect to a group chat.\n  2. Create a group chat.\n  3. Exit the server.',
  );
  bar.type(ENTER);
  await bar.answer('? Enter your name:', 'Bar');
  await bar.answer('? Enter group ID:', group);
  await bar.until('? Enter password:');
  bar.type(PASSWORD);
  await bar.until('? Enter password: ******');
  bar.type(ENTER);
  const screen = await bar.until(`#${group} ›`);
  assert.match(screen, `You're connected to group chat #${group}\n  2 members are here; you are Bar. /help tells the commands.`);
  assert.not.match(bar.written, PASSWORD);

  const heard = firstValueFrom(dana.messages$);
  bar.type(`Hi friends${ENTER}`);
  assert.is((await heard).text, 'Hi friends');
  await bar.until(/\d\d:\d\d Bar: Hi friends\n#\d+ ›$/);
  await dana.say('Hello, how are you?');
  await bar.until(/\d\d:\d\d Dana: Hello, how are you\?\n#\d+ ›$/);
  await dana.exit();
  await bar.until(/\d\d:\d\d \* Dana left the group/);
  bar.type(CTRL_C);
  assert.is(await bar.exitCode(), 0);
  assert.match(bar.screen, /Goodbye\.$/);
});

test('option 2: the ID of the new group is told, and opens it to others', async () => {
  const { address } = await chatServer();
  const dana = new PseudoTerminal(['chat', address]);
  await dana.answer('3. Exit the server.', '2');
  await dana.answer('? Enter your name:', 'Dana');
  await dana.answer('? Enter password:', PASSWORD);
  const screen = await dana.until(/#\d+ ›$/);
  const group = /Your new group chat is #(\d+)\n/.exec(screen)?.[1] as string;
  assert.match(screen, `You're connected to group chat #${group}\n  Nobody else is here yet; you are Dana.`);
  const bar = new ChatClient(node, address, { reconnect: false });
  await bar.join({ name: 'Bar', group, password: PASSWORD });
  await dana.until('* Bar joined the group');
});

test('option 3: goodbye, and the server goes on', async () => {
  const { address } = await chatServer();
  for (const _ of ['once', 'twice']) {
    const bar = new PseudoTerminal(['chat', address]);
    await bar.answer('3. Exit the server.', '3');
    assert.is(await bar.exitCode(), 0);
    assert.match(bar.screen, 'Goodbye.');
  }
});

test('a wrong password is told in the words of the server, and asked again', async () => {
  const { address, group } = await company();
  const bar = new PseudoTerminal(['chat', address]);
  await bar.answer('3. Exit the server.', '1');
  await bar.answer('? Enter your name:', 'Bar');
  await bar.answer('? Enter group ID:', group);
  await bar.answer('? Enter password:', 'wrong');
  await bar.until(/! Wrong group ID or password\.\n\? Enter group ID:$/);
  bar.type(group + ENTER);
  await bar.answer(/\? Enter password:$/, PASSWORD);
  await bar.until(`You're connected to group chat #${group}`);
});

test('three times wrong: the server parts, which is one sentence and exit code 1', async () => {
  const { address } = await chatServer();
  const bar = new PseudoTerminal(['chat', address]);
  await bar.answer('3. Exit the server.', '1');
  for (const refused of [0, 1, 2]) {
    await bar.answer(
      (screen) => screen.split('! A name cannot be empty.').length === refused + 1 && screen.endsWith('? Enter your name:'),
      '',
    );
  }
  assert.is(await bar.exitCode(), 1);
  assert.match(bar.screen, /\nchatwire: Too many wrong answers\. Goodbye\.$/);
});

for (const [way, keys] of [
  ['Ctrl-C', CTRL_C],
  ['Ctrl-D', CTRL_D],
] as const) {
  test(`${way} leaves politely, from a question and from the group`, async () => {
    const meeting = await company();
    const asked = new PseudoTerminal(['chat', meeting.address]);
    await asked.answer('3. Exit the server.', '1');
    await asked.until('? Enter your name:');
    asked.type(keys);
    assert.is(await asked.exitCode(), 0);
    assert.match(asked.screen, /Goodbye\.$/);

    const bar = await barAt(meeting);
    const left = firstValueFrom(meeting.dana.presence$);
    bar.type(`half a line${keys === CTRL_D ? '\x15' : ''}${keys}`);
    assert.is(await bar.exitCode(), 0);
    assert.equal(await left, { what: 'left', name: 'Bar' });
  });
}

test('Esc and /leave lead from the questions back to the menu, /quit out; a password may look like them', async () => {
  const { address } = await chatServer();
  const ann = new PseudoTerminal(['chat', address]);
  const menus = (count: number) => (screen: string) => screen.split('Hello client').length === count + 1 && screen.includes('❯ 1.');
  await ann.answer(menus(1), '2');
  await ann.until(/ {2}Esc goes back to the menu, Ctrl-C leaves\.\n\? Enter your name:$/);
  ann.type(`half a name${ESC}`);
  await ann.answer(menus(2), '1');
  await ann.answer(/\? Enter your name:$/, 'Ann');
  await ann.answer(/\? Enter group ID:$/, '/leave');
  await ann.answer(menus(3), '2');
  await ann.answer(/\? Enter your name:$/, 'Ann');
  await ann.until(/\? Enter password:$/);
  ann.type(ESC);
  await ann.answer(menus(4), '2');
  await ann.answer(/\? Enter your name:$/, 'Ann');
  await ann.answer(/\? Enter password:$/, '/quit');
  await ann.answer(/#\d+ ›$/, '/leave');
  await ann.answer(menus(5), '2');
  await ann.answer('? Enter your name: (Ann)', '/quit');
  assert.is(await ann.exitCode(), 0);
  assert.match(ann.screen, /Goodbye\.$/);
});

test('so does SIGTERM', async () => {
  const meeting = await company();
  const bar = await barAt(meeting);
  const left = firstValueFrom(meeting.dana.presence$);
  bar.kill('SIGTERM');
  assert.is(await bar.exitCode(), 0);
  assert.equal(await left, { what: 'left', name: 'Bar' });
});

test('a client that is killed is told to the others as lost', async () => {
  const meeting = await company();
  const [bar, noam] = [await barAt(meeting), new PseudoTerminal(['chat', meeting.address])];
  await noam.answer('3. Exit the server.', '1');
  await noam.answer('? Enter your name:', 'Noam');
  await noam.answer('? Enter group ID:', meeting.group);
  await noam.answer('? Enter password:', PASSWORD);
  await bar.until('* Noam joined the group');
  noam.kill('SIGKILL');
  await bar.until('* Noam lost the connection');
});

test.run();
