/*
 * Transports that dial or listen wrongly.
 */
import { map, type Observable, ReplaySubject, Subject, share } from 'rxjs';
import { type Connection, TransportError } from '../../../lib/transport.js';
import { changed } from './breaking.js';
import type { Broken } from './broken.js';

export const brokenOpening: readonly Broken[] = [
  {
    what: 'fails to dial with an untyped error',
    break: {
      transport: (inner) => ({
        dial: (address, options) =>
          inner.dial(address, options).catch((cause: unknown) => {
            if (cause instanceof TransportError && cause.code === 'refused') throw new Error('connect ECONNREFUSED');
            throw cause;
          }),
      }),
    },
    fails: [
      'dial is refused where nobody listens',
      'close() completes connections$, refuses who comes then, may be called again, and leaves open connections open',
    ],
  },
  {
    what: 'calls an address that it cannot read unreachable',
    break: {
      transport: (inner) => ({
        dial: (address, options) =>
          inner.dial(address, options).catch((cause: unknown) => {
            if (cause instanceof TransportError && cause.code === 'unsupported')
              throw new TransportError('unreachable', 'It is not there.');
            throw cause;
          }),
      }),
    },
    fails: ['dial and listen say of an address that they cannot read it'],
  },
  {
    what: 'does not look whether the signal has fired already',
    break: {
      transport: (inner) => ({
        dial: (address, { signal, ...rest } = {}) => inner.dial(address, signal?.aborted || !signal ? rest : { ...rest, signal }),
      }),
    },
    fails: ['a dial whose signal has fired before is not begun'],
  },
  {
    what: 'does not give up when the signal fires',
    break: {
      transport: (inner) => ({
        dial: (address, { signal, ...rest } = {}) => inner.dial(address, signal?.aborted ? { ...rest, signal } : rest),
      }),
    },
    fails: ['a dial whose signal fires is given up, and leaves no open connection behind'],
  },
  {
    what: 'drops an open connection when the signal fires',
    break: {
      transport: (inner) => ({
        async dial(address, options) {
          const connection = await inner.dial(address, options);
          options?.signal?.addEventListener('abort', () => connection.abort());
          return connection;
        },
      }),
    },
    fails: ['a signal that fires once the connection is open changes nothing'],
  },
  {
    what: 'lets two listen at one address',
    break: {
      transport: (inner) => ({
        listen: (address, options) => inner.listen!(address, options).catch(() => inner.listen!(`${address}-too`, options)),
      }),
    },
    fails: ['listening twice at one address is refused as in use, and the first goes on'],
  },
  {
    what: 'goes on listening after close()',
    break: { listener: () => ({ close: () => Promise.resolve() }) },
    fails: [
      'dial is refused where nobody listens',
      'an address is free again once its listener has closed',
      'close() completes connections$, refuses who comes then, may be called again, and leaves open connections open',
      'taps see each drained, and a dial that fails',
    ],
  },
  {
    what: 'loses those who arrive before anybody looks',
    break: {
      listener(inner) {
        const arriving = new Subject<Connection>();
        inner.connections$.subscribe(arriving);
        return { connections$: arriving };
      },
    },
    fails: ['connections$ keeps those who arrive for its one subscriber, in order, with what they sent'],
  },
  {
    what: 'hands every arrival to everybody',
    break: {
      listener: (inner) => ({ connections$: inner.connections$.pipe(share({ connector: () => new ReplaySubject() })) }),
    },
    fails: ['connections$ keeps those who arrive for its one subscriber, in order, with what they sent'],
  },
  {
    what: 'drops the open connections when it stops listening',
    break: {
      listener(inner) {
        const open: Connection[] = [];
        const remember = (connection: Connection) => {
          open.push(connection);
          return connection;
        };
        return {
          connections$: inner.connections$.pipe(map(remember)),
          close() {
            for (const connection of open) connection.abort();
            return inner.close();
          },
        };
      },
    },
    fails: ['close() completes connections$, refuses who comes then, may be called again, and leaves open connections open'],
  },
  {
    what: 'calls every connection the same',
    break: { connection: () => ({ id: 'connection' }) },
    fails: [
      'both ends name themselves: ids are unique, the addresses are those of the transport',
      'taps see every event of an orderly connection',
      'carries 200 connections at once',
    ],
  },
  {
    what: 'has room for 100 connections',
    break: {
      listener(inner) {
        let count = 0;
        const limited: Observable<Connection> = inner.connections$.pipe(
          map((connection) => {
            count += 1;
            if (count > 100) connection.abort();
            return connection;
          }),
        );
        return { connections$: limited };
      },
    },
    fails: ['carries 200 connections at once'],
  },
  {
    what: 'keeps a timer for each connection',
    break: {
      transport: (inner) => ({
        async dial(address, options) {
          const connection = await inner.dial(address, options);
          const timer = setInterval(() => undefined, 1000).unref();
          leaked.push(timer);
          return changed(connection, {});
        },
      }),
    },
    resources: () => new Map([['Timeout', leaked.length]]),
    fails: ['leaves nothing behind: no handle, no timer, after every kind of end'],
  },
];

/** Timers that a broken transport leaves; the test clears them. */
export const leaked: NodeJS.Timeout[] = [];
