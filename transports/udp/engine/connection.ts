/*
 * The machine of one connection: packets, calls and time in; datagrams, events and the next deadline out. It knows no
 * clock and no socket. Here its parts meet: where it stands (lifecycle), what it sends (outgoing), what it takes
 * (incoming), how long it waits (patience), where the peer is (path).
 */
import type { Resent } from '../../../lib/trace.js';
import type { PacketWriter } from '../wire/encode.js';
import type { CloseCode, ConnectionPacket, PacketOf, Parameters } from '../wire/packets.js';
import { diallingOf } from './dialling.js';
import type { ConnectionEvent, ConnectionState } from './events.js';
import { Halves, type Policies } from './halves.js';
import { Incoming } from './incoming.js';
import { Lifecycle } from './lifecycle.js';
import { Outgoing } from './outgoing.js';
import { Path } from './path.js';
import { Patience } from './patience.js';
import type { EngineSettings } from './settings.js';
import type { Snapshot } from './snapshot.js';
import { type UdpStats, zero } from './stats.js';
import { Timers } from './timers.js';

export type { Closed, ConnectionEvent, ConnectionState } from './events.js';
export type { Policies } from './halves.js';

/** What a connection is made of. */
export interface ConnectionParts extends Policies {
  /** The ID under which packets reach this end. */
  readonly id: number;
  /** The peer's, once it is known. */
  readonly peerId?: number;
  readonly address: string;
  /** The endpoint's: its memory is too much for each connection to have its own. */
  readonly writer: PacketWriter;
  readonly report: (event: ConnectionEvent) => void;
  /** What the peer allowed, at the end that knows already. */
  readonly credit?: number;
  readonly now: number;
}

/** One connection, without a clock and without a socket. */
export class ConnectionMachine {
  readonly id: number;
  readonly #halves: Halves;
  readonly #timers = new Timers();
  readonly #counters = zero();
  readonly #lifecycle: Lifecycle;
  readonly #path: Path;
  readonly #patience: Patience;
  readonly #outgoing: Outgoing;
  readonly #incoming: Incoming;
  #isExplained = false;

  constructor({ id, peerId, address, writer, report, credit = 0, now, ...policies }: ConnectionParts) {
    this.id = id;
    const [timers, counters] = [this.#timers, this.#counters];
    const halves = new Halves(policies, counters, credit);
    const lifecycle = new Lifecycle(peerId === undefined ? 'dialling' : 'open', halves, timers, report);
    const path = new Path(address);
    const patience = new Patience(halves, timers);
    const outgoing = new Outgoing({ halves, lifecycle, patience, path, timers, counters, writer }, peerId ?? 0);
    this.#halves = halves;
    this.#lifecycle = lifecycle;
    this.#path = path;
    this.#patience = patience;
    this.#outgoing = outgoing;
    this.#incoming = new Incoming({ halves, lifecycle, path, counters, report, lastSent: () => outgoing.lastSent });
    if (peerId === undefined) outgoing.dialling = diallingOf(id, policies.settings, timers, now);
    else patience.heard(now);
  }

  /** Where the peer is. */
  get address(): string {
    return this.#path.address;
  }

  get state(): ConnectionState {
    return this.#lifecycle.state;
  }

  /** The ID under which the peer knows the connection; 0 until that is known. */
  get peerId(): number {
    return this.#outgoing.peerId;
  }

  /** What is set of it. */
  get settings(): EngineSettings {
    return this.#halves.settings;
  }

  /** Bytes that were written and never sent. */
  get unsentBytes(): number {
    return this.#halves.sender.stream.unsentBytes;
  }

  /** Whether the peer's end has been reached: all was read, and no more comes. */
  get atEnd(): boolean {
    const { stream } = this.#halves.receiver;
    return stream.ended && stream.readable === 0;
  }

  /** What it counts, and where it stands. */
  get stats(): UdpStats {
    const { rtt, controller, sent, stream, size } = this.#halves.sender;
    return {
      ...this.#counters,
      srttMs: rtt.smoothed,
      rttvarMs: rtt.variation,
      datagramBytes: size.current,
      windowBytes: controller.window,
      inFlightBytes: sent.bytesInFlight,
      creditSegments: Math.max(0, stream.credit - stream.next),
    };
  }

  /** Where it stands, to be looked at. */
  get snapshot(): Snapshot {
    const { sender, receiver } = this.#halves;
    const { stream, packets } = receiver;
    // These two are set only when nothing more goes; here they are as they will be then.
    const timers = this.#timers.running({ loss: sender.deadline, ack: packets.ackDueAt });
    return { sender: sender.snapshot, receiver: { next: stream.next, early: stream.early }, timers };
  }

  /** From now on {@link takeResent} says what is sent again, and why. */
  explainResent(): void {
    this.#isExplained = true;
    this.#halves.sender.resent = [];
  }

  /** The segments of the last datagram that were sent before; nothing if there are none or nobody asked. */
  takeResent(): readonly Resent[] | undefined {
    if (!this.#isExplained) return undefined; // asked for each datagram, and seldom wanted
    const { resent } = this.#halves.sender;
    if (!resent || resent.length === 0) return undefined;
    this.#halves.sender.resent = [];
    return resent;
  }

  /** Queues bytes. They go with the next {@link pollTransmit}, together with whatever else was written by then. */
  write(chunk: Uint8Array): void {
    this.#halves.sender.stream.write(chunk);
  }

  /** No more will be written. */
  finish(): void {
    this.#halves.sender.stream.finish();
  }

  /** The next bytes in order, or nothing. Reading gives the peer credit. */
  read(): Uint8Array | undefined {
    const { receiver } = this.#halves;
    const data = receiver.stream.read();
    if (data && this.state === 'open') receiver.offerCredit();
    return data;
  }

  /** Ends the connection now, in both directions, and tells the peer. */
  close(code: CloseCode, text: string): void {
    this.#lifecycle.close(code, text);
  }

  /** While nothing but a SYN was sent: takes the policies that the server offers. What was written stays. */
  adopt(policies: Policies): void {
    if (this.state !== 'dialling') return;
    this.#outgoing.offerTaken = true;
    this.#halves.adopt(policies);
  }

  /** Takes a COOKIE. */
  handleCookie({ server, parameters, time, mac }: PacketOf<'COOKIE'>, now: number): void {
    const { dialling } = this.#outgoing;
    const { sender } = this.#halves;
    if (this.state !== 'dialling' || !dialling) return;
    const sample = dialling.onCookie({ server, parameters: dialling.parameters, time, mac }, now);
    if (sample !== undefined) sender.rtt.sample(sample);
    this.#lifecycle.state = 'connecting';
    this.#outgoing.peerId = server;
    this.#agree(parameters);
    sender.stream.grant(parameters.credit);
    sender.pingDue = true;
    this.#patience.heard(now);
  }

  /** The server's end: what the client said in its CONNECT, and how old the cookie is that it brought, if that tells the round trip. */
  accept(parameters: Parameters, roundTripMs: number | undefined): void {
    this.#agree(parameters);
    const { sender } = this.#halves;
    if (roundTripMs !== undefined) sender.rtt.sample(roundTripMs);
    else sender.pingDue = true; // a loss would cost a second as long as nothing of the path is known
  }

  /** Takes over what the other end said in the handshake. */
  #agree({ idleTimeoutMs, maxDatagramBytes }: Parameters): void {
    this.#patience.agree(idleTimeoutMs);
    this.#halves.sender.limitDatagrams(maxDatagramBytes);
  }

  /** Takes a packet that came for this connection, of so many bytes. */
  handlePacket(packet: ConnectionPacket, bytes: number, now: number): void {
    this.#counters.datagramsReceived += 1;
    this.#counters.bytesReceived += bytes;
    if (this.state === 'gone' || this.state === 'dialling' || packet.number === 0) return;
    if (this.#lifecycle.closing) return this.#incoming.takeLate(packet);
    this.#patience.heard(now);
    if (this.state === 'connecting') {
      this.#outgoing.dialling = undefined;
      this.#lifecycle.open();
    }
    this.#incoming.take(packet, now);
  }

  /**
   * A packet came from another address: the peer's NAT may have given it a new one. If it is newer than all that came
   * before, the other address is asked. Returns the question, if there is one; RFC 9000 section 9.3.
   */
  noticePath(from: string, packetNumber: number, token: () => number): Uint8Array | undefined {
    if (this.state !== 'open' || packetNumber <= this.#halves.receiver.packets.largest) return undefined;
    return this.#outgoing.challenge(this.#path.question(from, token));
  }

  /** Whether a packet from another address answers what was asked there. Then the connection moves. */
  moves(from: string, packet: ConnectionPacket): boolean {
    if (this.state !== 'open' || !this.#path.moves(from, packet)) return false;
    this.#halves.sender.onNewPath();
    this.#halves.receiver.packets.ackNow(); // the last ACKs went to where nobody is
    return true;
  }

  /** Takes an RST: the peer does not know this connection, or wants none. */
  handleReset(refused: boolean): void {
    this.#lifecycle.reset(refused);
  }

  /** The network says that nobody is there. */
  handleUnreachable(): void {
    this.#lifecycle.reset(this.state !== 'open');
  }

  /** The system says that a datagram of so many bytes is too large for the way; 0 if it does not say which. */
  handleTooLarge(bytes: number, now: number): void {
    this.#halves.sender.onTooLarge(bytes, now);
  }

  /** Time has come for something. */
  handleTimeout(now: number): void {
    const [timers, lifecycle, { sender, receiver }] = [this.#timers, this.#lifecycle, this.#halves];
    if (timers.expire('dial', now)) return lifecycle.giveUp('the peer did not answer');
    if (timers.expire('idle', now)) return lifecycle.giveUp('the peer no longer answers');
    if (timers.expire('close', now) && lifecycle.closing?.onTimeout(now, sender.rtt.pto) === 'over') return lifecycle.forget();
    if (timers.expire('handshake', now)) this.#repeatHandshake(now);
    if (timers.expire('loss', now)) sender.onDeadline(now);
    if (timers.expire('ack', now)) receiver.packets.ackNow();
    if (timers.expire('keepAlive', now)) sender.pingDue = true;
    if (timers.expire('credit', now)) sender.pingDue = true;
    timers.expire('pacing', now);
  }

  /** When {@link handleTimeout} is to be called next; right only once {@link pollTransmit} has nothing more. */
  pollTimeout(): number {
    return this.#timers.next;
  }

  /** The next datagram to send, or nothing for now. */
  pollTransmit(now: number): Uint8Array | undefined {
    return this.#outgoing.next(now);
  }

  #repeatHandshake(now: number): void {
    this.#outgoing.dialling?.onTimeout(now);
    if (this.state === 'connecting') this.#halves.sender.pingDue = true;
  }
}
