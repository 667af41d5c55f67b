/*
 * Passwords hashed by scrypt, on Node's thread pool. Two at a time at most, so that guessing leaves threads
 * for files and names, and a bounded queue, so that it cannot fill the memory. The parameters are written into
 * each record and are honoured when it is verified, so a later default reads the older records too.
 */
import { Buffer } from 'node:buffer';
import { type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import type { PasswordHasher, PasswordRecord } from '../../lib/group/passwords.js';
import { randomBytes } from './random.js';
import { Turnstile } from './turnstile.js';

/** How hard, and how many at once. */
export interface ScryptSettings {
  /** scrypt's N, a power of two: memory is 1,024 x N bytes and time grows alike. Default 8,192: about 20 ms and 8 MiB. */
  readonly cost?: number;
  /** How many are computed at once. Default 2, of the four threads that Node has; a server gives it `passwordsAtOnce`. */
  readonly concurrency?: number;
  /** How many may wait, if several ask; beyond that hash and verify reject with {@link BusyError}. Default 512. */
  readonly maxWaiting?: number;
}

const HASH_BYTES = 32;
const SALT_BYTES = 16;
const SCHEME = /^scrypt\$N=(\d{1,8}),r=(\d{1,3}),p=(\d{1,3})$/;

/**
 * Makes a hasher.
 * Its promises reject with a {@link BusyError} when too many wait, and `verify` with a RangeError for a record
 * whose scheme it cannot read.
 */
export function scryptPasswords({ cost = 8192, concurrency = 2, maxWaiting = 512 }: ScryptSettings = {}): PasswordHasher {
  const turnstile = new Turnstile({ concurrency, maxWaiting });
  const scheme = `scrypt$N=${cost},r=8,p=1`;
  const nobody: PasswordRecord = { scheme, salt: new Uint8Array(SALT_BYTES), hash: new Uint8Array(HASH_BYTES) };

  const derive = (password: string, record: PasswordRecord) => turnstile.pass(() => deriveKey(password, record));

  return {
    async hash(password) {
      const salt = Uint8Array.from(randomBytes(SALT_BYTES));
      return { scheme, salt, hash: await derive(password, { ...nobody, salt }) };
    },
    async verify(password, record) {
      const { hash } = record ?? nobody;
      const derived = await derive(password, record ?? nobody);
      return timingSafeEqual(derived, hash) && record !== undefined;
    },
  };
}

function deriveKey(password: string, { scheme, salt, hash }: PasswordRecord): Promise<Uint8Array> {
  const options = readScheme(scheme);
  return new Promise((resolve, reject) => {
    scrypt(Buffer.from(password, 'utf8'), salt, hash.length, options, (error, key) => {
      if (error) reject(error);
      else resolve(Uint8Array.from(key));
    });
  });
}

function readScheme(scheme: string): ScryptOptions {
  const match = SCHEME.exec(scheme);
  if (!match) throw new RangeError(`This password was stored as "${scheme}", which is not scrypt: it cannot be verified here.`);
  const [N, r, p] = match.slice(1).map(Number) as [number, number, number];
  // OpenSSL counts a little more than the 128 N r p bytes of the algorithm itself.
  return { N, r, p, maxmem: 256 * N * r * p };
}
