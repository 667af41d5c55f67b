/*
 * The flags of a bad network, and what is said of those that make no sense.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { TransportError } from '../../../lib/transport.js';
import { type FaultFlags, NO_FAULTS, parseFaults } from '../../../transports/link/index.js';

const test = suite('faults');

test('all flags', () => {
  const flags = {
    loss: '0.1',
    delay: '50',
    jitter: '10',
    dup: '0.01',
    reorder: '0.05',
    corrupt: '0.01',
    rate: '1mbit',
    seed: '7',
    mtu: ['1280 after 5000', '9000'],
  };
  assert.equal(parseFaults({ ...flags, drop: ['server DATA 2', 'client ack 1'] }), {
    ...NO_FAULTS,
    seed: 7,
    loss: 0.1,
    delayMs: 50,
    jitterMs: 10,
    duplicate: 0.01,
    reorder: 0.05,
    corrupt: 0.01,
    bitsPerSecond: 1e6,
    mtu: [
      { fromMs: 0, bytes: 9000 },
      { fromMs: 5000, bytes: 1280 },
    ],
    drop: [
      { side: 'server', name: 'DATA', nth: 2 },
      { side: 'client', name: 'ACK', nth: 1 },
    ],
  });
});

test('no flag, no faults', () => {
  assert.is(parseFaults({}), undefined);
});

const bad: readonly (readonly [FaultFlags, string])[] = [
  [{ loss: '1.1' }, '--loss "1.1" is not understood: write a share from 0 to 1'],
  [{ loss: '10%' }, '--loss "10%"'],
  [{ loss: '' }, '--loss ""'],
  [{ dup: '-1' }, '--dup "-1"'],
  [{ delay: 'long' }, '--delay "long" is not understood: write milliseconds'],
  [{ jitter: '-5' }, '--jitter "-5"'],
  [{ rate: '1' }, '--rate "1" is not understood: write bits a second with a unit'],
  [{ rate: '1 parsec' }, '--rate "1 parsec"'],
  [{ seed: '1.5' }, '--seed "1.5" is not understood: write a whole number'],
  [{ mtu: ['1200'] }, '--mtu "1200" is not understood: write the bytes of the largest IP packet, from 1228 to 65535'],
  [{ mtu: ['1500', '70000'] }, '--mtu "70000"'],
  [{ mtu: ['1500 before 2000'] }, '--mtu "1500 before 2000"'],
  [{ drop: ['DATA 2'] }, '--drop "DATA 2" is not understood: write who sends, what, and the how many-th'],
  [{ drop: ['server DATA 0'] }, '--drop "server DATA 0"'],
];
for (const [flags, says] of bad) {
  test(`${JSON.stringify(flags)} is refused`, () => {
    assert.throws(
      () => parseFaults(flags),
      (error: unknown) => error instanceof TransportError && error.code === 'unsupported' && error.message.startsWith(says),
    );
  });
}

test.run();
