/*
 * Cases about the bytes themselves: all of them, unchanged, in order, and the chunks of either side left alone.
 */
import type { Check } from './arena.js';
import { expect } from './subject.js';
import { chunkAt, echo, inBackground, receiveAndKeep, receivePattern, roundTrip, same, sendPattern } from './traffic.js';

const SIZES = [1, 1000, 65_537, 1024 * 1024];
const MIB = 1024 * 1024;

/** Echoes from one byte to the largest that the subject asks for. */
export function echoChecks(largestBytes: number): Check[] {
  return [...SIZES, largestBytes].map((size) => ({
    name: `echoes ${size >= MIB ? `${size / MIB} MiB` : `${size} byte${size === 1 ? '' : 's'}`} unchanged`,
    async play(arena) {
      const { dialled, accepted } = await arena.pair();
      echo(accepted);
      await roundTrip(dialled, size);
    },
  }));
}

/** The other cases about bytes. */
export const byteChecks: readonly Check[] = [
  {
    name: 'keeps the order of 10,000 chunks of uneven size',
    async play(arena) {
      const { dialled, accepted } = await arena.pair();
      echo(accepted);
      let length = 0;
      await roundTrip(dialled, 500_000, () => {
        length = (length % 97) + 1;
        return length;
      });
    },
  },
  {
    name: 'carries both directions at once',
    async play(arena) {
      const { dialled, accepted } = await arena.pair();
      const total = 2 * MIB;
      const arrived = inBackground(Promise.all([receivePattern(dialled, total), receivePattern(accepted, total)]));
      await Promise.all([sendPattern(dialled, total), sendPattern(accepted, total)]);
      for (const { bytes } of await arrived) expect(bytes === total, `${bytes} of ${total} bytes came.`);
    },
  },
  {
    name: 'carries one chunk to many peers, between others',
    async play(arena) {
      const pairs = await Promise.all([arena.pair(), arena.pair(), arena.pair()]);
      const parts = [0, 100, 200].map((offset) => chunkAt(offset, 100));
      const arrived = pairs.map(({ accepted }) => receivePattern(accepted, 300));
      for (const part of parts) for (const { dialled } of pairs) dialled.send(part);
      for (const { bytes } of await Promise.all(arrived)) expect(bytes === 300, `${bytes} of 300 bytes came.`);
    },
  },
  {
    name: 'does not change a chunk after it was handed over',
    async play(arena) {
      const { dialled, accepted } = await arena.pair();
      const mine = chunkAt(0, 5000).slice();
      const kept = receiveAndKeep(accepted, 100_000);
      dialled.send(mine);
      await sendPattern(dialled, 100_000, { chunkBytes: () => 5000, sent: { bytes: 5000 } });
      const theirs = await kept;
      expect(same(mine, chunkAt(0, 5000)), 'The chunk that was sent was changed.');
      for (const { chunk, copy } of theirs) expect(same(chunk, copy), 'A chunk that had been received was changed later.');
    },
  },
  {
    name: 'takes an empty chunk without harm',
    async play(arena) {
      const { dialled, accepted } = await arena.pair();
      dialled.send(new Uint8Array(0));
      await Promise.all([receivePattern(accepted, 1000), sendPattern(dialled, 1000)]);
      dialled.send(new Uint8Array(0));
      await dialled.end();
    },
  },
];
