/*
 * Node as the machine beneath Chatwire: time, randomness, passwords hashed by scrypt, and the transports.
 * With other settings, or a transport of your own, spread it: `{ ...node, transports: [...node.transports, mine] }`.
 */
import type { Host } from '../lib/host.js';
import { clock } from './host/clock.js';
import { scryptPasswords } from './host/passwords.js';
import { randomBytes } from './host/random.js';
import * as transports from './index.js';

export { type ScryptSettings, scryptPasswords } from './host/passwords.js';
export { BusyError } from './host/turnstile.js';
export { clock, randomBytes };

/** Node, with every transport of this package. */
export const node: Host = {
  clock,
  randomBytes,
  transports: Object.values(transports),
  passwords: scryptPasswords(),
};
