/*
 * Transports that do something to the bytes.
 */
import { map } from 'rxjs';
import type { Broken } from './broken.js';

/** Counts calls, for breaks that wait for their moment. */
function counter(): () => number {
  let calls = 0;
  return () => ++calls;
}

let cached: Uint8Array | undefined;

export const brokenBytes: readonly Broken[] = [
  {
    what: 'loses every 1,000th chunk',
    break: {
      connection(inner) {
        const call = counter();
        return { send: (chunk) => (call() % 1000 === 0 ? true : inner.send(chunk)) };
      },
    },
    fails: ['keeps the order of 10,000 chunks of uneven size'],
  },
  {
    what: 'swaps two chunks far down',
    break: {
      connection(inner) {
        const call = counter();
        let held: Uint8Array | undefined;
        if (!inner.local.includes('#')) return {}; // only the dialler: what comes back would be swapped back
        return {
          send(chunk) {
            if (call() === 5000) {
              held = chunk;
              return true;
            }
            const more = inner.send(chunk);
            if (!held) return more;
            chunk = held;
            held = undefined;
            return inner.send(chunk);
          },
        };
      },
    },
    fails: ['keeps the order of 10,000 chunks of uneven size'],
  },
  {
    what: 'changes the 501st byte',
    break: {
      connection(inner) {
        let bytes = 0;
        if (!inner.local.includes('#')) return {}; // only the dialler: an echo would set it right again
        const spoil = (chunk: Uint8Array) => {
          const at = 500 - bytes;
          bytes += chunk.length;
          if (at < 0 || at >= chunk.length) return chunk;
          const copy = chunk.slice();
          copy[at] = (copy[at] ?? 0) ^ 1;
          return copy;
        };
        return { received$: inner.received$.pipe(map(spoil)) };
      },
    },
    fails: [
      'a signal that fires once the connection is open changes nothing',
      'listening twice at one address is refused as in use, and the first goes on',
      'an address is free again once its listener has closed',
      'connections$ keeps those who arrive for its one subscriber, in order, with what they sent',
      'close() completes connections$, refuses who comes then, may be called again, and leaves open connections open',
      'echoes 1000 bytes unchanged',
      'echoes 65537 bytes unchanged',
      'echoes 1 MiB unchanged',
      'echoes 2 MiB unchanged',
      'keeps the order of 10,000 chunks of uneven size',
      'carries both directions at once',
      'half-close by the dialler leaves the other direction open',
      'the one who was dialled reads nothing before received$ has a subscriber',
      'the dialler reads nothing before received$ has a subscriber',
      'pause() stops the sender with bounded memory, resume() lets it go on',
      'the end, too, waits for resume()',
      'taps see every event of an orderly connection',
      'carries 200 connections at once',
    ],
  },
  {
    what: 'holds a single byte back until more comes',
    break: {
      connection(inner) {
        return { send: (chunk) => (chunk.length === 1 ? true : inner.send(chunk)) };
      },
    },
    stalls: true,
    fails: [
      'echoes 1 byte unchanged',
      'echoes 65537 bytes unchanged',
      'keeps the order of 10,000 chunks of uneven size',
      'send() after end(), abort() or the close throws closed',
      'the peer sees an abort by the dialler as the transport declares',
      'the peer sees an abort by the listener as the transport declares',
      'nothing comes between pause() and resume(), even when pause() is called while a chunk is handed over',
    ],
  },
  {
    what: 'loses what goes beyond a mebibyte',
    break: {
      connection(inner) {
        let bytes = 0;
        return {
          send(chunk) {
            bytes += chunk.length;
            return bytes > 1024 * 1024 ? true : inner.send(chunk);
          },
        };
      },
    },
    stalls: true,
    fails: [
      'echoes 2 MiB unchanged',
      'carries both directions at once',
      'end() sends first what is queued',
      'drained$ comes after each false of send()',
    ],
  },
  {
    what: 'writes into the chunk that it was given',
    break: {
      connection(inner) {
        return {
          send(chunk) {
            const more = inner.send(chunk.slice());
            if (chunk.byteLength === chunk.buffer.byteLength) chunk.fill(0);
            return more;
          },
        };
      },
    },
    fails: ['does not change a chunk after it was handed over'],
  },
  {
    what: 'hands every chunk over in the same memory',
    break: {
      connection(inner) {
        const memory = new Uint8Array(64 * 1024);
        const reuse = (chunk: Uint8Array) => {
          memory.set(chunk);
          return memory.subarray(0, chunk.length);
        };
        return { received$: inner.received$.pipe(map(reuse)) };
      },
    },
    fails: [
      'a signal that fires once the connection is open changes nothing',
      'echoes 65537 bytes unchanged',
      'echoes 1 MiB unchanged',
      'echoes 2 MiB unchanged',
      'keeps the order of 10,000 chunks of uneven size',
      'does not change a chunk after it was handed over',
      'the one who was dialled reads nothing before received$ has a subscriber',
      'the dialler reads nothing before received$ has a subscriber',
      'pause() stops the sender with bounded memory, resume() lets it go on',
      'the end, too, waits for resume()',
      'taps see every event of an orderly connection',
    ],
  },
  {
    what: 'takes a chunk of 100 bytes for the one before it',
    break: {
      connection(inner) {
        return {
          send(chunk) {
            if (chunk.length !== 100) return inner.send(chunk);
            cached ??= chunk;
            return inner.send(cached);
          },
        };
      },
    },
    fails: ['carries one chunk to many peers, between others'],
  },
  {
    what: 'takes an empty chunk for the end',
    break: {
      connection(inner) {
        return {
          send(chunk) {
            if (chunk.length > 0) return inner.send(chunk);
            void inner.end();
            return true;
          },
        };
      },
    },
    fails: ['takes an empty chunk without harm'],
  },
];
