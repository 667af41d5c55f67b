/* A person at a terminal on which nothing is painted: lines in and out, and a password that nobody sees. */
import { firstValueFrom } from 'rxjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { built } from '../built.js';
import { chatServer, closeCompany, company, PASSWORD } from './company.js';
import { CTRL_C, CTRL_D, CTRL_U, closeTerminals, ENTER, PseudoTerminal } from './pseudo-terminal.js';

test.after.each(async () => {
  await closeTerminals();
  await closeCompany();
});

const ways = {
  'through a pipe': (chat: string) => `${chat} | cat`,
  'at a dumb terminal': (chat: string) => `TERM=dumb ${chat}`,
} as const;

/** Bar has given a name and a group, and is asked for the password. */
async function barAsked(address: string, group: string, inShell: (chat: string) => string): Promise<PseudoTerminal> {
  const chat = inShell(`"${process.execPath}" "${built('cli/main.ts')}" chat ${address}`);
  const bar = new PseudoTerminal(['-c', `echo before $(stty -g); ${chat}; echo after $(stty -g)`], { program: 'sh', columns: 200 });
  await bar.answer('3. Exit the server.', '1');
  await bar.answer('Enter your name:', 'Bar');
  await bar.answer('Enter group ID:', group);
  await bar.until('Enter password:');
  return bar;
}

function isAsItWas({ written }: PseudoTerminal): boolean {
  const [, before] = /before (\S+)/.exec(written) as RegExpExecArray;
  return written.includes(`after ${before}`);
}

for (const [way, inShell] of Object.entries(ways)) {
  test(`${way} a password is seen by nobody, and the lines of the chat are`, async () => {
    const { address, group, dana } = await company();
    const bar = await barAsked(address, group, inShell);
    bar.type(`wrong${CTRL_U}${PASSWORD}é\x7fx\x7f${ENTER}`);
    await bar.until(`You're connected to group chat #${group}`);
    assert.not.match(bar.written, 'wrong');
    assert.not.match(bar.written, PASSWORD);
    const heard = firstValueFrom(dana.messages$);
    bar.type(`Hi friends${ENTER}`);
    await bar.until(/^Hi friends$/m);
    assert.is((await heard).text, 'Hi friends');
    bar.type(CTRL_D);
    await bar.exitCode();
    assert.match(bar.screen, 'Goodbye.');
    assert.ok(isAsItWas(bar));
  });
}

test('a wrong password: the next question is shown as it is typed, the password again is not', async () => {
  const { address, group } = await company();
  const bar = await barAsked(address, group, ways['through a pipe']);
  bar.type(`wrong${ENTER}`);
  await bar.until(/Wrong group ID or password\.\nEnter group ID:\n?$/);
  bar.type(`${group}${ENTER}`);
  await bar.until(new RegExp(`Enter group ID:\\n${group}\\nEnter password:$`));
  bar.type(`${PASSWORD}${ENTER}`);
  await bar.until(`You're connected to group chat #${group}`);
  for (const password of ['wrong', PASSWORD]) assert.not.match(bar.written, password);
});

test('the server comes back without its groups: the menu again, with its sentence', async () => {
  const { server, address, group } = await company();
  const bar = await barAsked(address, group, ways['through a pipe']);
  await bar.answer('Enter password:', PASSWORD);
  await bar.until(`You're connected to group chat #${group}`);
  await server.close({ graceMs: 0 });
  await bar.until('The server was shut down; trying again in');
  await chatServer(address);
  await bar.until('The server no longer knows your session; please join again.\nHello client');
  bar.type(`3${ENTER}`);
  await bar.until('Goodbye.');
});

test('Ctrl-C while a password is asked breaks off, and leaves the terminal as it was', async () => {
  const { address, group } = await company();
  const bar = await barAsked(address, group, ways['at a dumb terminal']);
  bar.type(`half${CTRL_C}`);
  await bar.exitCode();
  assert.not.match(bar.written, 'half');
  assert.ok(isAsItWas(bar));
});

test.run();
