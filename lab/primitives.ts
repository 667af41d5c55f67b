/*
 * What the engine asks of its machine, from a seed: in a lab the same seed must be the same run, and nobody is kept out.
 * The cookie's MAC is a checksum with a key here: whoever invents one is wrong, whoever wanted to forge one could.
 */
import { seeded } from '../transports/link/index.js';
import type { Primitives } from '../transports/udp/engine/primitives.js';
import { crc32 } from './crc32.js';

const KEY_BYTES = 32;
const MAC_BYTES = 16;

/** The primitives of one endpoint. Never for a real network. */
export function primitives(seed: number): Primitives {
  const draw = seeded(seed);
  const random = (count: number) => Uint8Array.from({ length: count }, () => Math.floor(draw() * 256));
  const key = random(KEY_BYTES);
  return { random, mac: (message) => checksum(key, message), crc32 };
}

function checksum(key: Uint8Array, message: Uint8Array): Uint8Array {
  const mac = new Uint8Array(MAC_BYTES);
  const keyed = new Uint8Array(key.length + 1 + message.length);
  keyed.set(key);
  keyed.set(message, key.length + 1);
  const view = new DataView(mac.buffer);
  for (let at = 0; at < MAC_BYTES; at += 4) {
    keyed[key.length] = at;
    view.setUint32(at, crc32(keyed));
  }
  return mac;
}
