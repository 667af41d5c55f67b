/* Where keys lead in the list of rows. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { goes } from '../../../gui/ladder/keys.js';

const ground = { count: 100, page: 10, first: 40 };

test('one row, one page, to either end, and never beyond', () => {
  assert.equal(
    (['ArrowDown', 'ArrowUp', 'j', 'k', 'PageDown', 'PageUp', 'Home', 'End'] as const).map((key) => goes(key, 50, ground)),
    [51, 49, 51, 49, 60, 40, 0, 99],
  );
  assert.is(goes('ArrowUp', 0, ground), 0);
  assert.is(goes('PageDown', 95, ground), 99);
});

test('the first key begins at what is in sight', () => {
  assert.is(goes('ArrowDown', undefined, ground), 40);
  assert.is(goes('ArrowUp', undefined, ground), 40);
});

test('other keys, and an empty list, lead nowhere', () => {
  assert.is(goes('a', 50, ground), undefined);
  assert.is(goes('End', undefined, { ...ground, count: 0 }), undefined);
});

test.run();
