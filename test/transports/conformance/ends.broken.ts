/*
 * Transports that end wrongly.
 */
import { Observable, type Subscriber, tap } from 'rxjs';
import { type CloseInfo, TransportError } from '../../../lib/transport.js';
import type { Broken } from './broken.js';

export const brokenEnds: readonly Broken[] = [
  {
    what: 'ends both directions when one ends',
    break: {
      connection(inner) {
        return { received$: inner.received$.pipe(tap({ complete: () => void inner.end() })) };
      },
    },
    fails: ['half-close by the dialler leaves the other direction open', 'half-close by the listener leaves the other direction open'],
  },
  {
    what: 'throws away what is queued when end() is called',
    break: {
      connection(inner) {
        return {
          end() {
            if (inner.bufferedBytes > 1024 * 1024) inner.abort();
            return inner.end();
          },
        };
      },
    },
    fails: ['end() sends first what is queued'],
  },
  {
    what: 'rejects a second end()',
    break: {
      connection(inner) {
        let ended = false;
        return {
          end() {
            if (ended) return Promise.reject(new TransportError('closed', 'It was ended already.'));
            ended = true;
            return inner.end();
          },
        };
      },
    },
    fails: [
      'end() may be called again, before and after the close',
      'send() after end(), abort() or the close throws closed',
      'abort() may be called again, after end() and after the close',
    ],
  },
  {
    what: 'ignores a send() that comes too late',
    break: {
      connection(inner) {
        return {
          send(chunk) {
            try {
              return inner.send(chunk);
            } catch {
              return false;
            }
          },
        };
      },
    },
    fails: ['send() after end(), abort() or the close throws closed'],
  },
  {
    what: 'says of every end that it was ours',
    break: {
      connection(inner) {
        return { closed: inner.closed.then((info): CloseInfo => ({ ...info, by: 'local' })) };
      },
    },
    fails: [
      'half-close by the dialler leaves the other direction open',
      'half-close by the listener leaves the other direction open',
      'the peer sees an abort by the dialler as the transport declares',
      'the peer sees an abort by the listener as the transport declares',
    ],
  },
  {
    what: 'is closed as soon as one direction is',
    break: {
      connection(inner) {
        let half: (info: CloseInfo) => void = () => undefined;
        const early = new Promise<CloseInfo>((resolve) => {
          half = resolve;
        });
        return {
          end() {
            half({ by: 'local' });
            return inner.end();
          },
          closed: Promise.race([early, inner.closed]),
        };
      },
    },
    fails: [
      'half-close by the dialler leaves the other direction open',
      'half-close by the listener leaves the other direction open',
      'abort() drops what is queued to a peer that does not read, and settles end()',
      'abort() may be called again, after end() and after the close',
    ],
  },
  {
    what: 'forgets those who subscribe after the close',
    break: {
      connection(inner) {
        let closed = false;
        void inner.closed.then(() => {
          closed = true;
        });
        return { received$: new Observable((subscriber) => (closed ? undefined : inner.received$.subscribe(subscriber))) };
      },
    },
    fails: ['both streams complete at the close, also for those who come later'],
  },
  {
    what: 'shows an abort as an orderly end',
    break: {
      connection(inner) {
        return { abort: (error) => void inner.end().then(() => setTimeout(() => inner.abort(error), 1000)) };
      },
    },
    stalls: true,
    fails: [
      'the peer sees an abort by the dialler as the transport declares',
      'the peer sees an abort by the listener as the transport declares',
      'abort() drops what is queued to a peer that does not read, and settles end()',
      'nothing is received after abort()',
    ],
  },
  {
    what: 'forgets the reason of an abort',
    break: {
      connection(inner) {
        return { abort: () => inner.abort() };
      },
    },
    fails: ['abort() tells this side its reason, after it has returned'],
  },
  {
    what: 'tells of an abort before it has returned',
    break: {
      connection(inner) {
        let receiver: Subscriber<Uint8Array> | undefined;
        return {
          received$: new Observable((subscriber) => {
            receiver = subscriber;
            inner.received$.subscribe(subscriber);
          }),
          abort(error) {
            receiver?.error(error);
            inner.abort(error);
          },
        };
      },
    },
    fails: ['abort() tells this side its reason, after it has returned'],
  },
  {
    what: 'waits with an abort until everything is sent',
    break: {
      connection(inner) {
        return {
          abort(error) {
            if (inner.bufferedBytes > 1024 * 1024) void inner.end().then(() => inner.abort(error));
            else inner.abort(error);
          },
        };
      },
    },
    fails: [],
  },
  {
    what: 'takes the reason of a second abort()',
    break: {
      connection(inner) {
        let last: TransportError | undefined;
        return {
          abort(error) {
            last = error ?? last;
            inner.abort(error);
          },
          get closed() {
            return inner.closed.then((info) => ({ ...info, ...(info.error && last && { error: last }) }));
          },
        };
      },
    },
    fails: ['abort() may be called again, after end() and after the close'],
  },
  {
    what: 'hands over what had come before an abort',
    break: {
      connection(inner) {
        let receiver: Subscriber<Uint8Array> | undefined;
        return {
          received$: new Observable((subscriber) => {
            receiver = subscriber;
            inner.received$.subscribe(subscriber);
          }),
          abort(error) {
            const last = receiver;
            receiver = undefined;
            last?.next(new Uint8Array(1));
            inner.abort(error);
          },
        };
      },
    },
    fails: ['nothing is received after abort()'],
  },
];
