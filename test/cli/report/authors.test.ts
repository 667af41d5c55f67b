/* Who hands in: names and IDs as they are printed, a sentence for what cannot be, and a warning for what is odd. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { UsageError } from '../../../cli/failure.js';
import { authorsFrom, doubts, hasCheckDigit } from '../../../cli/report/authors.js';

test('one or two people, tidied', () => {
  assert.equal(authorsFrom(['  Ada   Lovelace '], ['123456782']), [{ name: 'Ada Lovelace', id: '123456782' }]);
  assert.equal(
    authorsFrom(['שרה כהן', "Seán O'Neill-Müller"], ['000000018', ' 123456782 ']).map(({ id }) => id),
    ['000000018', '123456782'],
  );
});

test('a sentence for everything that cannot be', () => {
  const refused: readonly (readonly [names: readonly string[], ids: readonly string[], why: RegExp])[] = [
    [[], [], /needs an author/],
    [['A', 'B', 'C'], ['123456782', '000000018', '987654324'], /one or two authors, not 3/],
    [['Ada'], [], /Every --author needs an --id/],
    [['  '], ['123456782'], /must not be empty/],
    [['---'], ['123456782'], /must not be empty/],
    [['Ada\x1b[31m'], ['123456782'], /control characters/],
    [['Ada\u202e'], ['123456782'], /control characters/],
    [['A'.repeat(81)], ['123456782'], /longer than 80/],
    [['Ada'], ['12345678a'], /nine digits/],
    [['Ada'], ['12345678'], /nine digits/],
    [['Ada', 'Ben'], ['123456782', '123456782'], /each needs an own/],
  ];
  for (const [names, ids, why] of refused) {
    assert.throws(
      () => authorsFrom(names, ids),
      (error: unknown) => error instanceof UsageError && why.test(error.message),
      String(why),
    );
  }
});

test('the check digit: digits weighted 1 and 2 in turn', () => {
  for (const id of ['123456782', '000000018', '987654324', '000000000']) assert.ok(hasCheckDigit(id), id);
  for (const id of ['123456789', '000000019', '213456782']) assert.not(hasCheckDigit(id), id);
});

test('an ID that is recommended has a check digit that fits', () => {
  for (const [names, ids] of [
    [[], []],
    [['Ada'], ['1']],
  ]) {
    const recommended = (error: Error) => hasCheckDigit(/--id (\d+)/.exec(error.message)?.[1] ?? '');
    assert.throws(() => authorsFrom(names as string[], ids as string[]), recommended);
  }
});

test('what is odd is told, and no more', () => {
  assert.equal(doubts({ name: 'Ada', id: '123456782' }), []);
  assert.match(doubts({ name: 'Ada', id: '123456789' }).join(), /last digit of the ID 123456789/);
  assert.match(doubts({ name: '李明', id: '123456782' }).join(), /No font/);
  assert.equal(doubts({ name: 'Łukasz Ωμέγα Привет שלום أحمد', id: '123456782' }), []);
});

test.run();
