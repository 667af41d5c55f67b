/*
 * What the engine asks of the machine beneath it: synchronous functions that are handed in, so that it runs in
 * Node, in a browser and in a simulation from one seed. Time is not among them; it comes with every call.
 */
import type { Crc32 } from '../wire/decode.js';

/** Functions that are not the engine's to write. */
export interface Primitives {
  /** Bytes that nobody can guess. */
  random(count: number): Uint8Array;
  /** HMAC-SHA-256 with the key of this endpoint, cut to its first 16 bytes. RFC 2104 section 5 allows the cut. */
  mac(message: Uint8Array): Uint8Array;
  crc32: Crc32;
}
