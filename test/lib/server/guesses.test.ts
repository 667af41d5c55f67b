/*
 * Wrong passwords: who guesses is stopped, at that group; nobody else is.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Guess, Guesses } from '../../../lib/server/guesses.js';

const LIMITS = { wrongPasswordsPerMinute: 10, wrongPasswordsInAllPerMinute: 300 };
const MINUTE = 60_000;
const newGuesses = (limits: Partial<typeof LIMITS> = {}, seed = 12345) => new Guesses({ ...LIMITS, ...limits }, seed);

/** Whether a password may be tried, while nothing else is being checked. */
function mayTry(guesses: Guesses, source: string, group: string, now: number): boolean {
  return guesses.verdict({ source, group }, [], now) === 'now';
}

/** How many passwords may be checked at once. */
function atOnce(guesses: Guesses, source: string, group: string, now: number): number {
  const checking: Guess[] = [];
  while (guesses.verdict({ source, group }, checking, now) === 'now') checking.push({ source, group });
  return checking.length;
}

/** So many wrong passwords. */
function err(guesses: Guesses, count: number, source: string, group: string, now = 0): void {
  for (let i = 0; i < count; i++) guesses.wasWrong({ source, group }, now);
}

test('ten wrong passwords a minute, then no more', () => {
  const guesses = newGuesses();
  for (let i = 0; i < 10; i++) {
    assert.ok(mayTry(guesses, '10.0.0.1', '8888', i), `try ${i + 1}`);
    assert.is(atOnce(guesses, '10.0.0.1', '8888', i), 10 - i);
    err(guesses, 1, '10.0.0.1', '8888', i);
  }
  assert.not(mayTry(guesses, '10.0.0.1', '8888', 10));
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
  assert.is(atOnce(guesses, 'twice', '1111', 0), 1);
  assert.is(atOnce(guesses, 'never', '1111', 0), 3);
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
  assert.is(atOnce(guesses, 'a', '', 0), 1);

  const busy = newGuesses();
  for (let i = 0; i < 20; i++) err(busy, 1, 'class', `group ${i}`);
  assert.is(atOnce(busy, 'class', '', 0), 10, 'errors elsewhere do not count there');
});

test('source and ID are told apart wherever the one ends and the other begins', () => {
  const guesses = newGuesses();
  err(guesses, 10, 'ab', 'c');
  assert.ok(mayTry(guesses, 'a', 'bc', 0));
  assert.ok(mayTry(guesses, 'abc', '', 0));
});

test('an ID that is very long is counted by its beginning', () => {
  const guesses = newGuesses();
  for (let i = 0; i < 10; i++) err(guesses, 1, 'a', `${'x'.repeat(64)}${i}`);
  assert.not(mayTry(guesses, 'a', 'x'.repeat(16_000), 0));
  assert.ok(mayTry(guesses, 'a', 'x'.repeat(63), 0));
});

test('what is being checked counts as wrong until it has turned out to be right', () => {
  const guesses = newGuesses();
  err(guesses, 8, 'a', '8888');
  const one = { source: 'a', group: '8888' };
  assert.is(guesses.verdict(one, [one], 0), 'now');
  assert.is(guesses.verdict(one, [one, one], 0), 'later');
  assert.is(guesses.verdict(one, [], 0), 'now', 'both were right');
  assert.is(guesses.verdict({ source: 'a', group: '9999' }, [one, one], 0), 'now');
  assert.is(guesses.verdict({ source: 'b', group: '8888' }, [one, one], 0), 'now');
  err(guesses, 2, 'a', '8888');
  assert.is(guesses.verdict(one, [], 0), 'no');
});

test('it counts for the limit over all, whichever groups it is for, and for what a source may still err then', () => {
  const guesses = newGuesses({ wrongPasswordsInAllPerMinute: 10 });
  for (let i = 0; i < 8; i++) err(guesses, 1, 'guesser', `group ${i}`);
  const checking = ['y', 'z'].map((group) => ({ source: 'guesser', group }));
  assert.is(guesses.verdict({ source: 'guesser', group: 'x' }, checking.slice(1), 0), 'now');
  assert.is(guesses.verdict({ source: 'guesser', group: 'x' }, checking, 0), 'no');
  const others = ['1', '2', '3'].map((group) => ({ source: 'other', group }));
  assert.is(guesses.verdict({ source: 'other', group: '4' }, [...checking, ...others.slice(1)], 0), 'now');
  assert.is(guesses.verdict({ source: 'other', group: '4' }, [...checking, ...others], 0), 'later');
});

test.run();
