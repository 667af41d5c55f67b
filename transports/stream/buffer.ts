/*
 * The two places where the driver looks past node:net's documented face, both for the fan-out server:
 * one wrapping for a chunk that goes to many sockets, and an honest count of what is still unsent.
 */
import { Buffer } from 'node:buffer';
import type { Socket } from 'node:net';

let lastChunk: Uint8Array | undefined;
let lastBuffer: Buffer | undefined;

/**
 * The chunk as a Buffer over the same memory. node:net makes a new Buffer at each write of a plain
 * Uint8Array; a group's chunk is written to up to a thousand sockets in a row, so the last one is kept.
 */
export function asBuffer(chunk: Uint8Array): Buffer {
  if (chunk === lastChunk) return lastBuffer as Buffer;
  if (Buffer.isBuffer(chunk)) return chunk;
  lastChunk = chunk;
  lastBuffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  return lastBuffer;
}

interface Insides {
  readonly _handle?: { readonly writeQueueSize?: number } | null;
  readonly _writableState?: { readonly writelen?: number };
}

/**
 * Bytes that were written to a socket and that the system has not taken. `writableLength` counts a write
 * whole until its last byte is gone, and Node gathers all that waits into one write; a peer that reads a
 * megabyte slowly would look as if it did not read at all. What is left of the write in progress is known
 * to the handle; should a later Node hide it, the count is the coarse one.
 */
export function unsentBytes(socket: Socket): number {
  const counted = socket.writableLength;
  if (counted === 0) return 0;
  const { _handle: handle, _writableState: state } = socket as unknown as Insides;
  const inProgress = state?.writelen ?? 0;
  const left = handle?.writeQueueSize ?? inProgress;
  return counted - Math.max(0, inProgress - left);
}
