/*
 * What the taps see of a socket's datagrams: when, which way, between whom, of which connection, and what the link did
 * to them. The datagram that makes a connection waits for that to have a name.
 */
import type { DatagramTapEvent, Tap } from '../../../lib/trace.js';
import type { Address } from '../../../lib/transport.js';
import type { LinkFate } from '../../link/index.js';
import type { ConnectionMachine } from '../engine/connection.js';
import type { Transmit } from '../engine/endpoint.js';
import { destinationIn } from '../wire/decode.js';
import { written } from './sockets.js';

/** A connection, as its datagrams are shown. */
export interface Watched {
  /** Its name in traces. */
  readonly id: string;
  /** Who watches it. */
  readonly tap: Tap | undefined;
}

/** So many watched connections that are gone are remembered, since datagrams may come late. */
const FORMER_KEPT = 64;

/** What is shown of datagrams, and of whose. */
export interface DatagramTapsParts {
  /** A listener's tap: sees all datagrams of the socket, those of no connection, too. */
  readonly tap: Tap | undefined;
  /** This end's address. */
  readonly local: Address;
  /** The peer of a connected socket, as the engine's address. */
  readonly peer: string | undefined;
  readonly connections: ReadonlyMap<ConnectionMachine, Watched>;
}

/** The taps of one socket. */
export class DatagramTaps {
  readonly #parts: DatagramTapsParts;
  /** At a socket that dials: who watched the connections that are gone, by their IDs, for what comes late. */
  readonly #former = new Map<number, Watched>();
  /** Whether anybody watches; if not, nothing here is called. */
  isWatched: boolean;
  /** The datagram that is being handled and nobody was shown yet. */
  #arriving: Omit<DatagramTapEvent, 'connection' | 'client'> | undefined;

  constructor(parts: DatagramTapsParts) {
    this.#parts = parts;
    this.isWatched = parts.tap !== undefined;
  }

  /** Shows a datagram that was sent, and, if the link spoiled it, how it went out. */
  sent(
    { to, datagram, connection: machine, again }: Transmit,
    fate: LinkFate | undefined,
    spoiled: Uint8Array | undefined,
    now: number,
  ): void {
    const watched = machine && this.#parts.connections.get(machine);
    const late = machine ? undefined : this.#lateIn(datagram);
    const tap = this.#parts.tap ?? watched?.tap ?? late?.tap;
    tap?.event({
      ...{ layer: 'datagram', at: now, direction: 'sent', bytes: datagram },
      ...this.#between(to),
      ...(watched && { connection: watched.id }),
      ...(machine && { client: this.#clientOf(machine) }),
      ...late?.whose,
      ...(fate && { fate }),
      ...(fate === 'corrupted' && spoiled && { spoiled }),
      ...(again && { again }),
    });
  }

  /** Shows a datagram that came. True: it makes a connection, and {@link named} is to be called before the next. */
  received(handled: ConnectionMachine | 'malformed' | undefined, datagram: Uint8Array, from: string, now: number): boolean {
    const machine = handled === 'malformed' ? undefined : handled;
    const watched = machine && this.#parts.connections.get(machine);
    const late = handled ? undefined : this.#lateIn(datagram);
    const tap = this.#parts.tap ?? watched?.tap ?? late?.tap;
    if (!tap) return false;
    const seen = { layer: 'datagram', at: now, direction: 'received', bytes: datagram, ...this.#between(from) } as const;
    if (machine && !watched) {
      this.#arriving = seen;
      return true;
    }
    if (watched) tap.event({ ...seen, connection: watched.id, client: this.#clientOf(machine) });
    else tap.event(handled === 'malformed' ? { ...seen, fate: 'malformed' } : { ...seen, ...late?.whose });
    return false;
  }

  /** Shows the datagram that made a connection, now that this has a name. */
  named(machine: ConnectionMachine, id: string): void {
    const arriving = this.#arriving;
    this.#arriving = undefined;
    if (arriving) this.#parts.tap?.event({ ...arriving, connection: id, client: this.#clientOf(machine) });
  }

  /** The connection was not to be: nobody is shown what would have made it. */
  forgetArrival(): void {
    this.#arriving = undefined;
  }

  /** A connection is gone: who watched it sees what still comes for it, and what answers that. */
  gone(machine: ConnectionMachine): void {
    const watched = this.#parts.connections.get(machine);
    if (this.#parts.peer === undefined || !watched?.tap) return; // a listener's tap sees everything anyway
    this.#former.set(machine.id, { id: watched.id, tap: watched.tap });
    const [oldest] = this.#former.keys();
    if (this.#former.size > FORMER_KEPT && oldest !== undefined) this.#former.delete(oldest);
  }

  /** Whose datagram it is that is for a connection that is gone, or answers for one. */
  #lateIn(
    datagram: Uint8Array,
  ): { readonly tap: Tap | undefined; readonly whose: Pick<DatagramTapEvent, 'connection' | 'client'> } | undefined {
    if (this.#former.size === 0) return undefined;
    const client = destinationIn(datagram);
    const former = this.#former.get(client);
    return former && { tap: former.tap, whose: { connection: former.id, client } };
  }

  #between(other: string): { readonly local: string; readonly remote: string } {
    const cut = other.lastIndexOf('|');
    return { local: this.#parts.local, remote: written(other.slice(0, cut), Number(other.slice(cut + 1))) };
  }

  /** The client's ID of a connection: at the end that dialled its own, at the other the peer's. */
  #clientOf(machine: ConnectionMachine): number {
    return this.#parts.peer === undefined ? machine.peerId : machine.id;
  }
}
