/*
 * The token bucket: never more than it promises in any stretch of time, never less, and exact about when.
 */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TokenBucket } from '../../lib/token-bucket.js';

/** A time of day with a fraction, where a double is exact to a quarter of a microsecond. */
const TODAY = 1_700_000_000_000.123;

/** Takes whatever is there; tells how many it was. */
function takeAll(bucket: TokenBucket, now: number): number {
  let taken = 0;
  for (; bucket.has(now) && taken < 10_000; taken++) bucket.take(now);
  return taken;
}

test('it begins full', () => {
  assert.is(takeAll(new TokenBucket(20, 60, 0), 0), 60);
});

test('it fills at its rate, up to its burst', () => {
  const bucket = new TokenBucket(20, 60, 0);
  takeAll(bucket, 0);
  assert.is(takeAll(bucket, 49), 0);
  assert.is(takeAll(bucket, 50), 1);
  assert.is(takeAll(bucket, 1050), 20);
  assert.is(takeAll(bucket, 3_600_000), 60);
});

test('a bucket that was not quite full gives no more than a burst after a pause', () => {
  const bucket = new TokenBucket(20, 60, 0);
  bucket.has(0);
  bucket.take(0);
  assert.is(takeAll(bucket, 100_000), 60);
});

test('the next token is there when it was said to be, and not before', () => {
  const rates = fc.double({ min: 0.1, max: 10_000, noNaN: true });
  const waits = fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { maxLength: 10 });
  fc.assert(
    fc.property(rates, fc.integer({ min: 1, max: 100 }), waits, (rate, burst, pauses) => {
      let now = TODAY;
      const bucket = new TokenBucket(rate, burst, now);
      for (const pause of pauses) {
        now += pause;
        takeAll(bucket, now);
        const { nextAt } = bucket;
        assert.not(bucket.has(nextAt - 0.01), 'not before');
        assert.ok(bucket.nextAt >= now && bucket.has(Math.max(now, bucket.nextAt)), 'then');
        now = Math.max(now, bucket.nextAt);
      }
    }),
    { numRuns: 1000 },
  );
});

for (const rate of [3, 7, 20, 30, 300, 1000, 4000, 5000]) {
  test(`at ${rate} a second, waiting until the next token and taking it goes on for ever`, () => {
    let now = TODAY;
    const bucket = new TokenBucket(rate, 2, now);
    takeAll(bucket, now);
    for (let i = 0; i < 1000; i++) {
      now = bucket.nextAt;
      assert.ok(bucket.has(now), 'the token that was promised');
      bucket.take(now);
    }
    assert.ok(Math.abs(now - TODAY - (1000 / rate) * 1000) < 1, 'the rate is kept');
  });
}

test('in any stretch of time there are at most a burst and what flows in meanwhile, and no fewer', () => {
  const pauses = fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 60 }), pauses, (rate, burst, stretches) => {
      let [now, taken, level] = [0, 0, burst * 1000]; // the model counts in thousandths: exact
      const bucket = new TokenBucket(rate, burst, 0);
      for (const stretch of stretches) {
        now += stretch;
        level = Math.min(burst * 1000, level + stretch * rate);
        const expected = Math.floor(level / 1000);
        level -= expected * 1000;
        assert.is(takeAll(bucket, now), expected);
        taken += expected;
        assert.ok(taken <= burst + (now * rate) / 1000);
      }
    }),
  );
});

test('asking does not change the answer', () => {
  const [asked, unasked] = [new TokenBucket(20, 5, 0), new TokenBucket(20, 5, 0)];
  takeAll(asked, 0);
  takeAll(unasked, 0);
  for (let now = 0; now <= 1000; now += 7) asked.has(now);
  assert.is(takeAll(asked, 1000), takeAll(unasked, 1000));
});

test('without a limit there is always a token', () => {
  const bucket = new TokenBucket(Number.POSITIVE_INFINITY, 1, 0);
  for (let i = 0; i < 1000; i++) {
    assert.ok(bucket.has(i % 10));
    bucket.take(i % 10);
  }
});

test.run();
