/*
 * Bytes to send and to check. Every stream is the same endless pattern, so that a byte which is lost, doubled,
 * changed or out of order is told by its offset; nothing larger than one chunk is kept in memory.
 */
import type { Connection, TransportError } from '../../lib/transport.js';
import { first } from './arena.js';
import { ConformanceError, expect } from './subject.js';

/** The size of chunks that are sent where it does not matter. */
const CHUNK_BYTES = 64 * 1024;

/** A prime, so that no power of two goes into it and a shifted stream never looks right. */
const PERIOD = 65_521;
const pattern = Uint8Array.from({ length: PERIOD + CHUNK_BYTES }, (_, index) => Math.imul((index % PERIOD) + 1, 0x9e37_79b1) >>> 24);

/** The chunk that stands at an offset of the pattern; at most {@link CHUNK_BYTES}. */
export function chunkAt(offset: number, bytes: number): Uint8Array {
  const start = offset % PERIOD;
  return pattern.subarray(start, start + bytes);
}

/** How far a sender or a receiver has come. */
export interface Progress {
  bytes: number;
}

/** Sends so many bytes of the pattern and waits for drained$ whenever send() says false. */
export function sendPattern(
  connection: Connection,
  total: number,
  { chunkBytes = () => CHUNK_BYTES, sent = { bytes: 0 } }: { chunkBytes?: () => number; sent?: Progress } = {},
): Promise<void> {
  const send = async () => {
    while (sent.bytes < total) {
      const chunk = chunkAt(sent.bytes, Math.min(chunkBytes(), total - sent.bytes));
      sent.bytes += chunk.length;
      if (!connection.send(chunk)) await first(connection.drained$, 'drained$');
    }
  };
  return inBackground(send());
}

/** Sends, in one go, until send() says false, and returns how many bytes it took; no sender must be able to take `limit`. */
export function sendUntilFull(connection: Connection, offset: number, limit: number): number {
  let bytes = 0;
  for (let more = true; more; bytes += CHUNK_BYTES) {
    expect(bytes < limit, `send() took ${bytes} bytes in one go and never said false.`);
    more = connection.send(chunkAt(offset + bytes, CHUNK_BYTES));
  }
  return bytes;
}

/** How a receiving side ended. */
export interface Received {
  readonly bytes: number;
  /** Absent if the peer half-closed in order. */
  readonly error?: TransportError;
}

/** Receives until so many bytes of the pattern have come, or until the peer ends. Rejects at the first wrong byte. */
export function receivePattern(
  connection: Connection,
  total = Number.POSITIVE_INFINITY,
  progress: Progress = { bytes: 0 },
): Promise<Received> {
  const ended = new Promise<Received>((resolve, reject) => {
    connection.received$.subscribe({
      next: (chunk) => {
        const wrong = firstWrongByte(chunk, progress.bytes);
        progress.bytes += chunk.length;
        if (wrong >= 0) reject(new ConformanceError(`Byte ${wrong} is not the one that was sent there.`));
        else if (progress.bytes > total) reject(new ConformanceError(`${progress.bytes} bytes came, but only ${total} were sent.`));
        else if (progress.bytes === total) resolve(progress);
      },
      error: (error: TransportError) => resolve({ ...progress, error }),
      complete: () => resolve(progress),
    });
  });
  return inBackground(ended);
}

/** Receives so many bytes and keeps them, each chunk as it came and as it looked then. */
export function receiveAndKeep(connection: Connection, total: number): Promise<{ chunk: Uint8Array; copy: Uint8Array }[]> {
  const kept: { chunk: Uint8Array; copy: Uint8Array }[] = [];
  let bytes = 0;
  const all = new Promise<typeof kept>((resolve, reject) => {
    connection.received$.subscribe({
      next: (chunk) => {
        kept.push({ chunk, copy: chunk.slice() });
        bytes += chunk.length;
        if (bytes >= total) resolve(kept);
      },
      error: reject,
      complete: () => reject(new ConformanceError(`${bytes} of ${total} bytes came, then the peer ended.`)),
    });
  });
  return inBackground(all);
}

/** Sends a pattern through a connection whose other end echoes, and checks what comes back. */
export function roundTrip(connection: Connection, total: number, chunkBytes?: () => number): Promise<void> {
  const there = async () => {
    const back = receivePattern(connection, total);
    await Promise.all([sendPattern(connection, total, chunkBytes && { chunkBytes }), back]);
    const { bytes, error } = await back;
    expect(bytes === total, `${bytes} of ${total} bytes came back${error ? `, then: ${error.message}` : ', then the peer ended.'}`);
  };
  return inBackground(there());
}

/** Sends back whatever comes, with backpressure, and ends when the peer does. */
export function echo(connection: Connection): void {
  const drained = connection.drained$.subscribe(() => connection.resume());
  connection.received$.subscribe({
    next: (chunk) => {
      if (!connection.send(chunk)) connection.pause();
    },
    complete: () => void connection.end(),
    error: () => drained.unsubscribe(),
  });
}

/** True if two pieces are equal byte by byte. */
export function same(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** A promise that is looked at later, or never if the case fails before. */
export function inBackground<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

function firstWrongByte(chunk: Uint8Array, offset: number): number {
  let expected = offset % PERIOD;
  for (let index = 0; index < chunk.length; index += 1) {
    if (chunk[index] !== pattern[expected]) return offset + index;
    expected += 1;
    if (expected === PERIOD) expected = 0;
  }
  return -1;
}
