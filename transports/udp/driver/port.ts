/*
 * A socket with an engine behind it: one socket and one timer for any number of connections. Datagrams that arrive in
 * a turn are all handled before anything is sent, and whatever was written in it goes in as few datagrams as hold it.
 */
import type { Clock, Timer } from '../../../lib/clock.js';
import type { DatagramTapEvent, Tap } from '../../../lib/trace.js';
import type { Address } from '../../../lib/transport.js';
import { Link, type LinkFate } from '../../link/index.js';
import type { ConnectionEvent, ConnectionMachine } from '../engine/connection.js';
import { EndpointMachine, type Transmit } from '../engine/endpoint.js';
import { destinationIn, namesIn } from '../wire/decode.js';
import { SAFE_DATAGRAM_BYTES } from '../wire/packets.js';
import type { DatagramSocket } from './network.js';
import { BUFFER_PER_DATAGRAM, type DriverSettings } from './options.js';
import { primitives } from './primitives.js';
import { written } from './sockets.js';
import { type SocketTrouble, troubleOf } from './trouble.js';

/** So many refusals in a row, with nothing heard between, end an open connection: its peer's process is gone. */
const REFUSALS = 3;

/** So many watched connections that are gone are remembered, since datagrams may come late. */
const FORMER_KEPT = 64;

/** Who stands behind a machine, and is told what happens to it. */
export interface Resident {
  /** Its name in traces. */
  readonly id: string;
  /** Who watches it. */
  readonly tap: Tap | undefined;
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
  /** At a port that dials: who watched the connections that are gone, by their IDs, for what comes late. */
  readonly #former = new Map<number, Pick<Resident, 'id' | 'tap'>>();
  readonly #out: Link<string> | undefined;
  readonly #in: Link<string> | undefined;
  /** Whether anybody watches datagrams here. */
  #watchedDatagrams: boolean;
  /** The datagram that is being handled and nobody was shown yet. */
  #arriving: Omit<DatagramTapEvent, 'connection' | 'client'> | undefined;
  #timer: Timer | undefined;
  #timerAt = Number.POSITIVE_INFINITY;
  #flushDue = false;
  /** Who has asked to be looked at in this turn already, last. */
  #woken: ConnectionMachine | undefined;
  #open = true;
  #refusals = 0;
  /** Whether the socket stays although no connection needs it. */
  kept: boolean;
  /** The last thing that the system complained about. */
  trouble: SocketTrouble | undefined;

  constructor(parts: PortParts) {
    const { socket, peer, clock, settings, mayAccept } = parts;
    this.#parts = parts;
    this.#socket = socket;
    this.#peer = peer;
    this.clock = clock;
    this.kept = mayAccept !== undefined;
    this.#watchedDatagrams = parts.tap !== undefined;
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

  /** Ties a connection to its machine: from now on it is told what happens. */
  add(machine: ConnectionMachine, connection: Resident): void {
    this.#connections.set(machine, connection);
    if (!connection.tap) return;
    this.#watchedDatagrams = true;
    machine.explainResent();
  }

  /** Shows the datagram that made a connection, as soon as that has a name. */
  showArrival(machine: ConnectionMachine, { id }: Resident): void {
    const arriving = this.#arriving;
    this.#arriving = undefined;
    if (arriving) this.#parts.tap?.event({ ...arriving, connection: id, client: clientOf(machine, this.#peer) });
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
      if (this.#watchedDatagrams) this.#showSent(next, fate, now);
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
    this.#refusals = 0;
    const from = this.#peer ?? `${address}|${port}`;
    const now = this.clock.now();
    if (this.#in) this.#in.push(datagram, from, now);
    else this.#handle(datagram, from, now);
    this.#hear();
    this.wake();
  }

  #handle(datagram: Uint8Array, from: string, now: number): void {
    const handled = this.endpoint.handleDatagram(from, datagram, now);
    if (this.#watchedDatagrams) this.#showReceived(handled, datagram, from, now);
  }

  #showSent({ to, datagram, connection: machine, again }: Transmit, fate: LinkFate | undefined, now: number): void {
    const resident = machine && this.#connections.get(machine);
    const late = machine ? undefined : this.#lateIn(datagram);
    const tap = this.#parts.tap ?? resident?.tap ?? late?.tap;
    tap?.event({
      ...{ layer: 'datagram', at: now, direction: 'sent', bytes: datagram },
      ...this.#between(to),
      ...(resident && { connection: resident.id }),
      ...(machine && { client: clientOf(machine, this.#peer) }),
      ...late?.whose,
      ...(fate && { fate }),
      ...(fate === 'corrupted' && this.#out?.spoiled && { spoiled: this.#out.spoiled }),
      ...(again && { again }),
    });
  }

  #showReceived(handled: ConnectionMachine | 'malformed' | undefined, datagram: Uint8Array, from: string, now: number): void {
    const machine = handled === 'malformed' ? undefined : handled;
    const resident = machine && this.#connections.get(machine);
    const late = handled ? undefined : this.#lateIn(datagram);
    const tap = this.#parts.tap ?? resident?.tap ?? late?.tap;
    if (!tap) return;
    const seen = { layer: 'datagram', at: now, direction: 'received', bytes: datagram, ...this.#between(from) } as const;
    if (!machine) return tap.event(handled === 'malformed' ? { ...seen, fate: 'malformed' } : { ...seen, ...late?.whose });
    if (resident) return tap.event({ ...seen, connection: resident.id, client: clientOf(machine, this.#peer) });
    this.#arriving = seen;
    this.#hear(); // the connection gets its name, and shows what made it
    this.#arriving = undefined;
  }

  /** Who watched the connection that a datagram is for, or answers for, when it is gone from a port that dials. */
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

  /** Tells the connections what the engine has to say. */
  #hear(): void {
    for (let told = this.endpoint.pollEvent(); told; told = this.endpoint.pollEvent()) {
      const { connection: machine, event } = told;
      if (event.type === 'accepted') this.#parts.onAccepted?.(machine);
      else this.#connections.get(machine)?.take(event);
      if (event.type === 'gone') this.#forget(machine);
    }
  }

  #forget(machine: ConnectionMachine): void {
    const resident = this.#connections.get(machine);
    this.#connections.delete(machine);
    if (this.#peer === undefined || !resident?.tap) return; // a listener's tap sees everything anyway
    this.#former.set(machine.id, { id: resident.id, tap: resident.tap });
    const [oldest] = this.#former.keys();
    if (this.#former.size > FORMER_KEPT && oldest !== undefined) this.#former.delete(oldest);
  }

  #onError(cause: unknown, datagram?: { readonly to: string; readonly bytes: number }): void {
    if (!this.#open) return;
    this.trouble = troubleOf(cause);
    const machines = [...this.#connections.keys()];
    switch (this.trouble.kind) {
      case 'refused':
        this.#refusals += 1;
        // RFC 1122 section 4.2.3.9 counts a port that cannot be reached as final; one report can be forged, three with nothing heard between hardly
        for (const machine of machines) if (machine.state !== 'open' || this.#refusals >= REFUSALS) machine.handleUnreachable();
        break;
      case 'unreachable': // RFC 1122 section 4.2.3.9: may pass by, so an open connection waits
        for (const machine of machines) if (machine.state === 'dialling') machine.handleUnreachable();
        break;
      case 'too-large':
        for (const machine of machines) {
          if (!datagram || machine.address === datagram.to) machine.handleTooLarge(datagram?.bytes ?? 0, this.clock.now());
        }
        break;
      case 'full': // like a datagram that was lost on the way
        break;
      case 'broken':
        this.#break(cause);
        return;
    }
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

/** The client's ID of a connection: at the end that dialled its own, at the other the peer's. */
function clientOf(machine: ConnectionMachine, peer: string | undefined): number {
  return peer === undefined ? machine.peerId : machine.id;
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
