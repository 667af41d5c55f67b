/*
 * The search for the size of datagrams, step by step after RFC 8899, and for any width of the way: what is found gets
 * through, and is no more than one step below the largest that would.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DatagramSize, SEARCH_STEP_BYTES } from '../../../../transports/udp/engine/datagram-size.js';

const test = suite('datagram size');

const BASE = 1200;
const newSize = (mostBytes: number, discovers = true) => new DatagramSize({ baseBytes: BASE, mostBytes, discovers, searchAfter: 4 });

/** Full datagrams arrive. */
function busy(size: DatagramSize, count = 4): void {
  for (let sent = 0; sent < count; sent += 1) size.onAcked(size.current, true);
}

/** Lets a search go on over a way of some width, at a time; returns the probes that were sent. */
function search(size: DatagramSize, width: number, now = 0): number[] {
  const probes: number[] = [];
  busy(size);
  for (let probe = size.probe(now); probe !== undefined; probe = size.probe(now)) {
    probes.push(probe);
    size.onProbeSent(probe);
    if (probe <= width) size.onProbeAcked(probe, now);
    else size.onProbeLost(probe, now);
    busy(size, 1);
    if (probes.length > 100) throw new Error('the search never ends');
  }
  return probes;
}

test('nothing is looked for before so many full datagrams have arrived, nor while a probe is under way', () => {
  const size = newSize(1452);
  busy(size, 3);
  size.onAcked(1200, false);
  assert.equal([size.probe(0), size.state], [undefined, 'base']);
  busy(size, 1);
  assert.equal([size.probe(0), size.state], [1452, 'searching']);
  size.onProbeSent(1452);
  busy(size);
  assert.is(size.probe(0), undefined);
  assert.ok(size.onProbeAcked(1452, 0));
  assert.equal([size.current, size.state], [1452, 'complete']);
});

test('three lost probes give up a size; then the middle, down to the step', () => {
  const size = newSize(1500);
  assert.equal(search(size, 1252), [1500, 1500, 1500, 1350, 1350, 1350, 1275, 1275, 1275, 1237, 1256, 1256, 1256]);
  assert.equal([size.current, size.state], [1237, 'complete']);
});

test('two lost probes and one that arrives: the size is good', () => {
  const size = newSize(1452);
  busy(size);
  for (let lost = 0; lost < 2; lost += 1) {
    size.onProbeSent(size.probe(0) as number);
    size.onProbeLost(1452, 0);
    busy(size, 1);
  }
  size.onProbeSent(size.probe(0) as number);
  size.onProbeAcked(1452, 0);
  assert.is(size.current, 1452);
});

test('after 600 s a wider way is found, not before, and only if there is much to send', () => {
  const size = newSize(9000);
  search(size, 1400);
  const before = size.current;
  assert.equal(search(size, 9000, 599_999), []);
  assert.is(size.current, before);
  assert.equal(search(size, 9000, 600_000), [9000]);
  assert.is(size.current, 9000);
});

/** A size that was found to be 1,452. */
function found(): DatagramSize {
  const size = newSize(1452);
  search(size, 1452);
  assert.is(size.current, 1452);
  return size;
}

test('a black hole: three losses, each after the one before was known; then from the beginning', () => {
  const size = found();
  assert.equal(
    [size.onLost(1452, 10, 20), size.onLost(1452, 11, 20), size.onLost(1452, 12, 21)],
    [false, false, false],
    'all at once: one',
  );
  assert.not.ok(size.onLost(1452, 25, 30));
  assert.ok(size.onLost(1452, 31, 40));
  assert.equal([size.current, size.state], [BASE, 'base']);
  search(size, 1300, 50);
  assert.ok(size.current > 1300 - SEARCH_STEP_BYTES && size.current <= 1300);
});

test('what is as large and arrives shows congestion; what is smaller shows nothing', () => {
  const size = found();
  size.onLost(1452, 10, 20);
  size.onLost(1452, 25, 30);
  size.onAcked(1452, true);
  assert.not.ok(size.onLost(1452, 31, 40));
  size.onLost(1452, 41, 50);
  size.onAcked(1300, false);
  assert.ok(size.onLost(1452, 51, 60));
});

test('losses of small datagrams are no black hole', () => {
  const size = found();
  for (let now = 10; now < 100; now += 10) assert.not.ok(size.onLost(BASE, now - 5, now));
});

test('the system refuses a probe: it failed at once; a datagram of today’s size: from the beginning; it does not say which: the search is over', () => {
  const probing = newSize(9000);
  busy(probing);
  probing.onProbeSent(probing.probe(0) as number);
  assert.not.ok(probing.onTooLarge(9000, 0));
  assert.is(probing.state, 'searching');
  busy(probing, 1);
  assert.is(probing.probe(0), 5100);
  probing.onProbeSent(5100);
  assert.not.ok(probing.onTooLarge(0, 0));
  assert.not.ok(probing.onProbeAcked(5100, 0), 'it is of no account any more');
  busy(probing, 100);
  assert.equal([probing.state, probing.probe(599_999), probing.probe(600_000)], ['complete', undefined, 9000]);
  const size = found();
  assert.ok(size.onTooLarge(1452, 0));
  assert.equal([size.current, size.state], [BASE, 'base']);
  const told = found();
  assert.ok(told.onTooLarge(0, 0));
  assert.equal([told.current, told.state], [BASE, 'complete']);
  assert.not.ok(newSize(1452).onTooLarge(1100, 0), 'there is nothing smaller');
  const fixed = newSize(4000, false);
  assert.ok(fixed.onTooLarge(3000, 0));
  assert.is(fixed.current, BASE);
});

test('another way: from the beginning, and a probe that went the old one says nothing', () => {
  const size = newSize(1452);
  busy(size);
  size.onProbeSent(size.probe(0) as number);
  size.reset();
  assert.not.ok(size.onProbeAcked(1452, 0));
  assert.equal([size.current, size.probe(0), size.state], [BASE, undefined, 'base']);
});

test('without a search the largest size holds, and nothing is tried or given up', () => {
  const size = newSize(4000, false);
  busy(size, 100);
  assert.equal([size.current, size.safe, size.probe(0)], [4000, 4000, undefined]);
  for (let now = 10; now < 100; now += 10) assert.not.ok(size.onLost(4000, now - 5, now));
  size.limit(1300);
  assert.is(size.current, 1300);
});

test('any width: what is found gets through, is within a step, and never above what the peer takes', () => {
  const bytes = fc.integer({ min: BASE, max: 65_507 });
  fc.assert(
    fc.property(bytes, bytes, bytes, (most, peer, width) => {
      const size = newSize(most);
      size.limit(peer);
      const probes = search(size, width);
      const best = Math.min(most, peer, width);
      assert.ok(size.current <= best && size.current > best - SEARCH_STEP_BYTES, `${size.current} of ${best}`);
      assert.ok(probes.every((probe) => probe > BASE && probe <= Math.min(most, peer)));
      assert.ok(probes.length <= 3 * 14, `${probes.length} probes`);
    }),
  );
});

test('whatever is told in whatever order, the size stays between its bounds', () => {
  const told = fc.array(fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 9100 }), fc.integer({ min: 0, max: 50 })), {
    maxLength: 300,
  });
  fc.assert(
    fc.property(told, (events) => {
      const size = newSize(9000);
      let now = 0;
      for (const [what, bytes, later] of events) {
        now += what === 7 ? later * 20_000 : later;
        const probe = size.probe(now);
        if (probe !== undefined && what > 1) size.onProbeSent(probe);
        if (what === 0) size.onProbeAcked(bytes > 4000 ? (probe ?? bytes) : bytes, now);
        if (what === 1) size.onProbeLost(probe ?? bytes, now);
        if (what === 2 || what === 6) size.onAcked(size.current, true);
        if (what === 3) size.onLost(bytes, now - 10, now);
        if (what === 4) size.onTooLarge(bytes, now);
        if (what === 5 && bytes > 9000) size.reset();
        assert.ok(size.current >= BASE && size.current <= 9000, `${size.current}`);
      }
    }),
  );
});

test.run();
