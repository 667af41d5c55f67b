/*
 * What a proxy is told and what it tells. It knows nothing of traces: whoever observes it makes one of what it sees.
 */
import type { Clock } from '../../lib/clock.js';
import type { Tap } from '../../lib/trace.js';
import type { Address } from '../../lib/transport.js';
import type { Fate, Faults, LinkSide, Passing } from '../../transports/link/index.js';

/** What a proxy shows to whoever observes it; a recorder's tap (tracer/record) is one. */
export interface ProxyObserver extends Tap {
  /** The tap for a connection that the proxy dials to continue one that it has accepted. */
  leg(accepted: string): Tap;
  /** The observer of the datagrams of one client. */
  relay(legs: Readonly<Record<LinkSide, { readonly local: Address; readonly remote: Address }>>): RelayObserver;
}

/** Sees the datagrams between one client's socket and the server. */
export interface RelayObserver {
  /** A datagram of this side's came. */
  received(from: LinkSide, datagram: Uint8Array, atMs: number): void;
  /** It was passed on to the other side, or what became of it. */
  sent(from: LinkSide, datagram: Uint8Array, atMs: number, fate?: Fate): void;
}

/** How a proxy is set up. */
export interface ProxyOptions {
  /** Where it listens. A `text+` in front says what the bytes are, and changes nothing here. */
  readonly listen: Address;
  /** Where it carries everything. */
  readonly to: Address;
  /** A bad network on the way, in both directions. Streams can be slow and nothing worse. */
  readonly faults?: Faults | undefined;
  /** Gets each datagram instead of the way ahead, and says when it goes on (holder.ts). Datagrams only. Default: nobody does. */
  readonly hold?: ((packet: Passing) => void) | undefined;
  /** Sees both legs of everything. */
  readonly observer?: ProxyObserver | undefined;
  /** Told of what a person should know, a sentence each: the target is down, too many clients. */
  readonly notice?: ((sentence: string) => void) | undefined;
  /** Connections, or clients over UDP, at once; more are turned away. Default 1,024. */
  readonly maxClients?: number;
  /** A UDP client that has been silent for so long, both ways, is forgotten. Default 120,000. */
  readonly idleMs?: number;
  /** Time. Default: the machine's. */
  readonly clock?: Clock;
}

/** A proxy that runs. */
export interface RunningProxy {
  /** Where it listens: port 0 has become the real one. */
  readonly address: Address;
  /** How many connections, or clients over UDP, it carries just now. */
  readonly clients: number;
  /** Resolves when it ended: it was closed, or its own socket broke; then with the error. */
  readonly ended: Promise<Error | undefined>;
  /** Drops every connection and stops. */
  close(): Promise<void>;
}
