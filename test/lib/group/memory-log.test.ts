/*
 * The log in memory keeps the port's promises: one order, followers told before the one who appended, and
 * nothing of a group that is retired.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { NewEntry, Page } from '../../../lib/group/log.js';
import { MemoryGroupLog, type MemoryLogOptions } from '../../../lib/group/memory-log.js';
import type { PasswordRecord } from '../../../lib/group/passwords.js';

const RECORD: PasswordRecord = { scheme: 'none', salt: new Uint8Array(0), hash: new Uint8Array(0) };
const ORIGIN = { seat: {}, messageId: 1 };
const said = (text: string): NewEntry => ({ time: 17, sender: 'Bar', text, origin: ORIGIN });

/** A log whose IDs are 1000, 1001, ... */
function newLog(options: Partial<MemoryLogOptions> = {}): MemoryGroupLog {
  let drawn = 0;
  return new MemoryGroupLog({ randomBytes: () => Uint8Array.of(0, 0, drawn >> 8, drawn++), ...options });
}

/** What a port replies within the call; it replies once. */
function replied<T>(ask: (reply: (answer: T) => void) => void): T {
  const replies: T[] = [];
  ask((answer) => replies.push(answer));
  assert.is(replies.length, 1, 'replied once, within the call');
  return replies[0] as T;
}

const create = (log: MemoryGroupLog) => replied<string | undefined>((reply) => log.create(RECORD, reply)) ?? 'none';
const append = (log: MemoryGroupLog, group: string, text: string) =>
  replied<number | undefined>((reply) => log.append(group, said(text), reply));
const read = (log: MemoryGroupLog, group: string, after: number) => replied<Page>((reply) => log.read(group, after, reply));

test('a group is found by its ID, with its password record', () => {
  const log = newLog();
  const group = create(log);
  assert.is(group, '1000');
  assert.is(
    replied((reply) => log.find(group, reply)),
    RECORD,
  );
  assert.is(
    replied((reply) => log.find('4711', reply)),
    undefined,
  );
  assert.is(log.size, 1);
});

test('an ID that is taken is not given again', () => {
  const numbers = [5, 5, 5, 6];
  const log = newLog({ randomBytes: () => Uint8Array.of(0, 0, 0, numbers.shift() ?? 9) });
  assert.equal([create(log), create(log)], ['1005', '1006']);
});

test('there is room for so many groups, and again when one is retired', () => {
  const log = newLog({ maxGroups: 2 });
  const [first] = [create(log), create(log)];
  assert.is(
    replied((reply) => log.create(RECORD, reply)),
    undefined,
  );
  assert.is(log.size, 2);
  log.retire(first);
  assert.is(create(log), '1002');
});

test('messages are numbered from 1, each group for itself', () => {
  const log = newLog();
  const [one, other] = [create(log), create(log)];
  assert.equal([append(log, one, 'a'), append(log, one, 'b'), append(log, other, 'c'), append(log, one, 'd')], [1, 2, 1, 3]);
});

test('followers are told in order, each before the one who appended gets its number', () => {
  const log = newLog();
  const group = create(log);
  const seen: string[] = [];
  log.follow(group, ({ sequence, text }) => seen.push(`first ${sequence} ${text}`));
  log.follow(group, ({ sequence, text }) => seen.push(`second ${sequence} ${text}`));
  for (const text of ['a', 'b']) log.append(group, said(text), (sequence) => seen.push(`reply ${sequence}`));
  assert.equal(seen, ['first 1 a', 'second 1 a', 'reply 1', 'first 2 b', 'second 2 b', 'reply 2']);
});

test('an entry carries what was said, by whom, when, and where it comes from', () => {
  const log = newLog();
  const group = create(log);
  let told: unknown;
  log.follow(group, (entry) => {
    told = entry;
  });
  append(log, group, 'hi');
  assert.equal(told, { sequence: 1, time: 17, sender: 'Bar', text: 'hi', origin: ORIGIN });
  assert.is(read(log, group, 0).entries[0], told);
});

test('following begins with the next message, and stops when it is told to', () => {
  const log = newLog();
  const group = create(log);
  append(log, group, 'before');
  const seen: string[] = [];
  const following = log.follow(group, ({ text }) => seen.push(text));
  assert.is(following?.lastSequence, 1);
  append(log, group, 'a');
  following?.stop();
  append(log, group, 'b');
  assert.equal(seen, ['a']);
});

test('what was said is read again, as far as it is kept', () => {
  const log = newLog({ maxHistoryMessages: 2 });
  const group = create(log);
  for (const text of ['a', 'b', 'c']) append(log, group, text);
  const texts = (after: number) => read(log, group, after).entries.map(({ text }) => text);
  assert.equal([texts(0), texts(1), texts(2), texts(3)], [['b', 'c'], ['b', 'c'], ['c'], []]);
  assert.equal([read(log, group, 0).gap, read(log, group, 1).gap], [true, false]);
});

test('a group keeps so many bytes, all groups together so many', () => {
  const each = 96 + 2 * ('Bar'.length + 100);
  const log = newLog({ maxHistoryBytes: 2 * each, maxTotalHistoryBytes: 3 * each });
  const groups = [create(log), create(log)];
  for (const group of groups) for (let i = 0; i < 3; i++) append(log, group, 'x'.repeat(100));
  assert.equal(
    groups.map((group) => read(log, group, 0).entries.length),
    [2, 1],
  );
  log.retire(groups[0] as string);
  append(log, groups[1] as string, 'x'.repeat(100));
  assert.is(read(log, groups[1] as string, 0).entries.length, 2, 'a retired group gives its bytes back');
});

test('of a group that does not exist, or no longer does, there is nothing', () => {
  const log = newLog();
  const retired = create(log);
  append(log, retired, 'hi');
  log.retire(retired);
  for (const group of [retired, '4711']) {
    assert.is(append(log, group, 'x'), undefined);
    assert.equal(read(log, group, 0), { entries: [], gap: false });
    assert.is(
      log.follow(group, () => {}),
      undefined,
    );
    log.retire(group);
  }
  assert.is(log.size, 0);
});

test.run();
