/* The flags of a bad network, read and said in words. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type FaultFlags, type Faults, faultFlagsIn, faultsInWords, parseFaults } from '../../../transports/link/index.js';

const test = suite('faults in words');

const cases: readonly (readonly [FaultFlags, string])[] = [
  [{ seed: '3' }, 'has no faults (seed 3)'],
  [{ loss: '0.2', seed: '7' }, 'loses 20% of all datagrams (seed 7)'],
  [{ loss: '0.003', delay: '50' }, 'loses 0.3% of all datagrams and takes 50 ms (seed 1)'],
  [{ delay: '50', jitter: '10', rate: '1.5mbit' }, 'takes 50 ms, 10 more or less and carries 1.5 Mbit a second (seed 1)'],
  [{ dup: '0.1', reorder: '0.05', corrupt: '1' }, 'doubles 10%, holds 5% back and flips a bit in 100% (seed 1)'],
  [{ drop: ['server DATA 2', 'client SYN 1'] }, 'drops DATA number 2 of the server and SYN number 1 of the client (seed 1)'],
  [{ mtu: ['1500'] }, 'carries no IP packet above 1500 bytes (seed 1)'],
  [{ mtu: ['9000', '1280 after 5000'] }, 'carries no IP packet above 9000 bytes, 1280 bytes after 5000 ms (seed 1)'],
  [{ rate: '300bit' }, 'carries 300 bit a second (seed 1)'],
];
for (const [flags, words] of cases) {
  test(words, () => {
    assert.is(faultsInWords(parseFaults(flags) as Faults), words);
  });
}

test('the flags are found among other options', () => {
  assert.equal(faultFlagsIn({ loss: '0.1', listen: ['x'], seed: undefined, drop: ['server DATA 2'] }), {
    loss: '0.1',
    drop: ['server DATA 2'],
  });
});

test.run();
