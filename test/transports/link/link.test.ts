/*
 * The link does what it was asked to, and the same again from the same seed.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Faults, Link, type LinkSide, NO_FAULTS } from '../../../transports/link/index.js';

const test = suite('link');

/** Sends numbered datagrams, one a millisecond, and tells what came out when. */
function carry(
  faults: Partial<Faults>,
  { count = 1000, side = 'client', bytes = 100 }: { count?: number; side?: LinkSide; bytes?: number } = {},
): [number: number, at: number][] {
  const link = new Link<number>({ faults: { ...NO_FAULTS, ...faults }, side, namesIn: () => ['OPEN', 'DATA'], now: 0 });
  const out: [number, number][] = [];
  const collect = (until: number) => {
    for (let at = link.next; at <= until; at = link.next) for (let one = link.pull(at); one; one = link.pull(at)) out.push([one.tag, at]);
  };
  for (let number = 1; number <= count; number += 1) {
    link.push(new Uint8Array(bytes), number, number);
    collect(number);
  }
  collect(Number.MAX_VALUE);
  return out;
}
const numbers = (out: [number, number][]): number[] => out.map(([number]) => number);

test('without faults everything comes at once and in order', () => {
  assert.equal(carry({}, { count: 3 }), [
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
});

test('delay and jitter: late, never out of order', () => {
  assert.equal(carry({ delayMs: 50 }, { count: 2 }), [
    [1, 51],
    [2, 52],
  ]);
  const out = carry({ delayMs: 50, jitterMs: 20 });
  assert.equal(
    numbers(out),
    Array.from({ length: 1000 }, (_, index) => index + 1),
  );
  assert.ok(out.every(([number, at]) => at >= number + 30));
  assert.ok(new Set(out.map(([number, at]) => Math.round(at - number))).size > 10);
});

test('loss, duplication and reordering come about as often as asked', () => {
  const about = (count: number, expected: number) => Math.abs(count - expected) < 60;
  assert.ok(about(1000 - carry({ loss: 0.2 }).length, 200));
  assert.ok(about(carry({ duplicate: 0.2 }).length - 1000, 200));
  const order = numbers(carry({ reorder: 0.2 }));
  assert.is(new Set(order).size, 1000);
  assert.ok(order.filter((number, index) => number < Math.max(...order.slice(0, index), 0)).length > 100);
});

test('corruption flips one bit of a copy', () => {
  const link = new Link({ faults: { ...NO_FAULTS, corrupt: 1 }, side: 'client', now: 0 });
  for (const sent of [new Uint8Array(20), Buffer.alloc(20)]) {
    link.push(sent, undefined, 0);
    const came = link.pull(0)?.datagram as Uint8Array;
    const ones = [...came].reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
    assert.equal([ones, Math.max(...sent)], [1, 0]);
  }
});

test('a rate spaces datagrams, and its queue is full at some time', () => {
  assert.equal(carry({ bitsPerSecond: 400_000 }, { count: 3 }), [
    [1, 3],
    [2, 5],
    [3, 7],
  ]); // 100 bytes take 2 ms
  assert.ok(carry({ bitsPerSecond: 8000, queueBytes: 1000 }).length < 30);
});

test('an MTU: what is larger with its headers of 28 bytes is lost, and the way may change', () => {
  const mtu = [
    { fromMs: 0, bytes: 1228 },
    { fromMs: 3, bytes: 1227 },
    { fromMs: 5, bytes: 9000 },
  ];
  assert.equal(numbers(carry({ mtu }, { count: 6, bytes: 1200 })), [1, 2, 5, 6]);
  assert.equal(numbers(carry({ mtu }, { count: 6, bytes: 1201 })), [5, 6]);
  assert.is(carry({ mtu: [{ fromMs: 3, bytes: 1228 }] }, { count: 4, bytes: 60_000 }).length, 2, 'before the first step all get through');
});

test('exact drop lists and partitions', () => {
  const drop = [{ side: 'server' as const, name: 'DATA', nth: 2 }];
  assert.equal(numbers(carry({ drop }, { count: 4, side: 'server' })), [1, 3, 4]);
  assert.equal(numbers(carry({ drop }, { count: 4 })), [1, 2, 3, 4]);
  assert.equal(numbers(carry({ partitions: [{ fromMs: 2, untilMs: 4 }] }, { count: 5 })), [1, 4, 5]);
});

test('the same seed does the same, another seed another', () => {
  const faults = { loss: 0.1, jitterMs: 5, delayMs: 10, duplicate: 0.1, reorder: 0.1 };
  assert.equal(carry({ ...faults, seed: 7 }), carry({ ...faults, seed: 7 }));
  assert.not.equal(carry({ ...faults, seed: 7 }), carry({ ...faults, seed: 8 }));
});

test.run();
