/*
 * Names, passwords and messages: what is good, what is not, and which names a person would take for the same.
 */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  type Checked,
  checkMessage,
  checkName,
  checkPassword,
  MAX_MESSAGE,
  MAX_NAME,
  MAX_PASSWORD,
  nameKey,
} from '../../../lib/session/rules.js';

/** The value that passed, or the code of the refusal. */
const outcome = (checked: Checked) => ('value' in checked ? checked.value : checked.code);
const CLEF = '𝄞'; // one code point, two UTF-16 units, four bytes

const goodNames: readonly (readonly [name: string, text: string, value?: string])[] = [
  ['a short one', 'Bar'],
  ['spaces around it are cut off', '  Bar\t', 'Bar'],
  ['spaces within it stay', 'Bar the 2nd'],
  ['it comes to NFC', 'Rene\u0301', 'René'],
  ['Hebrew', 'נועה'],
  ['Hebrew with points and a mark of direction', 'נוֹעָה\u200f'],
  ['Arabic, joined by hand', 'می\u200cخواهم'],
  ['an emoji of several, joined', '👩‍👩‍👧'],
  ['an emoji with a skin tone and a variation', '👍🏽❤️'],
  ['a digit', '0'],
  ['32 characters', 'x'.repeat(MAX_NAME)],
  ['32 characters that take two UTF-16 units each', CLEF.repeat(MAX_NAME)],
  ['33 of which composition leaves 32', `e\u0301${'x'.repeat(MAX_NAME - 1)}`, `é${'x'.repeat(MAX_NAME - 1)}`],
  ['32 and spaces around', ` ${'x'.repeat(MAX_NAME)} `, 'x'.repeat(MAX_NAME)],
];

for (const [name, text, value = text] of goodNames) test(`a good name: ${name}`, () => assert.is(outcome(checkName(text)), value));

const badNames: readonly (readonly [name: string, text: string])[] = [
  ['nothing', ''],
  ['spaces', ' \u00a0\u3000'],
  ['33 characters', 'x'.repeat(MAX_NAME + 1)],
  ['33 characters of two UTF-16 units', CLEF.repeat(MAX_NAME + 1)],
  ['NUL', 'a\0b'],
  ['ESC', '\u001b[31mred'],
  ['a line break', 'a\nb'],
  ['DEL', 'a\u007fb'],
  ['C1', 'a\u009bb'],
  ['a line separator', 'a\u2028b'],
  ['a paragraph separator', 'a\u2029b'],
  ['an override of the reading direction', 'a\u202eb'],
  ['an isolate', 'a\u2066b'],
  ['half a surrogate pair', 'a\ud800'],
  ['only a zero-width space', '\u200b'],
  ['only joiners and variations', '\u200d\ufe0f'],
  ['only combining marks', '\u0301\u0302'],
  ['only soft hyphens', '\u00ad\u00ad'],
  ['a Hangul filler, a letter that cannot be seen', '\u3164'],
  ['other fillers', '\u115f\u1160\uffa0'],
  ['blank Braille', '\u2800'],
];

for (const [name, text] of badNames) test(`a bad name: ${name}`, () => assert.is(outcome(checkName(text)), 'bad-name'));

test('what checkName lets through, it lets through unchanged', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const checked = checkName(text);
      if ('value' in checked) assert.equal(checkName(checked.value), checked);
    }),
  );
});

const alike: readonly (readonly [one: string, other: string])[] = [
  ['Bar', 'BAR'],
  ['Bar', 'bar'],
  ['René', 'RENE\u0301'],
  ['Bar', 'Ｂａｒ'],
  ['Bar', 'B\u200bar'],
  ['Bar', 'Bar\u200f'],
  ['Bar', 'Bar\u3164'],
  ['Bar', 'Bar\ufe0f'],
  ['ﬁn', 'fin'],
  ['Σάκης', 'ΣΆΚΗΣ'],
  ['Straße', 'STRASSE'],
  ['STRAẞE', 'strasse'],
  ['re\u200d\u0301', 'ré'],
];

for (const [one, other] of alike) {
  test(`${one} and ${JSON.stringify(other)} are the same name`, () => assert.is(nameKey(one), nameKey(other)));
}

for (const [one, other] of [
  ['Bar', 'Baz'],
  ['Rene', 'René'],
  ['Bar', 'B ar'],
  ['נועה', 'נעה'],
  ['👍', '👎'],
] as const) {
  test(`${one} and ${other} are two names`, () => assert.is.not(nameKey(one), nameKey(other)));
}

test('no name differs from itself in capitals or in small letters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      assert.is(nameKey(name.toUpperCase()), nameKey(name));
      assert.is(nameKey(name.toLowerCase()), nameKey(name));
    }),
    { numRuns: 2000 },
  );
});

for (const [what, check, max, code] of [
  ['password', checkPassword, MAX_PASSWORD, 'bad-password'],
  ['message', checkMessage, MAX_MESSAGE, 'bad-message'],
] as const) {
  test(`a ${what} has 1 to ${max} code points, and is taken as it is`, () => {
    assert.is(outcome(check('')), code);
    for (const unit of ['x', 'ש', CLEF]) {
      assert.is(outcome(check(unit)), unit);
      assert.is(outcome(check(unit.repeat(max))), unit.repeat(max));
      assert.is(outcome(check(unit.repeat(max + 1))), code);
    }
    for (const text of [' ', ' x ', 'a\nb', '\0', 'e\u0301']) assert.is(outcome(check(text)), text);
  });
}

test('a refusal is a sentence for a person', () => {
  for (const checked of [checkName(''), checkName('x'.repeat(99)), checkPassword(''), checkMessage('')]) {
    assert.match('text' in checked ? checked.text : '', /^[A-Z].*\.$/);
  }
});

test.run();
