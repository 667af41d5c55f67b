/*
 * An observer that keeps what a proxy shows it.
 */
import type { TransportTapEvent } from '../../../lib/index.js';
import type { ProxyObserver } from '../../../tracer/proxy/index.js';
import type { LinkSide } from '../../../transports/link/index.js';

/** A datagram at one of the proxy's sockets. */
export interface SeenDatagram {
  /** Which leg it was on. */
  readonly leg: LinkSide;
  readonly direction: 'received' | 'sent';
  readonly bytes: Uint8Array;
  readonly fate?: string | undefined;
}

/** What was seen. */
export interface Seen extends ProxyObserver {
  readonly streams: TransportTapEvent[];
  /** The legs that were dialled, and the connection that each continues. */
  readonly legs: { readonly dialled: string; readonly accepted: string }[];
  readonly datagrams: SeenDatagram[];
}

/** Begins to observe. */
export function observer(): Seen {
  const [streams, legs, datagrams]: [Seen['streams'], Seen['legs'], Seen['datagrams']] = [[], [], []];
  const other = (side: LinkSide) => (side === 'client' ? 'server' : 'client');
  const take: Seen['event'] = (event) => event.layer === 'transport' && streams.push(event);
  return {
    ...{ streams, legs, datagrams },
    event: take,
    leg: (accepted) => ({
      event(event) {
        if (event.layer === 'transport' && event.what.name === 'open') legs.push({ dialled: event.connection, accepted });
        take(event);
      },
    }),
    relay: () => ({
      received: (from, bytes) => datagrams.push({ leg: from, direction: 'received', bytes }),
      sent: (from, bytes, _at, what) => datagrams.push({ leg: other(from), direction: 'sent', bytes, fate: what?.fate }),
    }),
  };
}
