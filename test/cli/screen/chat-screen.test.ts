/* The chat screen in a real pseudo-terminal: what arrives, what is typed, and windows that change. */
import { firstValueFrom } from 'rxjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { barAt } from '../bar.js';
import { closeCompany, company, PASSWORD } from '../company.js';
import { CTRL_U, closeTerminals, ENTER, LEFT, UP } from '../pseudo-terminal.js';

test.after.each(async () => {
  await closeTerminals();
  await closeCompany();
});

test('what arrives does not break the line that is being typed', async () => {
  const meeting = await company();
  const bar = await barAt(meeting);
  const heard = firstValueFrom(meeting.dana.messages$);
  bar.type('I am typnig');
  await bar.until(/› I am typnig$/);
  bar.type(LEFT.repeat(3));
  await bar.until(() => bar.cursor.column === '#0000 › I am typ'.length - 0);
  await meeting.dana.say('one');
  await bar.until(/Dana: one\n#\d+ › I am typnig$/);
  bar.type(`\x7f\x7f`);
  await meeting.dana.say('two');
  await bar.until(/Dana: one\n\d\d:\d\d Dana: two\n#\d+ › I am tnig$/);
  bar.type(`ypi\x1b[3~\x1b[3~n${ENTER}`);
  assert.is((await heard).text, 'I am typing');
});

test('a line of several rows, and a window that changes its size', async () => {
  const meeting = await company();
  const bar = await barAt(meeting, { columns: 60, rows: 16 });
  const line = 'a line that is longer than the window is wide, with 漢字 and 👋 in it';
  bar.type(line);
  const unwrapped = (screen: string) =>
    screen
      .split('\n')
      .slice(screen.split('\n').findIndex((row) => row.includes(' › ')))
      .join('');
  await bar.until((screen) => unwrapped(screen).endsWith(line));
  await meeting.dana.say('Hello');
  await bar.until((screen) => /Dana: Hello\n#\d+ › a line/.test(screen) && unwrapped(screen).endsWith(line));
  for (const [columns, rows] of [
    [30, 12],
    [100, 30],
    [44, 10],
  ] as const) {
    bar.resize(columns, rows);
    const head = new RegExp(`Dana: Hello\\n#\\d+ › ${line.slice(0, columns - 10)}`);
    await bar.until(
      (screen) => head.test(screen) && unwrapped(screen).endsWith(line) && bar.rows.filter((row) => row.includes('›')).length === 1,
    );
  }
});

test('what was said to the questions alone is not painted again in the group', async () => {
  const meeting = await company();
  const bar = await barAt(meeting);
  assert.match(bar.screen, 'Esc goes back to the menu');
  bar.resize(60, 20);
  await bar.until((screen) => /^You're connected to group chat/.test(screen) && screen.endsWith('›'));
});

test('long and wide text is wrapped with a hanging indent', async () => {
  const meeting = await company();
  const bar = await barAt(meeting, { columns: 44, rows: 20 });
  await meeting.dana.say('The quick brown fox jumps over the lazy dog. 漢字漢字漢字漢字漢字漢字漢字漢字漢字 שלום');
  await bar.until(/Dana: The quick brown fox jumps over\n {12}the lazy dog\. (漢字){4}漢\n {12}字(漢字){4} שלום\n#\d+ ›$/);
});

test('escape sequences of a peer do nothing but look odd', async () => {
  const meeting = await company();
  const bar = await barAt(meeting);
  await meeting.dana.say('\x1b[2J\x1b[H\x1b]0;owned\x07gone?\n09:00 Noam: forged\x1b[31m');
  await bar.until(/Dana: ␛\[2J␛\[H␛\]0;owned␇gone\?\n {12}09:00 Noam: forged␛\[31m\n#\d+ ›$/);
  assert.match(bar.screen, "You're connected to group chat");
  assert.not.match(bar.written, '\x1b]0;owned');
  assert.not.match(bar.written, '\x1b[2J');
});

test('/help, /who, an unknown command, //, the history, /leave and back again', async () => {
  const meeting = await company();
  const bar = await barAt(meeting);
  bar.type(`/help${ENTER}`);
  await bar.until(' /leave  back to the menu');
  bar.type('/w');
  await bar.until(/› \/w$/);
  bar.type('\t');
  await bar.until(/› \/who$/);
  bar.type(ENTER);
  await bar.until('2 here: Dana, Bar');
  bar.type(`/dance${ENTER}`);
  await bar.until('! There is no /dance; /help tells the commands');
  const heard = firstValueFrom(meeting.dana.messages$);
  bar.type(`//dance${ENTER}`);
  await bar.until('Bar: /dance');
  assert.is((await heard).text, '/dance');
  bar.type(UP + UP + UP);
  await bar.until(/› \/who$/);
  bar.type(`\x15/leave${ENTER}`);
  await bar.answer('? Hello client, please choose an option:', '1');
  await bar.answer('? Enter your name: (Bar)', '');
  await bar.answer(`? Enter group ID: (${meeting.group})`, '');
  await bar.answer(/\? Enter password:$/, PASSWORD);
  await bar.until(/#\d+ ›$/);
  bar.type(UP);
  await bar.until(/› \/leave$/);
  bar.type(`\x15/quit${ENTER}`);
  assert.is(await bar.exitCode(), 0);
});

test('a pasted text is many messages, in order', async () => {
  const meeting = await company();
  const bar = await barAt(meeting);
  const heard: string[] = [];
  meeting.dana.messages$.subscribe(({ text }) => heard.push(text));
  bar.type('one\rtwo\rthree\rfour');
  await bar.until(/Bar: one\n.*Bar: two\n.*Bar: three\n#\d+ › four$/);
  assert.equal(heard, ['one', 'two', 'three']);
});

test('a tab completes a command that was typed, and nothing else: a pasted text is said as it is', async () => {
  const meeting = await company();
  const bar = await barAt(meeting);
  const heard: string[] = [];
  meeting.dana.messages$.subscribe(({ text }) => heard.push(text));
  bar.type('def f():\r\tleave\r/w\t\rafter\tit');
  await bar.until(/There is no \/w;.*Bar: def f\(\):\n.*Bar: {2}leave\n#\d+ › after it$/s);
  bar.type(CTRL_U);
  await bar.until(/›$/);
  bar.type('\t');
  await bar.until(() => bar.cursor.column === `#${meeting.group} ›  `.length);
  bar.type(`leave${ENTER}`);
  await bar.until(/(Bar: {2}leave\n.*){2}/s);
  assert.equal(heard, ['def f():', '\tleave', '\tleave']);
});

test('a whole file pasted as one line keeps nobody from going on', async () => {
  const meeting = await company();
  const bar = await barAt(meeting);
  const heard = firstValueFrom(meeting.dana.messages$);
  bar.type('z'.repeat(50_000));
  await bar.until('z'.repeat(79));
  bar.type(`${CTRL_U}Sorry${ENTER}`);
  assert.is((await heard).text, 'Sorry');
  await bar.until(/Bar: Sorry\n#\d+ ›$/);
});

test('no colours where NO_COLOR says so', async () => {
  const meeting = await company();
  const bar = await barAt(meeting, { env: { NO_COLOR: '1' } });
  await meeting.dana.say('Hello');
  await bar.until('Dana: Hello');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is looked for
  assert.not.match(bar.written, /\x1b\[[0-9;]*[1-9][0-9;]*m/);
});

test.run();
