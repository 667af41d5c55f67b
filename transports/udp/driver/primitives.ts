/*
 * Node's functions for the engine: randomness, a MAC under a key of its own, and the checksum.
 */
import { createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Primitives } from '../engine/primitives.js';

/** Primitives with a new key: cookies of one endpoint mean nothing to another. */
export function primitives(randomBytes: (count: number) => Uint8Array): Primitives {
  const key = randomBytes(32);
  return {
    random: randomBytes,
    mac: (message) => createHmac('sha256', key).update(message).digest().subarray(0, 16),
    crc32: (bytes) => crc32(bytes),
  };
}
