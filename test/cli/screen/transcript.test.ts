/* The entries of a chat as rows of a given width. */
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Entry, entryRows } from '../../../cli/screen/transcript.js';

const time = new Date(2026, 0, 2, 9, 5);
const rowsOf = (entry: Entry, columns: number) => entryRows(entry, columns).map(stripVTControlCharacters);
const said = (text: string, columns = 40, sender = 'Bar') => rowsOf({ kind: 'message', time, sender, text }, columns);

test('a message: time, name, text', () => {
  assert.equal(said('Hi friends'), ['09:05 Bar: Hi friends']);
});

test('a long message is wrapped below its own beginning', () => {
  assert.equal(said('one two three four five six seven eight'), ['09:05 Bar: one two three four five six', '           seven eight']);
});

test('a word without an end is broken', () => {
  assert.equal(said('x'.repeat(40), 33), [`09:05 Bar: ${'x'.repeat(22)}`, `           ${'x'.repeat(18)}`]);
});

test('wide characters are counted by their columns', () => {
  assert.equal(said('漢'.repeat(12), 33), [`09:05 Bar: ${'漢'.repeat(11)}`, `           漢`]);
  assert.equal(said('👩‍👩‍👧'.repeat(12), 33), [`09:05 Bar: ${'👩‍👩‍👧'.repeat(11)}`, `           👩‍👩‍👧`]);
  assert.equal(said('שלום לכולם ולכל חבריי הטובים', 33), ['09:05 Bar: שלום לכולם ולכל חבריי', '           הטובים']);
});

test('under a long name the text stands in a row of its own', () => {
  assert.equal(said('one two three fours', 24, 'Bartholomew Longname'), [
    '09:05 Bartholomew',
    'Longname:',
    '      one two three',
    '      fours',
  ]);
});

test('several lines are indented, so that none looks like a message of somebody else', () => {
  assert.equal(said('me\n09:05 Dana: no, me\r\n  a'), ['09:05 Bar: me', '           09:05 Dana: no, me', '             a']);
});

test('nothing of a peer reaches the terminal uncleaned', () => {
  const evil = 'a\x1b[2J\x1b]0;title\x07\u202eb\u009b31m';
  const entries: Entry[] = [
    { kind: 'message', time, sender: `x\x1b[1A${evil}`, text: evil },
    { kind: 'notice', time, text: evil },
    { kind: 'answer', text: evil },
    { kind: 'headline', text: evil },
    { kind: 'trouble', text: evil },
  ];
  for (const entry of entries) {
    const row = rowsOf(entry, 300).join('\n');
    assert.match(row, 'a␛[2J␛]0;title␇\ufffdb\ufffd31m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is what this is for
    assert.not.match(row, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  }
});

test('no row is wider than the terminal, however narrow', () => {
  const text = 'Some words, 漢字漢字漢字, 👋🏽👋🏽, https://example.org/a/very/long/address, שלום.\n    indented';
  for (let columns = 8; columns < 90; columns++) {
    for (const row of said(text, columns, 'Bartholomew')) assert.ok(stringWidth(row) <= columns, `${columns}: ${JSON.stringify(row)}`);
  }
});

test('notices, answers, headlines, troubles', () => {
  assert.equal(rowsOf({ kind: 'notice', time, text: 'Bar joined the group' }, 40), ['09:05 * Bar joined the group']);
  assert.equal(rowsOf({ kind: 'answer', text: '/who    who is in the group\n/quit   leave' }, 40), [
    '  /who    who is in the group',
    '  /quit   leave',
  ]);
  assert.equal(rowsOf({ kind: 'headline', text: 'Your new group chat is #8888' }, 40), ['Your new group chat is #8888']);
  assert.equal(rowsOf({ kind: 'trouble', text: 'Wrong group ID or password.' }, 20), ['! Wrong group ID or', '  password.']);
});

test.run();
