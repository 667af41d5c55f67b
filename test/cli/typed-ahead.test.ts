/* What is typed before it is asked for: kept, unseen, for the question or the group that it was meant for. */
import { firstValueFrom } from 'rxjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { built } from '../built.js';
import { type Breakable, breakable } from './breakable.js';
import { chatServer, closeCompany, company, PASSWORD } from './company.js';
import { CTRL_C, closeTerminals, ENTER, PseudoTerminal } from './pseudo-terminal.js';

const ways: Breakable[] = [];

test.after.each(async () => {
  await closeTerminals();
  for (const way of ways.splice(0)) await way.break();
  await closeCompany();
});

/** Ann has given her name to a server that says nothing more for now. */
async function annWaiting(): Promise<{ ann: PseudoTerminal; way: Breakable }> {
  const { address } = await chatServer();
  const way = await breakable(address);
  ways.push(way);
  const ann = new PseudoTerminal(['chat', way.address]);
  await ann.answer('3. Exit the server.', '2');
  await ann.until('? Enter your name:');
  way.hold();
  ann.type(`Ann${ENTER}`);
  await ann.until('✔ Enter your name: Ann');
  return { ann, way };
}

test('a password that is typed before its question arrives is seen by nobody', async () => {
  const { ann, way } = await annWaiting();
  ann.type('topsecret');
  way.release();
  await ann.until('? Enter password:');
  assert.not.match(ann.written, 'topsecret');
  await ann.until('? Enter password: *********');
  ann.type(ENTER);
  await ann.until(/#\d+ ›$/);
  assert.not.match(ann.written, 'topsecret');
});

test('Ctrl-C works while nothing is asked, behind what was typed ahead, too', async () => {
  for (const keys of [CTRL_C, `topsecret${ENTER}${CTRL_C}`]) {
    const { ann } = await annWaiting();
    ann.type(keys);
    assert.is(await ann.exitCode(), 0);
    assert.match(ann.screen, /✔ Enter your name: Ann\n {2}Goodbye\.$/);
  }
});

test('answers pasted at once answer one question each, and what is left is said', async () => {
  const { address } = await chatServer();
  const ann = new PseudoTerminal(['chat', address]);
  await ann.answer('3. Exit the server.', '2');
  await ann.until('? Enter your name:');
  ann.type('Ann\rsecret\rhello there\rand welc');
  await ann.until(/Ann: hello there\n#\d+ › and welc$/);
  assert.match(ann.screen, '✔ Enter your name: Ann\n✔ Enter password: ********\n');
});

test('the whole dialogue in one paste, with line ends of any kind', async () => {
  const { address, group, dana } = await company();
  const heard = firstValueFrom(dana.messages$);
  const bar = new PseudoTerminal(['chat', address]);
  await bar.until('3. Exit the server.');
  bar.type(`1\r\nBar\n${group}\r${PASSWORD}\r\nHi friends\r`);
  await bar.until(/Bar: Hi friends\n#\d+ ›$/);
  assert.is((await heard).text, 'Hi friends');
});

test('behind a refused answer nothing is taken: it was meant for another question', async () => {
  const { address } = await chatServer();
  const ann = new PseudoTerminal(['chat', address]);
  await ann.answer('3. Exit the server.', '2');
  await ann.until('? Enter your name:');
  ann.type('a:b\rtopsecret\r');
  await ann.until(/! A name cannot contain a colon\.\n {2}What was typed ahead is dropped\.\n\? Enter your name:$/);
  assert.not.match(ann.written, 'topsecret');
});

function answered(ann: PseudoTerminal, way: Breakable, keys: string): Promise<void> {
  way.release();
  return ann.answer('? Enter password:', keys);
}

for (const [end, code, act] of [
  ['goodbye', 0, ({ ann, way }) => answered(ann, way, CTRL_C)],
  ['Ctrl-C twice', 130, ({ ann }) => ann.type(CTRL_C + CTRL_C)],
  ['an error', 1, ({ ann, way }) => answered(ann, way, '')],
  ['SIGTERM', 0, ({ pid }) => void process.kill(pid, 'SIGTERM')],
  ['SIGHUP', 0, ({ pid }) => void process.kill(pid, 'SIGHUP')],
] as const satisfies readonly (readonly [string, number, (there: { ann: PseudoTerminal; way: Breakable; pid: number }) => unknown])[]) {
  test(`the terminal is as it was after ${end}`, async () => {
    const { address } = await chatServer('tcp://127.0.0.1:0', { maxWrongAnswers: 1 });
    const way = await breakable(address);
    ways.push(way);
    const chat = `sh -c 'echo pid $$; exec "${process.execPath}" "${built('cli/main.ts')}" chat ${way.address}'`;
    const ann = new PseudoTerminal(['-c', `echo before $(stty -g); ${chat}; echo code $?; echo after $(stty -g)`], {
      program: 'sh',
      columns: 200,
    });
    await ann.answer('3. Exit the server.', '2');
    await ann.until('? Enter your name:');
    way.hold();
    ann.type(`Ann${ENTER}`);
    await ann.until('✔ Enter your name: Ann');
    await act({ ann, way, pid: Number(/pid (\d+)/.exec(ann.written)?.[1]) });
    await ann.exitCode();
    assert.match(ann.written, `code ${code}\r\n`);
    const [, before] = /before (\S+)/.exec(ann.written) as RegExpExecArray;
    assert.match(ann.written, `after ${before}`);
  });
}

test.run();
