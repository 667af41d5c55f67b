/*
 * A duplex stream of Node's kind as a line: for TCP and the two native libraries, which all have one.
 */
import type { Attach } from '../peer.js';

/** What of a stream is used here. */
export interface Stream {
  write(bytes: Uint8Array): boolean;
  on(event: 'connect' | 'drain' | 'data' | 'error', listener: (bytes: Uint8Array) => void): unknown;
}

/** Ties a stream to its user. */
export function attachStream(stream: Stream, attach: Attach): void {
  const user = attach({ send: (bytes) => stream.write(bytes) });
  stream.on('drain', () => user.ready());
  stream.on('data', (bytes) => user.received(bytes));
  stream.on('error', () => process.exit());
}
