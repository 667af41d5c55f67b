/*
 * A call of the client's that waits for the server: how its promise is settled.
 */

/** Something that a call waits for. */
export interface Waiting<T> {
  resolve(value: T): void;
  reject(error: Error): void;
}
