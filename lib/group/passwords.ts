/*
 * The port through which the server hashes passwords. The core neither knows the algorithm nor waits
 * for it: it asks, goes on, and takes the answer later. In Node it is scrypt (transports/host).
 */

/** A password as it is stored: never the password itself. */
export interface PasswordRecord {
  /** The algorithm and its parameters, kept with the hash so that old records stay readable: `scrypt$N=16384,r=8,p=1`. */
  readonly scheme: string;
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
}

/**
 * Hashes and checks passwords, off the main thread where the machine can. Rejects with an error whose `code` is
 * `busy` when too many wait already; any other error is a fault of the host's.
 */
export interface PasswordHasher {
  /** Hashes a password with a fresh salt. */
  hash(password: string): Promise<PasswordRecord>;
  /**
   * Compares in full length. With no record (there is no such group) it does the same work on a dummy
   * and says false, so that the time tells nothing.
   */
  verify(password: string, record: PasswordRecord | undefined): Promise<boolean>;
}

/** Whether a hasher only has too much to do. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'busy';
}
