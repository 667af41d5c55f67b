/*
 * Transports without, or with wrong, flow control.
 */
import { filter, NEVER, Observable, ReplaySubject } from 'rxjs';
import type { Broken } from './broken.js';

export const brokenPressure: readonly Broken[] = [
  {
    what: 'reads before anybody listens',
    break: {
      connection(inner) {
        const everything = new ReplaySubject<Uint8Array>();
        inner.received$.subscribe(everything);
        return { received$: everything };
      },
    },
    stalls: true,
    fails: [
      'the one who was dialled reads nothing before received$ has a subscriber',
      'the dialler reads nothing before received$ has a subscriber',
      'received$ turns a second subscriber away and serves the first',
    ],
  },
  {
    what: 'does not pause',
    break: { connection: () => ({ pause: () => undefined, resume: () => undefined }) },
    fails: [
      'pause() stops the sender with bounded memory, resume() lets it go on',
      'nothing comes between pause() and resume(), even when pause() is called while a chunk is handed over',
      'the end, too, waits for resume()',
      'taps see every event of an orderly connection',
    ],
  },
  {
    what: 'pauses a turn late',
    break: {
      connection(inner) {
        return { pause: () => void setImmediate(() => inner.pause()), resume: () => void setImmediate(() => inner.resume()) };
      },
    },
    fails: [
      'nothing comes between pause() and resume(), even when pause() is called while a chunk is handed over',
      'taps see every event of an orderly connection',
    ],
  },
  {
    what: 'does not resume',
    break: { connection: () => ({ resume: () => undefined }) },
    stalls: true,
    fails: [
      'a signal that fires once the connection is open changes nothing',
      'echoes 65537 bytes unchanged',
      'echoes 1 MiB unchanged',
      'echoes 2 MiB unchanged',
      'keeps the order of 10,000 chunks of uneven size',
      'the one who was dialled reads nothing before received$ has a subscriber',
      'the dialler reads nothing before received$ has a subscriber',
      'pause() stops the sender with bounded memory, resume() lets it go on',
      'nothing comes between pause() and resume(), even when pause() is called while a chunk is handed over',
      'the end, too, waits for resume()',
      'taps see every event of an orderly connection',
    ],
  },
  {
    what: 'never says that its buffer is full',
    break: {
      connection(inner) {
        return {
          send(chunk) {
            inner.send(chunk);
            return true;
          },
        };
      },
    },
    fails: [
      'the one who was dialled reads nothing before received$ has a subscriber',
      'the dialler reads nothing before received$ has a subscriber',
      'pause() stops the sender with bounded memory, resume() lets it go on',
      'drained$ comes after each false of send()',
      'taps see each drained, and a dial that fails',
    ],
  },
  {
    what: 'never says that its buffer is empty again',
    break: { connection: () => ({ drained$: NEVER }) },
    stalls: true,
    fails: [
      'a signal that fires once the connection is open changes nothing',
      'echoes 65537 bytes unchanged',
      'echoes 1 MiB unchanged',
      'echoes 2 MiB unchanged',
      'keeps the order of 10,000 chunks of uneven size',
      'carries both directions at once',
      'does not change a chunk after it was handed over',
      'half-close by the dialler leaves the other direction open',
      'half-close by the listener leaves the other direction open',
      'both streams complete at the close, also for those who come later',
      'the one who was dialled reads nothing before received$ has a subscriber',
      'the dialler reads nothing before received$ has a subscriber',
      'pause() stops the sender with bounded memory, resume() lets it go on',
      'nothing comes between pause() and resume(), even when pause() is called while a chunk is handed over',
      'the end, too, waits for resume()',
      'drained$ comes after each false of send()',
      'taps see each drained, and a dial that fails',
    ],
  },
  {
    what: 'says only every other time that its buffer is empty again',
    break: {
      connection(inner) {
        return { drained$: inner.drained$.pipe(filter(every(2))) };
      },
    },
    stalls: true,
    fails: [
      'a signal that fires once the connection is open changes nothing',
      'echoes 65537 bytes unchanged',
      'echoes 1 MiB unchanged',
      'echoes 2 MiB unchanged',
      'keeps the order of 10,000 chunks of uneven size',
      'carries both directions at once',
      'does not change a chunk after it was handed over',
      'half-close by the dialler leaves the other direction open',
      'half-close by the listener leaves the other direction open',
      'the one who was dialled reads nothing before received$ has a subscriber',
      'the dialler reads nothing before received$ has a subscriber',
      'pause() stops the sender with bounded memory, resume() lets it go on',
      'nothing comes between pause() and resume(), even when pause() is called while a chunk is handed over',
      'the end, too, waits for resume()',
      'drained$ comes after each false of send()',
      'taps see each drained, and a dial that fails',
    ],
  },
  {
    what: 'says that nothing is unsent',
    break: { connection: () => ({ bufferedBytes: 0 }) },
    fails: [
      'the one who was dialled reads nothing before received$ has a subscriber',
      'the dialler reads nothing before received$ has a subscriber',
      'pause() stops the sender with bounded memory, resume() lets it go on',
    ],
  },
  {
    what: 'gives what is received to the latest who asks',
    break: {
      connection(inner) {
        const everything = new ReplaySubject<Uint8Array>(1);
        let asked = 0;
        return {
          received$: new Observable((subscriber) => {
            asked += 1;
            if (asked === 1) inner.received$.subscribe(everything);
            return everything.subscribe(subscriber);
          }),
        };
      },
    },
    stalls: true,
    fails: ['received$ turns a second subscriber away and serves the first'],
  },
];

/** Lets every nth through. */
function every(nth: number): () => boolean {
  let calls = 0;
  return () => ++calls % nth === 0;
}
