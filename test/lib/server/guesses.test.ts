/*
 * Wrong passwords: who guesses is stopped, at that group; nobody else is.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Guesses } from '../../../lib/server/guesses.js';

const LIMITS = { wrongPasswordsPerMinute: 10, wrongPasswordsInAllPerMinute: 300 };
const MINUTE = 60_000;
const newGuesses = (limits: Partial<typeof LIMITS> = {}, seed = 12345) => new Guesses({ ...LIMITS, ...limits }, seed);

/** Whether a password may be tried: one more may be wrong. */
function mayTry(guesses: Guesses, source: string, group: string, now: number): boolean {
  return guesses.left(source, group, now) > 0;
}

/** So many wrong passwords. */
function err(guesses: Guesses, count: number, source: string, group: string, now = 0): void {
  for (let i = 0; i < count; i++) guesses.wasWrong(source, group, now);
}

test('ten wrong passwords a minute, then no more', () => {
  const guesses = newGuesses();
  for (let i = 0; i < 10; i++) {
    assert.ok(mayTry(guesses, '10.0.0.1', '8888', i), `try ${i + 1}`);
    assert.is(guesses.left('10.0.0.1', '8888', i), 10 - i);
    guesses.wasWrong('10.0.0.1', '8888', i);
  }
  assert.not(mayTry(guesses, '10.0.0.1', '8888', 10));
  assert.is(guesses.left('10.0.0.1', '8888', 10), 0);
});

test('another source may still try that group, and that source another group', () => {
  const guesses = newGuesses();
  err(guesses, 50, '10.0.0.1', '8888');
  assert.ok(mayTry(guesses, '10.0.0.2', '8888', 0));
  assert.ok(mayTry(guesses, '10.0.0.1', '8889', 0));
});

test('a minute after the first of them, the count begins anew', () => {
  const guesses = newGuesses();
  err(guesses, 10, '10.0.0.1', '8888', 5000);
  assert.not(mayTry(guesses, '10.0.0.1', '8888', 5000 + MINUTE - 1));
  assert.ok(mayTry(guesses, '10.0.0.1', '8888', 5000 + MINUTE));
  err(guesses, 9, '10.0.0.1', '8888', 5000 + MINUTE);
  assert.ok(mayTry(guesses, '10.0.0.1', '8888', 5000 + MINUTE));
  err(guesses, 1, '10.0.0.1', '8888', 5000 + MINUTE);
  assert.not(mayTry(guesses, '10.0.0.1', '8888', 5000 + MINUTE));
});

test('past the limit over all, whoever erred three times waits, and nobody else', () => {
  const guesses = newGuesses({ wrongPasswordsInAllPerMinute: 20 });
  err(guesses, 2, 'twice', '1111');
  err(guesses, 3, 'thrice', '2222');
  err(guesses, 14, 'guesser', '3333');
  assert.ok(mayTry(guesses, 'thrice', '2222', 0), 'not yet at the limit');
  err(guesses, 1, 'guesser', '4444');
  for (const group of ['2222', 'any other']) assert.not(mayTry(guesses, 'thrice', group, 0));
  assert.is(guesses.left('twice', '1111', 0), 1);
  assert.is(guesses.left('never', '1111', 0), 3);
  assert.ok(mayTry(guesses, 'thrice', '2222', MINUTE), 'a minute later');
});

test('past the limit over all, the limit of one group holds, too', () => {
  const guesses = newGuesses({ wrongPasswordsInAllPerMinute: 1, wrongPasswordsPerMinute: 2 });
  err(guesses, 2, 'a', '1111');
  assert.not(mayTry(guesses, 'a', '1111', 0));
  assert.ok(mayTry(guesses, 'a', '2222', 0));
});

test('who submits no ID at all is counted like anybody else', () => {
  const guesses = newGuesses({ wrongPasswordsInAllPerMinute: 2 });
  err(guesses, 2, 'a', '');
  assert.ok(mayTry(guesses, 'a', '8888', 0), 'two errors of three');
  assert.is(guesses.left('a', '', 0), 1);

  const busy = newGuesses();
  for (let i = 0; i < 20; i++) busy.wasWrong('class', `group ${i}`, 0);
  assert.is(busy.left('class', '', 0), 10, 'errors elsewhere do not count there');
});

test('source and ID are told apart wherever the one ends and the other begins', () => {
  const guesses = newGuesses();
  err(guesses, 10, 'ab', 'c');
  assert.ok(mayTry(guesses, 'a', 'bc', 0));
  assert.ok(mayTry(guesses, 'abc', '', 0));
});

test('an ID that is very long is counted by its beginning', () => {
  const guesses = newGuesses();
  for (let i = 0; i < 10; i++) guesses.wasWrong('a', `${'x'.repeat(64)}${i}`, 0);
  assert.not(mayTry(guesses, 'a', 'x'.repeat(16_000), 0));
  assert.ok(mayTry(guesses, 'a', 'x'.repeat(63), 0));
});

for (const seed of [0, 1, 0xffffffff, 0x9e3779b9]) {
  test(`with seed ${seed}: a thousand groups of one source, each with a count of its own`, () => {
    const guesses = newGuesses({ wrongPasswordsInAllPerMinute: 1e9 }, seed);
    for (let group = 1000; group < 2000; group++) err(guesses, 9, 'a', String(group));
    let blocked = 0;
    for (let group = 1000; group < 2000; group++) {
      if (!mayTry(guesses, 'a', String(group), 0)) blocked++;
      err(guesses, 1, 'a', String(group));
      if (mayTry(guesses, 'a', String(group), 0)) blocked++;
    }
    // a thousand keys in 1,024 sets of four: few sets overflow, and an overflow forgives rather than blames
    assert.ok(blocked < 30, `${blocked} counts were wrong`);
  });
}

test('a flood of other IDs does not push out the one that is being guessed', () => {
  const guesses = newGuesses({ wrongPasswordsInAllPerMinute: 1e9 });
  err(guesses, 10, 'a', '8888');
  for (let i = 0; i < 100_000; i++) guesses.wasWrong('a', `no such group ${i}`, 0);
  assert.not(mayTry(guesses, 'a', '8888', 0));
});

test('the table has a fixed size', () => {
  const guesses = newGuesses();
  const fill = (round: number) => {
    for (let i = 0; i < 200_000; i++) guesses.wasWrong(`source ${round} ${i}`, String(i), round * MINUTE);
  };
  fill(1);
  const before = heapUsed();
  fill(2);
  fill(3);
  const grown = heapUsed() - before;
  assert.ok(grown < 8_000_000, `${grown} bytes more`);
});

/** What is used at least: the smallest of a few measurements, between which garbage may be collected. */
function heapUsed(): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 50; i++) {
    new Array(100_000).fill(i);
    least = Math.min(least, process.memoryUsage().heapUsed);
  }
  return least;
}

test.run();
