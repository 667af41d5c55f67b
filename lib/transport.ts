/*
 * The contract that transports meet: a transport dials and listens, and what comes of either is a
 * Connection, a reliable and ordered stream of bytes both ways. Nothing here knows sockets; the
 * conformance suite (chatwire/conformance) holds every transport to each sentence of this file.
 */
import type { Observable } from 'rxjs';
import type { Address } from './address.js';
import type { Clock } from './clock.js';
import type { Tap } from './trace.js';
import { type Side, TransportError } from './transport-error.js';

export type { Address, CodecName, HostPort, ParsedAddress } from './address.js';
export { formatHostPort, parseAddress, parseHostPort } from './address.js';
export { type Side, TransportError, type TransportErrorCode } from './transport-error.js';

/** A way to carry bytes, found by the scheme of an address. */
export interface Transport {
  /** The scheme of its addresses: `tcp`, `unix`, `udp`, `memory`, ... */
  readonly scheme: string;
  /**
   * What the peer sees of an abort(): a reset, or no more than an end. A Unix socket cannot show a
   * reset once everything was read, so the chat tells an orderly end by its own BYE.
   */
  readonly reset: 'signalled' | 'looks-like-end';
  /**
   * Opens a connection. Rejects with a {@link TransportError}: `refused`, `unreachable`, `timeout`,
   * `unsupported` (bad address), or `aborted` when the signal fires before it is open; a signal that
   * fires later changes nothing.
   */
  dial(address: Address, options?: DialOptions): Promise<Connection>;
  /**
   * Listens; port 0 is resolved in the listener's address. Rejects with `address-in-use`,
   * `unreachable` (no such interface, or not permitted) or `unsupported`. Absent in a browser.
   */
  listen?(address: Address, options?: ListenOptions): Promise<Listener>;
}

/** What may be said when dialling. */
export interface DialOptions {
  /** Gives up the attempt when it fires. */
  readonly signal?: AbortSignal;
  /** Sees every event of the connection. */
  readonly tap?: Tap | undefined;
  /** Time, for the transports that keep timers of their own. Default: the machine's. */
  readonly clock?: Clock;
}

/** What may be said when listening. */
export interface ListenOptions {
  /** Sees every event of every connection of this listener. */
  readonly tap?: Tap | undefined;
  /** Time, for the transports that keep timers of their own. Default: the machine's. */
  readonly clock?: Clock;
  /** How many connections may wait to be accepted, in the transports that have such a queue. Default 1,024. */
  readonly backlog?: number;
}

/** A place where connections arrive. */
export interface Listener {
  /** The address as resolved: port 0 has become the real one. */
  readonly address: Address;
  /**
   * The connections that arrive, for one subscriber; those that come before it are kept for it.
   * Completes at close(); errors if the listening itself breaks.
   */
  readonly connections$: Observable<Connection>;
  /** Stops listening; connections that are open stay open. May be called again. */
  close(): Promise<void>;
}

/**
 * A reliable, ordered stream of bytes to one peer and back; where one chunk ends and the next begins
 * means nothing. A chunk is never changed after it was handed over, by either side.
 */
export interface Connection {
  /** Names this connection in logs and traces; unique in the process. */
  readonly id: string;
  readonly local: Address;
  readonly remote: Address;
  /**
   * What the peer sends, for one subscriber at a time; nothing is read before it comes, or once it has
   * left. Completes at the peer's half-close, which like a chunk does not come while paused; errors with
   * a {@link TransportError} at a reset or abort. A second subscriber beside the first gets `unsupported`.
   */
  readonly received$: Observable<Uint8Array>;
  /** Tells each time that a full buffer has emptied, so that sending may go on; completes at close. */
  readonly drained$: Observable<void>;
  /** Bytes that were taken by send() and have not yet left this process. */
  readonly bufferedBytes: number;
  /**
   * Queues a chunk. False: the buffer is over its high-water mark, wait for `drained$` before
   * sending more (this chunk is taken all the same).
   * @throws {TransportError} `closed` after end(), abort() or close.
   */
  send(chunk: Uint8Array): boolean;
  /** Stops reading: once small buffers are full, the peer cannot send either. */
  pause(): void;
  /** Reads again. */
  resume(): void;
  /** Half-close: sends what is queued, then says that no more comes. Resolves when the transport has taken it all, or the connection broke first (`closed` says why); never rejects. May be called again. */
  end(): Promise<void>;
  /** Drops everything now, in both directions; received$ and `closed` tell of it after this has returned. May be called again. */
  abort(error?: TransportError): void;
  /** Resolves when both directions are done; says who ended it and why. Never rejects. */
  readonly closed: Promise<CloseInfo>;
}

/** How a connection ended. */
export interface CloseInfo {
  /** Who ended it: for an orderly end, who half-closed first. */
  readonly by: Side;
  /** Absent if both sides ended in order. */
  readonly error?: TransportError;
}

/**
 * The transport of a scheme.
 * @throws {TransportError} `unsupported`, naming those that there are.
 */
export function transportFor(transports: readonly Transport[], scheme: string): Transport {
  const found = transports.find((transport) => transport.scheme === scheme);
  if (found) return found;
  const known = transports.map((transport) => `${transport.scheme}:`).join(', ');
  throw new TransportError('unsupported', `There is no transport "${scheme}:" here; there is ${known}.`);
}
