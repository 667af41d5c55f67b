/*
 * Deadlines: held to a model that sorts a list anew each time.
 */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Deadlines, type Scheduled } from '../../lib/deadlines.js';

const NEVER = Number.POSITIVE_INFINITY;
const newItem = (): Scheduled => ({ scheduledAt: NEVER });

/** Everything that is due, in the order in which it comes. */
function takeAll(deadlines: Deadlines<Scheduled>, now: number): Scheduled[] {
  const taken: Scheduled[] = [];
  for (let item = deadlines.takeDue(now); item; item = deadlines.takeDue(now)) taken.push(item);
  return taken;
}

test('the earliest comes first, and nothing before its time', () => {
  const [deadlines, a, b] = [new Deadlines<Scheduled>(), newItem(), newItem()];
  assert.is(deadlines.next, NEVER);
  deadlines.schedule(a, 20);
  deadlines.schedule(b, 10);
  assert.is(deadlines.next, 10);
  assert.is(deadlines.takeDue(9.999), undefined);
  assert.is(deadlines.takeDue(10), b);
  assert.is(deadlines.takeDue(10), undefined);
  assert.is(deadlines.next, 20);
});

test('of two at the same time, the one that was scheduled first comes first', () => {
  const deadlines = new Deadlines<Scheduled>();
  const items = Array.from({ length: 50 }, newItem);
  for (const item of items) deadlines.schedule(item, 7);
  assert.equal(
    takeAll(deadlines, 7).map((item) => items.indexOf(item)),
    items.map((_, i) => i),
  );
});

test('a deadline is brought forward, but never put off', () => {
  const [deadlines, item] = [new Deadlines<Scheduled>(), newItem()];
  deadlines.schedule(item, 20);
  deadlines.schedule(item, 30);
  assert.is(deadlines.next, 20);
  deadlines.schedule(item, 10);
  assert.is(deadlines.next, 10);
  assert.equal(takeAll(deadlines, 100), [item]);
});

test('what was taken has no deadline until it gets another', () => {
  const [deadlines, item] = [new Deadlines<Scheduled>(), newItem()];
  deadlines.schedule(item, 10);
  assert.is(deadlines.takeDue(10), item);
  assert.is(item.scheduledAt, NEVER);
  deadlines.schedule(item, 10);
  assert.equal(takeAll(deadlines, 10), [item]);
});

test('what is cancelled does not come, unless it is scheduled again', () => {
  const [deadlines, item] = [new Deadlines<Scheduled>(), newItem()];
  deadlines.schedule(item, 10);
  deadlines.cancel(item);
  assert.is(deadlines.next, NEVER);
  deadlines.schedule(item, 20);
  assert.is(deadlines.next, 20);
  assert.equal(takeAll(deadlines, 15), []);
  assert.equal(takeAll(deadlines, 20), [item]);
});

type Happening = (deadlines: Deadlines<Scheduled>, items: Scheduled[], model: number[]) => void;
const which = fc.nat(7);
const time = fc.integer({ min: 0, max: 1000 });
const schedules = fc.tuple(which, time).map(
  ([i, at]): Happening =>
    (deadlines, items, model) => {
      deadlines.schedule(items[i] as Scheduled, at);
      model[i] = Math.min(model[i] as number, at);
    },
);
const cancels = which.map(
  (i): Happening =>
    (deadlines, items, model) => {
      deadlines.cancel(items[i] as Scheduled);
      model[i] = NEVER;
    },
);
const takes = time.map(
  (now): Happening =>
    (deadlines, items, model) => {
      const expected = model.flatMap((at, i) => (at <= now ? [{ at, i }] : [])).sort((one, other) => one.at - other.at);
      const taken = takeAll(deadlines, now).map((item) => items.indexOf(item));
      const times = taken.map((i) => model[i]);
      assert.equal(
        times,
        expected.map(({ at }) => at),
      );
      assert.equal([...taken].sort(), expected.map(({ i }) => i).sort());
      for (const i of taken) model[i] = NEVER;
    },
);
/** Few are taken, so that what is stale piles up and is cleared out. */
const happening = fc.oneof({ weight: 20, arbitrary: schedules }, { weight: 16, arbitrary: cancels }, { weight: 1, arbitrary: takes });

test('whatever is scheduled, cancelled and taken, it goes as in the model', () => {
  fc.assert(
    fc.property(fc.array(happening, { size: 'max', maxLength: 500 }), (happenings) => {
      const [deadlines, items] = [new Deadlines<Scheduled>(), Array.from({ length: 9 }, newItem)];
      const model = items.map(() => NEVER);
      for (const happens of happenings) {
        deadlines.schedule(items[8] as Scheduled, 0); // always the first, so that what is stale stays behind it
        model[8] = 0;
        happens(deadlines, items, model);
        assert.is(deadlines.next, Math.min(...model));
        assert.equal(
          items.map((item) => item.scheduledAt),
          model,
        );
      }
    }),
    { numRuns: 300 },
  );
});

for (const [name, at] of [
  ['another time', (i: number) => 1e6 + i],
  ['the same time', () => 1e6],
] as const) {
  test(`what is scheduled for ${name} and cancelled, over and over, takes no memory and disturbs nobody`, () => {
    const [deadlines, item] = [new Deadlines<Scheduled>(), newItem()];
    const others = Array.from({ length: 60 }, newItem);
    for (const [i, other] of others.entries()) deadlines.schedule(other, (i * 17) % 61);
    for (const [i, other] of others.entries()) if (i % 3 === 0) deadlines.cancel(other);
    for (let i = 0; i < 10_000; i++) {
      deadlines.schedule(item, at(i));
      deadlines.cancel(item);
    }
    assert.ok(deadlines.slots < 200, `${deadlines.slots} slots`);
    const times = takeAll(deadlines, 100).map((other) => (others.indexOf(other) * 17) % 61);
    assert.is(times.length, 40);
    assert.equal(
      times,
      [...times].sort((one, other) => one - other),
    );
  });
}

test.run();
