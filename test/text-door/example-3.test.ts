/*
 * The assignment's Example 3, letter by letter, with the real `nc` and the real `telnet`.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { needsTool } from '../tool.js';
import { type Door, JOINED, MENU, openDoor } from './door.js';
import { endAll, run, runInTerminal } from './typed.js';

const test = suite<{ door: Door }>('example 3');
const withNc = needsTool('nc') ? test : test.skip;
const withTelnet = needsTool('telnet') ? test : test.skip;

test.before.each(async (context) => {
  context.door = await openDoor();
});
test.after.each(({ door }) => {
  endAll();
  return door.close();
});

/** client12 and client20 answer Bar's greeting, one after the other. */
async function answerGreeting({ client12, client20 }: Door): Promise<void> {
  const { sender } = await client12.hears('Hi friends');
  assert.is(sender, 'Bar');
  await client12.chat.say('Hello, how are you?');
  await client20.chat.say('Welcome, new client.');
}

withNc('with nc', async ({ door }) => {
  const nc = run('nc', door.place);
  await nc.screen.shows(MENU);
  nc.type('1\n');
  await nc.screen.shows(`${MENU}Enter your name:\n`);
  nc.type('Bar\n');
  await nc.screen.shows(`${MENU}Enter your name:\nEnter group ID:\n`);
  nc.type('8888\n');
  await nc.screen.shows(`${MENU}Enter your name:\nEnter group ID:\nEnter password:\n`);
  nc.type('1234\n');
  await nc.screen.shows(JOINED);
  nc.type('Hi friends\n');
  await answerGreeting(door);
  await nc.screen.shows(`${JOINED}client12: Hello, how are you?\nclient20: Welcome, new client.\n`);
  nc.type('/quit\n');
  assert.is(await nc.ended, 0);
});

withTelnet('with telnet, in a terminal: what the client types stands between what the server says', async ({ door }) => {
  const [host] = door.place;
  const telnet = runInTerminal('telnet', door.place);
  let screen = `Trying ${host}...\r\nConnected to ${host}.\r\nEscape character is '^]'.\r\n${MENU.replaceAll('\n', '\r\n')}`;
  await telnet.screen.shows(screen);
  for (const [typed, said] of [
    ['1', 'Enter your name:'],
    ['Bar', 'Enter group ID:'],
    ['8888', 'Enter password:'],
    ['1234', "You're connected to group chat #8888"],
  ]) {
    telnet.type(`${typed}\r`);
    screen += `${typed}\r\n${said}\r\n`;
    await telnet.screen.shows(screen);
  }
  telnet.type('Hi friends\r');
  await answerGreeting(door);
  screen += 'Hi friends\r\nclient12: Hello, how are you?\r\nclient20: Welcome, new client.\r\n';
  await telnet.screen.shows(screen);
  telnet.type('/quit\r');
  await telnet.ended;
});

withTelnet('telnet negotiates in the middle of it, and nobody sees that', async ({ door }) => {
  const telnet = runInTerminal('telnet', door.place);
  const negotiate = async (command: string) => {
    telnet.type('\u001d'); // Ctrl-]: what is typed next is for telnet itself
    await telnet.screen.until('^]');
    telnet.type(`${command}\r`);
    await telnet.screen.until(`telnet> ${command}`);
  };
  await telnet.screen.until('3. Exit the server.');
  await negotiate('send do echo');
  telnet.type('1\r');
  await telnet.screen.until('Enter your name:');
  telnet.type('Bar\r');
  await telnet.screen.until('Enter group ID:');
  await negotiate('send will echo');
  telnet.type('8888\r');
  await telnet.screen.until('Enter password:');
  telnet.type('1234\r');
  await telnet.screen.until("You're connected to group chat #8888");
  await negotiate('send ayt');
  telnet.type('Schöne Grüße\r');
  assert.is((await door.client12.hears('Schöne Grüße')).sender, 'Bar');
  telnet.type('/quit\r');
  await telnet.ended;
});

test.run();
