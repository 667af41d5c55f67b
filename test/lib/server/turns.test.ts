/*
 * Turns: the sources one after another, each its own in the order in which it came.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Turns } from '../../../lib/server/turns.js';

const always = () => true;

/** What waits, each thing its own key: `a1` is the first of source `a`. */
function waiting(...items: readonly string[]): Turns<string, string> {
  const turns = new Turns<string, string>();
  for (const item of items) turns.add(item.slice(0, 1), item, item);
  return turns;
}

/** Takes all there is. */
function takeAll(turns: Turns<string, string>, isReady: (first: string, source: string) => boolean = always): string[] {
  const taken: string[] = [];
  for (let item = turns.take(isReady); item !== undefined; item = turns.take(isReady)) taken.push(item);
  return taken;
}

test('nothing waits', () => {
  assert.is(waiting().take(always), undefined);
});

test('one source: first come, first served', () => {
  assert.equal(takeAll(waiting('a1', 'a2', 'a3')), ['a1', 'a2', 'a3']);
});

test('several sources take turns, however many the first one asked for', () => {
  assert.equal(takeAll(waiting('a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1')), ['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a4']);
});

test('who comes while others take turns waits for one of each', () => {
  const turns = waiting('a1', 'a2', 'a3', 'b1', 'b2');
  assert.is(turns.take(always), 'a1');
  turns.add('c', 'c1', 'c1');
  assert.equal(takeAll(turns), ['b1', 'a2', 'c1', 'b2', 'a3']);
});

test('a source that is passed over keeps its place, and its order', () => {
  const turns = waiting('a1', 'a2', 'b1', 'c1');
  assert.is(
    turns.take((_, source) => source !== 'a'),
    'b1',
  );
  assert.is(
    turns.take((first) => first === 'a2'),
    undefined,
  );
  assert.equal(takeAll(turns), ['a1', 'c1', 'a2']);
});

test('what is removed has no turn, and a source that has nothing left waits for none', () => {
  const turns = waiting('a1', 'a2', 'a3', 'b1');
  turns.remove('a', 'a2');
  turns.remove('b', 'b1');
  turns.remove('b', 'b1');
  turns.remove('z', 'z1');
  assert.equal(takeAll(turns), ['a1', 'a3']);
  turns.add('b', 'b2', 'b2');
  assert.equal(takeAll(turns), ['b2']);
});

test.run();
