/*
 * A seat tells a message that was sent again from a new one, and still knows which number it got.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Group } from '../../../lib/group/group.js';
import { REMEMBERED_MESSAGES, Seat } from '../../../lib/group/seat.js';
import { MAX_UNACCEPTED } from '../../../lib/session/client-session.js';
import { TokenBucket } from '../../../lib/token-bucket.js';

const newSeat = (token = Uint8Array.of(1)) =>
  new Seat(undefined as unknown as Group<unknown>, 'Bar', 'BAR', token, new TokenBucket(20, 60, 0));

test('IDs that count up are new, all others are not', () => {
  const seat = newSeat();
  assert.equal(
    [1, 2, 2, 1, 5, 3, 5, 6].map((id) => seat.isNew(id)),
    [true, true, false, false, true, false, false, true],
  );
});

test('an ID may begin at 0', () => {
  const seat = newSeat();
  assert.is(seat.sequenceOf(0), undefined);
  assert.equal([seat.isNew(0), seat.isNew(0)], [true, false]);
  seat.told(0, 9);
  assert.is(seat.sequenceOf(0), 9);
});

test('what the log has not answered yet has no number', () => {
  const seat = newSeat();
  assert.ok(seat.isNew(1));
  assert.is(seat.sequenceOf(1), undefined);
  seat.told(1, 17);
  assert.is(seat.sequenceOf(1), 17);
  assert.is(seat.sequenceOf(0), undefined, 'a place that was never used knows nothing');
});

test(`the last ${REMEMBERED_MESSAGES} messages are remembered`, () => {
  const seat = newSeat();
  const last = 1000;
  for (let id = 1; id <= last; id++) seat.told(id, id + 5000);
  for (let id = 1; id <= last; id++) {
    assert.is(seat.sequenceOf(id), id > last - REMEMBERED_MESSAGES ? id + 5000 : undefined, `message ${id}`);
  }
});

test('more is remembered than a client may have on its way', () => {
  assert.ok(REMEMBERED_MESSAGES >= 2 * MAX_UNACCEPTED);
});

test('where nobody can come back, nothing needs to be remembered', () => {
  const seat = newSeat(new Uint8Array(0));
  seat.told(1, 17);
  assert.is(seat.sequenceOf(1), undefined);
});

test.run();
