/*
 * How UDP repairs losses, as a command line says it; and the profile of the textbook, which fits the line.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { TransportError } from '../../../lib/transport.js';
import { NO_FAULTS } from '../../../transports/link/index.js';
import { parseUdpFlags, textbook, UDP_FLAGS, type UdpFlags, udpFlagsIn } from '../../../transports/udp/index.js';

const test = suite('udp flags');

test('nothing said is nothing set', () => {
  assert.is(parseUdpFlags({}), undefined);
});

test('each flag sets what it names', () => {
  assert.equal(parseUdpFlags({ arq: 'go-back-n', window: '7', cc: 'cubic' }), {
    arq: 'go-back-n',
    arqWindowSegments: 7,
    congestion: 'cubic',
  });
});

test('the textbook profile: 1 + 2a of the network that was ordered, and what is said beside it counts', () => {
  const faults = { ...NO_FAULTS, delayMs: 50, bitsPerSecond: 96_000 }; // 1,200 bytes take 100 ms, so a is a half
  const engine = parseUdpFlags({ profile: 'textbook', arq: 'stop-and-wait', cc: 'fixed' }, faults);
  assert.equal(engine, {
    arq: 'stop-and-wait',
    congestion: 'fixed',
    fixedRtoMs: 100 + 2 * 50 + 20,
    gapMs: 100,
    pacing: false,
    bundling: false,
    coalescing: false,
    discovery: false,
    maxDatagramBytes: 1200,
  });
  assert.equal([parseUdpFlags({ profile: 'textbook' })?.arq, parseUdpFlags({ profile: 'textbook' })?.fixedRtoMs], ['selective-repeat', 20]);
  assert.is(textbook({ transmissionMs: 1, propagationMs: 10 }).fixedRtoMs, 21);
});

const wrong: readonly [UdpFlags, string][] = [
  [{ arq: 'go-back-m' }, '--arq "go-back-m" is not there; there is stop-and-wait, go-back-n, selective-repeat, sack.'],
  [{ cc: 'vegas' }, '--cc "vegas" is not there; there is none, fixed, newreno, cubic.'],
  [{ profile: 'fast' }, '--profile "fast" is not there; there is textbook.'],
  [{ window: '0' }, '--window "0" is not understood: write a whole number from 1 up, for example 7.'],
  [{ window: '' }, '--window "" is not understood: write a whole number from 1 up, for example 7.'],
];
for (const [flags, says] of wrong) {
  test(`${JSON.stringify(flags)} is refused`, () => {
    assert.throws(
      () => parseUdpFlags(flags),
      (error: unknown) => error instanceof TransportError && error.code === 'unsupported' && error.message === says,
    );
  });
}

test('the flags among other options', () => {
  assert.equal(udpFlagsIn({ arq: 'sack', listen: ['x'], window: undefined }), { arq: 'sack' });
  assert.equal(
    UDP_FLAGS.map(({ name }) => name),
    ['arq', 'window', 'cc', 'profile'],
  );
});

test.run();
