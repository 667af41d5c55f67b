/*
 * What Chatwire asks of the machine beneath it, as one object: time, randomness, a password hash and
 * transports. Node's is `node` of chatwire/node; a browser and the simulator bring their own.
 */
import type { Clock } from './clock.js';
import type { PasswordHasher } from './group/passwords.js';
import type { Transport } from './transport.js';

/** The machine beneath: everything that is not pure computation. */
export interface Host {
  readonly clock: Clock;
  /** Bytes that nobody can guess. */
  randomBytes(count: number): Uint8Array;
  /** The transports, found by the scheme of an address. */
  readonly transports: readonly Transport[];
  /** Hashes passwords. Only a server needs it. */
  readonly passwords?: PasswordHasher;
}
