/*
 * What the system says about a UDP socket, sorted by what is to be done: wait, send less, or give up. The sentences are
 * those of transports/stream.
 */
import { type Address, TransportError } from '../../../lib/transport.js';
import { type Doing, explain } from '../../stream/errors.js';
import { PORT_SENTENCES } from '../../stream/port-sentences.js';
import type { Closed } from '../engine/connection.js';

/** A complaint of the system. */
export interface SocketTrouble {
  readonly kind:
    | 'refused' // the peer's machine says that nobody listens there
    | 'unreachable' // no way there: an interface or a route is gone, or a firewall stands between
    | 'too-large' // the datagram is too large for the way
    | 'full' // the system has no room for it now
    | 'broken'; // the socket is of no use any more
  readonly cause: unknown;
}

const KINDS: Readonly<Record<string, SocketTrouble['kind']>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'refused', // Windows
  EHOSTUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  ENONET: 'unreachable',
  ENODEV: 'unreachable',
  ENXIO: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  EINVAL: 'unreachable', // Linux, for a source address whose interface has gone
  EPROTO: 'unreachable',
  EMSGSIZE: 'too-large',
  ENOBUFS: 'full',
  ENOMEM: 'full',
  EAGAIN: 'full',
  EWOULDBLOCK: 'full',
  EINTR: 'full',
};

/** Sorts a complaint. */
export function troubleOf(cause: unknown): SocketTrouble {
  const code = (cause as { code?: unknown } | undefined)?.code;
  return { kind: (typeof code === 'string' ? KINDS[code] : undefined) ?? 'broken', cause };
}

/** Explains what the system said, as transports/stream does. */
export function explainUdp(doing: Doing, address: Address, cause: unknown): TransportError {
  return explain(doing, address, cause, PORT_SENTENCES);
}

/** The error of a connection that ended out of order; nothing if it was in order. */
export function errorOf(
  { why, by, text }: Closed,
  address: Address,
  doing: Doing,
  trouble: SocketTrouble | undefined,
): TransportError | undefined {
  const cause = trouble?.cause;
  switch (why) {
    case 'done':
      return undefined;
    case 'refused':
      if (trouble?.kind === 'unreachable') return explainUdp(doing, address, cause);
      return new TransportError('refused', `Nobody listens at ${address}: start the server first, or check the address.`, { by, cause });
    case 'reset':
      return new TransportError('reset', `${address} dropped the connection.`, { by, cause });
    case 'aborted':
      return new TransportError('aborted', `The connection to ${address} was dropped here.`, { by });
    case 'timeout':
      if (doing === 'dial')
        return new TransportError(
          'timeout',
          `${address} did not answer in time: check the address, and whether a firewall stands between.`,
          { by, cause },
        );
      return new TransportError('timeout', `${address} no longer answers: its machine or the network between is gone.`, { by, cause });
    case 'protocol':
      return new TransportError('protocol', `The connection to ${address} was ended over a broken rule: ${text}.`, { by });
    case 'exhausted':
      return new TransportError('overflow', `The connection to ${address} has used up its numbers: connect again.`, { by });
  }
}
