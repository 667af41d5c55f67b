/*
 * One client of a datagram proxy: a socket of its own towards the server, opened when its first datagram comes, and
 * what is known of it.
 */
import type { Scheduled } from '../../lib/deadlines.js';
import type { Address } from '../../lib/transport.js';
import type { DatagramSocket, Place } from '../../transports/udp/driver/network.js';
import { localAddress, nodeNetwork, written } from '../../transports/udp/driver/sockets.js';
import type { RelayObserver } from './options.js';

/** So many datagrams wait for the socket to be opened; more are lost, as in a network that is full. */
const MAX_WAITING = 64;
/** What is asked of the system for each socket's buffers. */
const SOCKET_BUFFER_BYTES = 4 * 1024 * 1024;

/** What happens to a flow. */
export interface FlowEvents {
  /** The socket towards the server stands; this is its address. */
  opened(flow: Flow, local: Address): void;
  /** A datagram of the client's may go on its way, now that there is one. */
  asked(flow: Flow, datagram: Uint8Array, arrivedAt: number): void;
  /** A datagram came from the server. */
  answered(flow: Flow, datagram: Uint8Array): void;
  /** The system says that something is wrong on the way to the server. */
  troubled(flow: Flow, cause: unknown): void;
}

/** A client, and its way to the server. */
export class Flow implements Scheduled {
  readonly host: string;
  readonly port: number;
  readonly remote: Address;
  /** Who sees its datagrams. */
  observer: RelayObserver | undefined;
  scheduledAt = Number.POSITIVE_INFINITY;
  /** When something was last heard, from either end. */
  heardAt: number;
  /** The newest datagram for the server. */
  newest: Uint8Array | undefined;
  /** How often in a row nobody was there to take one. */
  refusals = 0;
  readonly #events: FlowEvents;
  #far: DatagramSocket | undefined;
  #waiting: { readonly datagram: Uint8Array; readonly arrivedAt: number }[] = [];
  #closed = false;

  constructor(client: { readonly host: string; readonly port: number }, target: Place, now: number, events: FlowEvents) {
    ({ host: this.host, port: this.port } = client);
    this.remote = written(client.host, client.port);
    this.heardAt = now;
    this.#events = events;
    nodeNetwork.connected(target).then(
      (socket) => this.#opened(socket),
      (cause: unknown) => events.troubled(this, cause),
    );
  }

  /** The client sent a datagram. */
  take(datagram: Uint8Array, arrivedAt: number): void {
    if (this.#far) this.#events.asked(this, datagram, arrivedAt);
    else if (this.#waiting.length < MAX_WAITING) this.#waiting.push({ datagram, arrivedAt });
  }

  /** Passes a datagram on to the server. */
  send(datagram: Uint8Array): void {
    if (this.#closed) return;
    this.newest = datagram;
    this.#far?.send(datagram, (cause) => cause && !this.#closed && this.#events.troubled(this, cause));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#waiting = [];
    this.#far?.close();
  }

  #opened(socket: DatagramSocket): void {
    const events = this.#events;
    if (this.#closed) {
      socket.close();
      return;
    }
    widen(socket);
    this.#far = socket;
    socket.on('message', (datagram) => events.answered(this, datagram));
    socket.on('error', (cause) => events.troubled(this, cause));
    events.opened(this, localAddress(socket));
    for (const { datagram, arrivedAt } of this.#waiting.splice(0)) events.asked(this, datagram, arrivedAt);
  }
}

/** Asks for large buffers; a system that gives less is taken as it is. */
export function widen(socket: DatagramSocket): void {
  try {
    socket.setRecvBufferSize(SOCKET_BUFFER_BYTES);
    socket.setSendBufferSize(SOCKET_BUFFER_BYTES);
  } catch {
    // as it is
  }
}
