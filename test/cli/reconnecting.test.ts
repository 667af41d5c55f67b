/* What a person sees when the connection breaks and comes back. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { MemoryGroupLog } from '../../lib/index.js';
import { randomBytes } from '../../transports/node.js';
import { barAt } from './bar.js';
import { type Breakable, breakable } from './breakable.js';
import { type Company, chatServer, closeCompany, company, PASSWORD } from './company.js';
import { CTRL_C, closeTerminals, ENTER, PseudoTerminal } from './pseudo-terminal.js';

let way: Breakable;

test.after.each(async () => {
  await closeTerminals();
  await way.break();
  await closeCompany();
});

/** Bar, in Dana's group, over a way that can break. */
async function barOverWay({ address, group }: Company): Promise<PseudoTerminal> {
  way = await breakable(address);
  return barAt({ address: way.address, group });
}

test('after a lost connection: back, nothing was missed, nothing said is lost, nothing typed either', async () => {
  const meeting = await company();
  const heard: string[] = [];
  meeting.dana.messages$.subscribe(({ text }) => heard.push(text));
  const bar = await barOverWay(meeting);
  bar.type('half a line');
  await bar.until(/› half a line$/);
  await way.break();
  await bar.until(/\* The connection is lost: .*\nConnection lost; trying again in [\d.]+ s \.\.\..*\n#\d+ › half a line$/s);
  await meeting.dana.say('while you were away');
  bar.type(` and its end${ENTER}`);
  bar.type(`/who${ENTER}`);
  await bar.until('! The connection is lost; wait until it is back, or /quit.');
  await way.mend();
  await bar.until(/\* Back; nothing was missed\.\n/);
  await bar.until(/Dana: while you were away\n/);
  await bar.until(/Bar: half a line and its end\n/);
  await bar.until((screen) => !screen.includes('trying again'));
  assert.equal(heard, ['half a line and its end']);
});

test('/who marks who is away', async () => {
  const meeting = await company();
  const bar = await barOverWay(meeting);
  const foo = new PseudoTerminal(['chat', meeting.address]);
  await foo.answer('3. Exit the server.', '1');
  await foo.answer('? Enter your name:', 'Foo');
  await foo.answer('? Enter group ID:', meeting.group);
  await foo.answer('? Enter password:', PASSWORD);
  await foo.until(`#${meeting.group} ›`);
  await bar.until('* Foo joined the group');
  await way.break();
  await foo.until('* Bar lost the connection');
  foo.type(`/who${ENTER}`);
  await foo.until(/ {2}2 here: Dana, Foo; 1 away \(connection lost\): Bar\n/);
  await way.mend();
  await foo.until('* Bar is back');
  foo.type(`/who${ENTER}`);
  await foo.until(/ {2}3 here: Dana, Bar, Foo\n/);
});

test('back, but more was said than the server keeps', async () => {
  const meeting = await company({ log: new MemoryGroupLog({ randomBytes, maxHistoryMessages: 2 }) });
  const bar = await barOverWay(meeting);
  await way.break();
  for (const text of ['one', 'two', 'three']) await meeting.dana.say(text);
  await way.mend();
  await bar.until(/\* Back, but some messages were missed\.\n(.*\n)?.*Dana: two\n.*Dana: three\n/);
  assert.not.match(bar.screen, 'Dana: one');
});

test('a server that was started anew: its sentence, what was not sent, and the menu', async () => {
  const meeting = await company();
  const bar = await barOverWay(meeting);
  await way.break();
  await bar.until('Connection lost; trying again in');
  bar.type(`into the void${ENTER}`);
  await meeting.server.close({ graceMs: 0 });
  await chatServer(meeting.address);
  await way.mend();
  await bar.until(/! The server no longer knows your session; please join again\.\n! Not sent: into the void\n\? Hello client/);
  await bar.answer('3. Exit the server.', '2');
  await bar.answer('? Enter your name: (Bar)', '');
  await bar.answer(/\? Enter password:$/, PASSWORD);
  await bar.until(/Your new group chat is #\d+\n/);
});

test('a server that is shut down: no fault, and it is tried again', async () => {
  const meeting = await company();
  const bar = await barOverWay(meeting);
  await meeting.server.close({ graceMs: 0 });
  await bar.until(/\* The server is shutting down\. Goodbye\.\nThe server was shut down; trying again in [\d.]+ s/);
});

test('a question is taken back when the connection breaks, and asked again', async () => {
  const { address } = await chatServer();
  way = await breakable(address);
  const bar = new PseudoTerminal(['chat', way.address]);
  await bar.answer('3. Exit the server.', '1');
  await bar.until('? Enter your name:');
  bar.type('Ba');
  await bar.until('? Enter your name: Ba');
  await way.break();
  await bar.until(/\? Enter your name: Ba\n.*Connection lost; trying again in/s);
  await way.mend();
  await bar.until(/Connection lost.*\n\? Hello client, please choose an option:\n❯ 1/s);
});

test('Ctrl-C while the connection is lost ends it', async () => {
  const bar = await barOverWay(await company());
  await way.break();
  await bar.until('Connection lost; trying again in');
  bar.type(CTRL_C);
  assert.is(await bar.exitCode(), 0);
});

test.run();
