/* The painter: entries above, the line that is typed below, through a terminal emulator. */
import headless from '@xterm/headless';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Painter, type Typing } from '../../../cli/screen/painter.js';
import type { Entry } from '../../../cli/screen/transcript.js';

/** A painter on an emulated terminal. */
function easel(columns: number, rows: number) {
  const emulator = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
  const write = (text: string) => {
    emulator.write(text);
    return true;
  };
  const written = { columns, rows, write };
  const told: Entry[] = [];
  let typing: Typing = { prompt: '> ', line: '', cursor: 0 };
  const painter = new Painter(written, told, () => typing);
  return {
    painter,
    type(line: string, cursor = line.length, status?: string) {
      typing = { prompt: '> ', line, cursor, status };
      painter.update();
    },
    tell(text: string) {
      const entry: Entry = { kind: 'headline', text };
      told.push(entry);
      painter.tell(entry);
    },
    resize(newColumns: number, newRows: number) {
      emulator.resize(newColumns, newRows);
      Object.assign(written, { columns: newColumns, rows: newRows });
      painter.repaint();
    },
    async seen() {
      await new Promise<void>((resolve) => emulator.write('', resolve));
      const { active } = emulator.buffer;
      const lines = Array.from({ length: emulator.rows }, (_, i) => active.getLine(active.viewportY + i)?.translateToString(true) ?? '');
      while (lines.at(-1) === '') lines.pop();
      return { lines, cursor: [active.cursorY, active.cursorX] };
    },
  };
}

test('what is told stands above what is typed', async () => {
  const { type, tell, seen } = easel(20, 6);
  type('half a li');
  tell('one');
  tell('two');
  assert.equal(await seen(), { lines: ['one', 'two', '> half a li'], cursor: [2, 11] });
});

test('a line of several rows is kept whole, with the cursor in its midst', async () => {
  const { type, tell, seen } = easel(10, 8);
  type('abcdefghijklmnopqrstuvwxyz', 3);
  tell('one');
  assert.equal(await seen(), { lines: ['one', '> abcdefg', 'hijklmnop', 'qrstuvwxy', 'z'], cursor: [1, 5] });
  type('abc', 3);
  assert.equal(await seen(), { lines: ['one', '> abc'], cursor: [1, 5] });
});

test('at the bottom of the screen the entries scroll, the line stays', async () => {
  const { type, tell, seen } = easel(10, 4);
  type('abcdefghijk');
  for (const text of ['one', 'two', 'three', 'four']) tell(text);
  assert.equal(await seen(), { lines: ['three', 'four', '> abcdefg', 'hijk'], cursor: [3, 4] });
});

test('a status stands between, and goes without a trace', async () => {
  const { type, tell, seen } = easel(20, 6);
  type('abc', 3, 'Connection lost; trying again');
  tell('one');
  assert.equal(await seen(), { lines: ['one', 'Connection lost;', 'trying again', '> abc'], cursor: [3, 5] });
  type('abc');
  assert.equal(await seen(), { lines: ['one', '> abc'], cursor: [1, 5] });
});

test('a line longer than the screen shows the part around the cursor', async () => {
  const { type, tell, seen } = easel(10, 4);
  type('x'.repeat(100));
  tell('one');
  const { lines, cursor } = await seen();
  assert.equal(lines, ['one', 'xxxxxxxxx', 'xxx']);
  assert.equal(cursor, [2, 3]);
});

test('after a resize everything is wrapped anew, whatever the terminal did to the old rows', async () => {
  const { type, tell, resize, seen } = easel(30, 8);
  tell('one two three four five');
  type('a line that is being typed', 4);
  for (const [columns, rows] of [
    [12, 8],
    [5, 5],
    [40, 3],
    [12, 12],
  ] as const)
    resize(columns, rows);
  assert.equal(await seen(), { lines: ['one two', 'three four', 'five', '> a line th', 'at is being', ' typed'], cursor: [3, 6] });
});

test('when it closes, what was told stays and the typed line is gone', async () => {
  const { painter, type, tell, seen } = easel(20, 6);
  type('abc');
  tell('one');
  painter.close();
  assert.equal(await seen(), { lines: ['one'], cursor: [1, 0] });
});

test.run();
