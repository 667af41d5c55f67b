/*
 * What a group remembers: held to a model that keeps everything in a list and cuts it by the same limits.
 */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { History, HistoryBudget } from '../../../lib/group/history.js';
import type { Entry } from '../../../lib/group/log.js';

const entry = (sequence: number, text = ''): Entry => ({ sequence, time: 0, sender: '', text, origin: { seat: {}, messageId: 0 } });
/** What an entry counts: a fixed part, and two bytes for each UTF-16 unit. */
const sizeOf = ({ sender, text }: Entry) => 96 + 2 * (sender.length + text.length);
const sum = (entries: readonly Entry[]) => entries.reduce((total, each) => total + sizeOf(each), 0);
const GENEROUS = { maxMessages: 1000, maxBytes: 1_000_000 };
const newBudget = (maxBytes = 1_000_000) => new HistoryBudget(maxBytes);

/** A history of so many messages, numbered from 1. */
function filled(count: number, limits = GENEROUS, budget = newBudget()): History {
  const history = new History(limits, budget);
  for (let sequence = 1; sequence <= count; sequence++) history.push(entry(sequence));
  return history;
}
const sequences = (entries: readonly Entry[]) => entries.map(({ sequence }) => sequence);

test('it reads what came after a number', () => {
  const { entries, gap } = filled(5).read(3, 5);
  assert.equal(sequences(entries), [4, 5]);
  assert.not(gap);
});

for (const [name, after, expected, gap] of [
  ['everything', 0, [3, 4, 5], true],
  ['what is just gone', 1, [3, 4, 5], true],
  ['all that is kept', 2, [3, 4, 5], false],
  ['the last one', 4, [5], false],
  ['nothing new', 5, [], false],
  ['what is not said yet', 99, [], false],
] as const) {
  test(`of 5 messages 3 are kept: after ${after}, ${name}${gap ? ', with a gap' : ''}`, () => {
    const page = filled(5, { ...GENEROUS, maxMessages: 3 }).read(after, 5);
    assert.equal(sequences(page.entries), [...expected]);
    assert.is(page.gap, gap);
  });
}

test('an empty history has a gap as soon as something was said', () => {
  assert.equal(new History(GENEROUS, newBudget()).read(0, 0), { entries: [], gap: false });
  assert.equal(new History(GENEROUS, newBudget()).read(0, 1), { entries: [], gap: true });
});

test('a message over the limit of bytes is not kept, nor anything before it', () => {
  const history = filled(3, { maxMessages: 10, maxBytes: 500 });
  history.push(entry(4, 'x'.repeat(1000)));
  assert.equal(history.read(0, 4), { entries: [], gap: true });
});

test('a limit of no messages keeps none', () => {
  assert.is(filled(100, { ...GENEROUS, maxMessages: 0 }).size, 0);
});

test('what is cleared gives its part of the budget back', () => {
  const budget = newBudget();
  const history = filled(7, GENEROUS, budget);
  assert.is(budget.usedBytes, 7 * 96);
  history.clear();
  assert.is(history.size, 0);
  assert.is(budget.usedBytes, 0);
});

const texts = fc.array(fc.nat(40), { maxLength: 300, size: 'max' });
const limits = fc.record({ maxMessages: fc.nat(20), maxBytes: fc.nat(3000) }, { noNullPrototype: true });

test('it keeps the newest messages that its limits allow, and reads what the model reads', () => {
  fc.assert(
    fc.property(texts, limits, fc.nat(310), (lengths, { maxMessages, maxBytes }, after) => {
      const history = new History({ maxMessages, maxBytes }, newBudget());
      let model: Entry[] = [];
      for (const [i, length] of lengths.entries()) {
        const said = entry(i + 1, 'x'.repeat(length));
        history.push(said);
        model.push(said);
        while (model.length > maxMessages || sum(model) > maxBytes) model = model.slice(1);
      }
      assert.is(history.size, model.length);
      const page = history.read(after, lengths.length);
      const missed = Array.from({ length: Math.max(0, lengths.length - after) }, (_, i) => after + 1 + i);
      assert.equal(sequences(page.entries), sequences(model.filter(({ sequence }) => sequence > after)));
      assert.is(page.gap, page.entries.length < missed.length);
    }),
  );
});

test('the histories of all groups together stay within their budget, and count it right', () => {
  const pushes = fc.array(fc.tuple(fc.nat(3), fc.nat(200), fc.nat(20)), { maxLength: 200, size: 'max' });
  fc.assert(
    fc.property(pushes, fc.nat(4000), (happenings, maxBytes) => {
      const budget = newBudget(maxBytes);
      const histories = Array.from({ length: 4 }, () => new History({ maxMessages: 10, maxBytes: 2000 }, budget));
      for (const [i, [which, length, clears]] of happenings.entries()) {
        if (clears === 0) histories[which]?.clear();
        else histories[which]?.push(entry(i + 1, 'x'.repeat(length)));
        const kept = histories.flatMap((history) => [...history.read(0, i + 1).entries]);
        assert.is(budget.usedBytes, sum(kept));
        assert.ok(budget.usedBytes <= maxBytes);
      }
    }),
  );
});

test.run();
