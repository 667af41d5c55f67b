/*
 * A socket with an engine behind it: one socket and one timer for any number of connections. Datagrams that arrive in
 * a turn are all handled before anything is sent, and whatever was written in it goes in as few datagrams as hold it.
 */
import type { Clock, Timer } from '../../../lib/clock.js';
import type { Tap } from '../../../lib/trace.js';
import type { Address } from '../../../lib/transport.js';
import { Link, type LinkFate } from '../../link/index.js';
import type { ConnectionEvent, ConnectionMachine } from '../engine/connection.js';
import { EndpointMachine } from '../engine/endpoint.js';
import { namesIn } from '../wire/decode.js';
import { SAFE_DATAGRAM_BYTES } from '../wire/packets.js';
import { Complaints, type RefusedDatagram } from './complaints.js';
import { DatagramTaps, type Watched } from './datagram-taps.js';
import type { DatagramSocket } from './network.js';
import { BUFFER_PER_DATAGRAM, type DriverSettings } from './options.js';
import { primitives } from './primitives.js';
import type { SocketTrouble } from './trouble.js';

/** Who stands behind a machine, and is told what happens to it. */
export interface Resident extends Watched {
  /** Whether it is over for the application. */
  readonly isOver: boolean;
  take(event: ConnectionEvent): void;
  /** Tells that all was sent, if it was; false if not yet. */
  tellIfSent(): boolean;
  tellStats(): void;
  /** The socket broke. */
  breakOff(cause: unknown): void;
}

/** What a port is made of. */
export interface PortParts {
  /** Bound, or connected to its one peer. */
  readonly socket: DatagramSocket;
  /** This end's address. */
  readonly local: Address;
  /** The peer of a connected socket, as the engine's address. */
  readonly peer?: string;
  /** A listener's tap: sees all datagrams of the socket, those of no connection, too. */
  readonly tap?: Tap | undefined;
  readonly clock: Clock;
  readonly settings: DriverSettings;
  readonly mayAccept?: () => boolean;
  /** Wraps a connection that came. */
  readonly onAccepted?: (machine: ConnectionMachine) => void;
  /** The socket itself broke. */
  readonly onBroken?: (cause: unknown) => void;
  readonly onClosed?: () => void;
}

/** A socket, its engine and its timer. */
export class Port {
  readonly clock: Clock;
  readonly endpoint: EndpointMachine;
  /** Resolves when the socket is closed. */
  readonly closed: Promise<void>;
  readonly #parts: PortParts;
  readonly #socket: DatagramSocket;
  readonly #peer: string | undefined;
  readonly #connections = new Map<ConnectionMachine, Resident>();
  readonly #draining = new Set<Resident>();
  readonly #watched = new Set<Resident>();
  readonly #taps: DatagramTaps;
  readonly #complaints = new Complaints();
  readonly #out: Link<string> | undefined;
  readonly #in: Link<string> | undefined;
  #timer: Timer | undefined;
  #timerAt = Number.POSITIVE_INFINITY;
  #flushDue = false;
  /** Who has asked to be looked at in this turn already, last. */
  #woken: ConnectionMachine | undefined;
  #open = true;
  /** Whether the socket stays although no connection needs it. */
  kept: boolean;

  constructor(parts: PortParts) {
    const { socket, local, peer, tap, clock, settings, mayAccept } = parts;
    this.#parts = parts;
    this.#socket = socket;
    this.#peer = peer;
    this.clock = clock;
    this.kept = mayAccept !== undefined;
    this.#taps = new DatagramTaps({ tap, local, peer, connections: this.#connections });
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    const engine = { ...settings.engine, creditSegments: Math.min(settings.engine.creditSegments, roomInBuffers(socket, settings)) };
    this.endpoint = new EndpointMachine({
      primitives: primitives(settings.randomBytes),
      settings: engine,
      ...(mayAccept && { mayAccept }),
    });
    if (settings.link) {
      const [mine, theirs] = peer === undefined ? (['server', 'client'] as const) : (['client', 'server'] as const);
      const link = { faults: settings.link, counts: settings.linkCounts, namesIn, now: clock.now() };
      this.#out = new Link({ ...link, side: mine });
      if (settings.linkOn === 'both') this.#in = new Link({ ...link, side: theirs });
    }
    socket.on('message', (datagram, from) => this.#onMessage(datagram, from));
    socket.on('error', (cause) => this.#onError(cause));
  }

  /** The last thing that the system complained about. */
  get trouble(): SocketTrouble | undefined {
    return this.#complaints.last;
  }

  /** Ties a connection to its machine: from now on it is told what happens. */
  add(machine: ConnectionMachine, connection: Resident): void {
    this.#connections.set(machine, connection);
    if (!connection.tap) return;
    this.#taps.isWatched = true;
    machine.explainResent();
  }

  /** Shows the datagram that made a connection, as soon as that has a name. */
  showArrival(machine: ConnectionMachine, { id }: Resident): void {
    this.#taps.named(machine, id);
  }

  /** A machine may have something to send: looks at it when this turn is over. */
  wake(machine?: ConnectionMachine): void {
    if (machine && machine === this.#woken) return; // many small messages of one connection are the common case
    if (machine) this.endpoint.wake(machine);
    this.#woken = machine;
    if (this.#flushDue || !this.#open) return;
    this.#flushDue = true;
    this.clock.afterTurn(this.#flush);
  }

  /** Has a connection told when all it was given has been sent. */
  tellWhenSent(connection: Resident): void {
    this.#draining.add(connection);
  }

  /** Has a connection told after each turn in which it may have changed, until `stop`. */
  watch(connection: Resident, stop = false): void {
    if (stop) this.#watched.delete(connection);
    else this.#watched.add(connection);
  }

  /** Whether a connection is open for somebody; the others only say their last words. */
  get inUse(): boolean {
    for (const { isOver } of this.#connections.values()) if (!isOver) return true;
    return false;
  }

  readonly #flush = (): void => {
    this.#flushDue = false;
    this.#woken = undefined;
    if (!this.#open) return;
    const now = this.clock.now();
    this.#transmit(now);
    this.#hear();
    for (const connection of this.#draining) if (connection.tellIfSent()) this.#draining.delete(connection);
    for (const connection of this.#watched) connection.tellStats();
    this.#closeIfDone();
    this.#setTimer();
  };

  #transmit(now: number): void {
    for (let next = this.endpoint.pollTransmit(now); next; next = this.endpoint.pollTransmit(now)) {
      let fate: LinkFate | undefined;
      if (this.#out) fate = this.#out.push(next.datagram, next.to, now);
      else this.#send(next.datagram, next.to);
      if (this.#taps.isWatched) this.#taps.sent(next, fate, this.#out?.spoiled, now);
    }
    for (let next = this.#out?.pull(now); next; next = this.#out?.pull(now)) this.#send(next.datagram, next.tag);
  }

  #send(datagram: Uint8Array, to: string): void {
    // Of a large one it must be known which it was if the system refuses it; the others cost no function each.
    const { length } = datagram;
    const sent =
      length > SAFE_DATAGRAM_BYTES ? (cause: unknown) => void (cause && this.#onError(cause, { to, bytes: length })) : this.#sent;
    if (this.#peer !== undefined) this.#socket.send(datagram, sent);
    else {
      const cut = to.lastIndexOf('|');
      this.#socket.send(datagram, Number(to.slice(cut + 1)), to.slice(0, cut), sent);
    }
  }

  readonly #sent = (cause: unknown): void => {
    if (cause) this.#onError(cause);
  };

  #onMessage(datagram: Uint8Array, { address, port }: { readonly address: string; readonly port: number }): void {
    this.#complaints.heard();
    const from = this.#peer ?? `${address}|${port}`;
    const now = this.clock.now();
    if (this.#in) this.#in.push(datagram, from, now);
    else this.#handle(datagram, from, now);
    this.#hear();
    this.wake();
  }

  #handle(datagram: Uint8Array, from: string, now: number): void {
    const handled = this.endpoint.handleDatagram(from, datagram, now);
    if (this.#taps.isWatched && this.#taps.received(handled, datagram, from, now)) {
      this.#hear(); // the connection gets its name, and shows what made it
      this.#taps.forgetArrival();
    }
  }

  /** Tells the connections what the engine has to say. */
  #hear(): void {
    for (let told = this.endpoint.pollEvent(); told; told = this.endpoint.pollEvent()) {
      const { connection: machine, event } = told;
      if (event.type === 'accepted') this.#parts.onAccepted?.(machine);
      else this.#connections.get(machine)?.take(event);
      if (event.type !== 'gone') continue;
      this.#taps.gone(machine);
      this.#connections.delete(machine);
    }
  }

  #onError(cause: unknown, datagram?: RefusedDatagram): void {
    if (!this.#open) return;
    if (this.#complaints.take(cause, [...this.#connections.keys()], this.clock.now(), datagram)) return this.#break(cause);
    this.#hear();
    this.wake();
  }

  /** The socket is of no use any more: everything on it ends. */
  #break(cause: unknown): void {
    for (const connection of this.#connections.values()) connection.breakOff(cause);
    this.#connections.clear();
    this.#close();
    this.#parts.onBroken?.(cause);
  }

  #setTimer(): void {
    const at = Math.min(
      this.endpoint.pollTimeout(),
      this.#out?.next ?? Number.POSITIVE_INFINITY,
      this.#in?.next ?? Number.POSITIVE_INFINITY,
    );
    // An earlier timer is left alone: it finds nothing to do and sets the next.
    if (!this.#open || at >= this.#timerAt) return;
    this.#timer?.cancel();
    this.#timerAt = at;
    this.#timer = this.clock.setTimer(Math.max(0, at - this.clock.now()), this.#onTimer);
  }

  readonly #onTimer = (): void => {
    this.#timerAt = Number.POSITIVE_INFINITY;
    const now = this.clock.now();
    for (let next = this.#in?.pull(now); next; next = this.#in?.pull(now)) this.#handle(next.datagram, next.tag, now);
    this.endpoint.handleTimeout(now);
    this.#hear();
    this.#flush();
  };

  /** Closes the socket when nobody needs it and nothing is on its way out. */
  #closeIfDone(): void {
    const onItsWay = this.#out !== undefined && this.#out.next !== Number.POSITIVE_INFINITY;
    if (!this.kept && this.endpoint.size === 0 && !onItsWay) this.#close();
  }

  #close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#timer?.cancel();
    this.#socket.close();
    this.#parts.onClosed?.();
  }
}

/** Asks for large buffers, and says how many datagrams a connection may have in the one for what arrives: half, since it is not alone. */
function roomInBuffers(socket: DatagramSocket, { socketBufferBytes }: DriverSettings): number {
  try {
    socket.setRecvBufferSize(socketBufferBytes);
    socket.setSendBufferSize(socketBufferBytes);
  } catch {
    // A system that gives less, or none, is taken as it is.
  }
  return Math.max(8, Math.floor(socket.getRecvBufferSize() / BUFFER_PER_DATAGRAM / 2));
}
