/*
 * No text from a peer reaches a terminal with anything in it that the terminal would act upon.
 */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cleanLine, cleanText } from '../../../lib/wire/clean.js';

/** C0, DEL and C1, line and paragraph separators, bidirectional embeddings, overrides and isolates. */
const isUnfit = (code: number) =>
  code < 0x20 || (code >= 0x7f && code <= 0x9f) || (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
const UNFIT = Array.from({ length: 0x2070 }, (_, code) => code).filter(isUnfit);

/** Texts with many unfit characters among others. */
const nasty = fc.string({
  unit: fc.oneof(fc.constantFrom(...UNFIT.map((code) => String.fromCharCode(code))), fc.string({ maxLength: 1 })),
});
const hasUnfit = (text: string) => [...text].some((each) => isUnfit(each.codePointAt(0) ?? 0));

test('a clean text has no control character but line feeds', () => {
  fc.assert(
    fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (text) => assert.not(hasUnfit(cleanText(text).replaceAll('\n', '')))),
  );
});

test('a clean line has none at all', () => {
  fc.assert(fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (text) => assert.not(hasUnfit(cleanLine(text)))));
});

test('every unfit character is replaced, alone and in a text', () => {
  for (const code of UNFIT) assert.not(hasUnfit(cleanLine(`a${String.fromCharCode(code)}b`)), code.toString(16));
});

test('a clean text stays as it is', () => {
  fc.assert(fc.property(nasty, (text) => assert.is(cleanText(cleanText(text)), cleanText(text))));
});

test('what is fit stays as it is', () => {
  const fit = 'Hi friends, שלום 👩‍👩‍👧 naïve ✓ 日本語\nsecond line';
  assert.is(cleanText(fit), fit);
});

for (const [name, text, expected] of [
  ['an escape sequence shows its bytes', '\u001b[2Jgone', '␛[2Jgone'],
  ['NUL and BEL', '\u0000\u0007', '␀␇'],
  ['DEL', '\u007f', '␡'],
  ['C1: CSI in one character', '\u009b31m', '\ufffd31m'],
  ['a tab is a space', 'a\tb', 'a b'],
  ['CR LF is one line break', 'a\r\nb', 'a\nb'],
  ['CR alone would go back to the line’s beginning', 'a\rb', 'a␍b'],
  ['separators break the line', 'a\u2028b\u2029c', 'a\nb\nc'],
  ['an override of the reading direction', 'a\u202eb\u2066c', 'a\ufffdb\ufffdc'],
] as const) {
  test(name, () => assert.is(cleanText(text), expected));
}

test('a line break in a line is shown', () => assert.is(cleanLine('a\r\nb\nc\u2028d'), 'a␤b␤c␤d'));

test.run();
