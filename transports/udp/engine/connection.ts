/*
 * The machine of one connection: packets, calls and time in; datagrams, events and the next deadline out. It knows no
 * clock and no socket. What is sent is chosen by the Sender, what arrived is kept by the Receiver; here stand the
 * states, from dialling to gone, and the rules that hold between the two.
 */
import type { Resent } from '../../../lib/trace.js';
import type { PacketWriter } from '../wire/encode.js';
import {
  ACK_NOW,
  type CloseCode,
  type ConnectionPacket,
  FRAMES,
  type Frame,
  OFFER_TAKEN,
  type PacketOf,
  type Parameters,
  SAFE_DATAGRAM_BYTES,
} from '../wire/packets.js';
import type { ArqPolicy } from './arq/index.js';
import { Closing } from './closing.js';
import type { MakeController } from './congestion/index.js';
import { type Dialling, diallingOf } from './dialling.js';
import { Receiver } from './receiver.js';
import { SendStream } from './send-stream.js';
import { Sender } from './sender.js';
import type { EngineSettings } from './settings.js';
import type { Snapshot } from './snapshot.js';
import { type UdpStats, zero } from './stats.js';
import { Timers } from './timers.js';

/** Where a connection stands. */
export type ConnectionState =
  | 'dialling' // SYN sent, no cookie yet
  | 'connecting' // CONNECT sent, no answer yet
  | 'open'
  | 'closing' // over for the application; CLOSE is repeated until the peer says it, too
  | 'draining' // the peer closed; only its repeated CLOSE is answered
  | 'gone';

/** Why a connection is over. */
export interface Closed {
  readonly why: CloseCode | 'reset' | 'refused';
  readonly by: 'local' | 'remote';
  readonly text: string;
}

/** What a connection tells. */
export type ConnectionEvent =
  | { readonly type: 'open' }
  | { readonly type: 'readable' } // bytes, or the end, can be read
  | { readonly type: 'delivered' } // the peer has everything, our end included
  | { readonly type: 'closed'; readonly closed: Closed } // over for the application
  | { readonly type: 'gone' }; // nothing of it is left

/** An address that is asked whether the peer is there now. */
interface OtherPath {
  readonly address: string;
  readonly token: number;
}

/** Settings, and the policies that they name. */
export interface Policies {
  readonly settings: EngineSettings;
  readonly policy: ArqPolicy;
  readonly makeController: MakeController;
}

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
  #address: string;
  #settings: EngineSettings;
  #sender: Sender;
  #receiver: Receiver;
  readonly #timers = new Timers();
  readonly #counters = zero();
  readonly #writer: PacketWriter;
  readonly #report: (event: ConnectionEvent) => void;
  #state: ConnectionState;
  #dialling: Dialling | undefined;
  #closing: Closing | undefined;
  #peerId: number;
  #lastSent = 0;
  #offerTaken = false;
  /** Another address from which packets come, and what was asked there. */
  #otherPath: OtherPath | undefined;
  /** What the peer asked, to be echoed. */
  #responseDue: number | undefined;
  #maxDatagramBytes: number;
  #idleTimeoutMs: number;
  #waitedForCredit = 0;
  #askedSinceHeard = false;
  #told = { delivered: false };

  constructor({ id, peerId, address, settings, policy, makeController, writer, report, credit = 0, now }: ConnectionParts) {
    this.id = id;
    this.#address = address;
    this.#settings = settings;
    this.#peerId = peerId ?? 0;
    this.#maxDatagramBytes = settings.maxDatagramBytes;
    this.#idleTimeoutMs = settings.idleTimeoutMs;
    this.#report = report;
    this.#writer = writer;
    this.#sender = new Sender({ policy, makeController, settings, counters: this.#counters, stream: new SendStream(credit) });
    this.#receiver = new Receiver(policy, settings);
    this.#state = peerId === undefined ? 'dialling' : 'open';
    if (peerId === undefined) this.#dialling = diallingOf(id, settings, this.#timers, now);
    else this.#heard(now);
  }

  /** Where the peer is. */
  get address(): string {
    return this.#address;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** The ID under which the peer knows the connection; 0 until that is known. */
  get peerId(): number {
    return this.#peerId;
  }

  /** From now on {@link takeResent} says what is sent again, and why. */
  explainResent(): void {
    this.#sender.resent = [];
  }

  /** The segments of the last datagram that were sent before; nothing if there are none or nobody asked. */
  takeResent(): readonly Resent[] | undefined {
    const { resent } = this.#sender;
    if (!resent || resent.length === 0) return undefined;
    this.#sender.resent = [];
    return resent;
  }

  /** Bytes that were written and never sent. */
  get unsentBytes(): number {
    return this.#sender.stream.unsentBytes;
  }

  /** Whether the peer's end has been reached: all was read, and no more comes. */
  get atEnd(): boolean {
    return this.#receiver.stream.ended && this.#receiver.stream.readable === 0;
  }

  /** What it counts, and where it stands. */
  get stats(): UdpStats {
    const { rtt, controller, sent, stream } = this.#sender;
    return {
      ...this.#counters,
      srttMs: rtt.smoothed,
      rttvarMs: rtt.variation,
      windowBytes: controller.window,
      inFlightBytes: sent.bytesInFlight,
      creditSegments: Math.max(0, stream.credit - stream.next),
    };
  }

  /** Where it stands, to be looked at. */
  get snapshot(): Snapshot {
    const { stream, packets } = this.#receiver;
    // These two are set only when nothing more goes; here they are as they will be then.
    const timers = this.#timers.running({ loss: this.#sender.deadline, ack: packets.ackDueAt });
    return { sender: this.#sender.snapshot, receiver: { next: stream.next, early: stream.early }, timers };
  }

  /** Queues bytes. They go with the next {@link pollTransmit}, together with whatever else was written by then. */
  write(chunk: Uint8Array): void {
    this.#sender.stream.write(chunk);
  }

  /** No more will be written. */
  finish(): void {
    this.#sender.stream.finish();
  }

  /** The next bytes in order, or nothing. Reading gives the peer credit. */
  read(): Uint8Array | undefined {
    const data = this.#receiver.stream.read();
    if (data && this.#state === 'open') this.#receiver.offerCredit();
    return data;
  }

  /** Ends the connection now, in both directions, and tells the peer. */
  close(code: CloseCode, text: string): void {
    if (this.#state === 'dialling') this.#vanish();
    else if (this.#state === 'connecting' || this.#state === 'open') this.#startClosing(code, text);
  }

  /** What is set of it. */
  get settings(): EngineSettings {
    return this.#settings;
  }

  /** While nothing but a SYN was sent: takes the policies that the server offers. What was written stays. */
  adopt({ settings, policy, makeController }: Policies): void {
    if (this.#state !== 'dialling') return;
    const { stream, resent } = this.#sender;
    this.#offerTaken = true;
    this.#settings = settings;
    this.#sender = new Sender({ policy, makeController, settings, counters: this.#counters, stream });
    this.#sender.resent = resent;
    this.#receiver = new Receiver(policy, settings);
  }

  /** Takes a COOKIE. */
  handleCookie({ server, parameters, time, mac }: PacketOf<'COOKIE'>, now: number): void {
    const dialling = this.#dialling;
    if (this.#state !== 'dialling' || !dialling) return;
    const sample = dialling.onCookie({ server, parameters: dialling.parameters, time, mac }, now);
    if (sample !== undefined) this.#sender.rtt.sample(sample);
    this.#state = 'connecting';
    this.#peerId = server;
    this.#agree(parameters);
    this.#sender.stream.grant(parameters.credit);
    this.#sender.pingDue = true;
    this.#heard(now);
  }

  /** Takes over what the other end said in the handshake. RFC 9000 section 10.1: the smaller idle timeout counts. */
  #agree({ idleTimeoutMs, maxDatagramBytes }: Parameters): void {
    this.#idleTimeoutMs = Math.min(this.#idleTimeoutMs, idleTimeoutMs);
    this.#maxDatagramBytes = Math.min(this.#maxDatagramBytes, maxDatagramBytes);
  }

  /** The server's end: what the client said in its CONNECT, and how old the cookie is that it brought, if that tells the round trip. */
  accept(parameters: Parameters, roundTripMs: number | undefined): void {
    this.#agree(parameters);
    if (roundTripMs !== undefined) this.#sender.rtt.sample(roundTripMs);
    else this.#sender.pingDue = true; // a loss would cost a second as long as nothing of the path is known
  }

  /** Takes a packet that came for this connection, of so many bytes. */
  handlePacket(packet: ConnectionPacket, bytes: number, now: number): void {
    this.#counters.datagramsReceived += 1;
    this.#counters.bytesReceived += bytes;
    if (this.#state === 'gone' || this.#state === 'dialling' || packet.number === 0) return;
    if (this.#closing) return this.#handleAfterClose(packet);
    this.#heard(now);
    if (this.#state === 'connecting') this.#open();
    let eliciting = false;
    let whole = true;
    const { ended, readable } = this.#receiver.stream;
    for (const frame of packet.frames) {
      eliciting ||= FRAMES[frame.type].eliciting;
      whole = this.#handleFrame(frame, now) && whole;
      if (this.#state !== 'open') return;
    }
    // A CONNECT is answered at once: somebody waits for the connection.
    const urgent = packet.type === 'CONNECT' || (packet.flags & ACK_NOW) !== 0;
    if (whole) this.#receiver.packets.add(packet.number, { eliciting, urgent }, now);
    else this.#receiver.packets.ackNow();
    if (readable !== this.#receiver.stream.readable || ended !== this.#receiver.stream.ended) this.#report({ type: 'readable' });
    this.#finishIfDone();
  }

  /**
   * A packet came from another address: the peer's NAT may have given it a new one. If it is newer than all that came
   * before, the other address is asked. Returns the question, if there is one; RFC 9000 section 9.3.
   */
  noticePath(from: string, packetNumber: number, token: () => number): Uint8Array | undefined {
    if (this.#state !== 'open' || packetNumber <= this.#receiver.packets.largest) return undefined;
    if (this.#otherPath?.address !== from) this.#otherPath = { address: from, token: token() };
    if (this.#lastSent >= this.#settings.lastNumber) return undefined;
    this.#begin();
    this.#writer.frame({ type: 'PATH_CHALLENGE', token: this.#otherPath.token });
    this.#lastSent += 1;
    const datagram = this.#writer.finish();
    this.#counters.datagramsSent += 1;
    this.#counters.bytesSent += datagram.length;
    return datagram;
  }

  /** Whether a packet from another address answers what was asked there. Then the connection moves. */
  moves(from: string, packet: ConnectionPacket): boolean {
    const other = this.#otherPath;
    if (this.#state !== 'open' || other?.address !== from) return false;
    if (!packet.frames.some((frame) => frame.type === 'PATH_RESPONSE' && frame.token === other.token)) return false;
    this.#otherPath = undefined;
    this.#address = from;
    this.#sender.onNewPath();
    this.#receiver.packets.ackNow(); // the last ACKs went to where nobody is
    return true;
  }

  /** Takes an RST: the peer does not know this connection, or wants none. */
  handleReset(refused: boolean): void {
    if (this.#state === 'gone') return;
    if (this.#closing) return this.#forget(); // it is over there, as it is here
    const why = refused || this.#state !== 'open' ? 'refused' : 'reset';
    this.#end({ why, by: 'remote', text: 'the peer does not know this connection' });
    this.#forget();
  }

  /** The network says that nobody is there. */
  handleUnreachable(): void {
    this.handleReset(this.#state !== 'open');
  }

  /** A datagram was too large for the way: from now on they are of the size that goes everywhere. */
  shrink(): void {
    this.#maxDatagramBytes = SAFE_DATAGRAM_BYTES;
  }

  /** Time has come for something. */
  handleTimeout(now: number): void {
    const timers = this.#timers;
    if (timers.expire('dial', now)) return this.#giveUp('the peer did not answer');
    if (timers.expire('idle', now)) return this.#giveUp('the peer no longer answers');
    if (timers.expire('close', now) && this.#closing?.onTimeout(now, this.#sender.rtt.pto) === 'over') return this.#forget();
    if (timers.expire('handshake', now)) this.#repeatHandshake(now);
    if (timers.expire('loss', now)) this.#sender.onDeadline(now);
    if (timers.expire('ack', now)) this.#receiver.packets.ackNow();
    if (timers.expire('keepAlive', now)) this.#sender.pingDue = true;
    if (timers.expire('credit', now)) this.#sender.pingDue = true;
    timers.expire('pacing', now);
  }

  /** When {@link handleTimeout} is to be called next; right only once {@link pollTransmit} has nothing more. */
  pollTimeout(): number {
    return this.#timers.next;
  }

  /** The next datagram to send, or nothing for now. */
  pollTransmit(now: number): Uint8Array | undefined {
    const datagram = this.#nextDatagram(now);
    if (!datagram) return undefined;
    this.#counters.datagramsSent += 1;
    this.#counters.bytesSent += datagram.length;
    return datagram;
  }

  #nextDatagram(now: number): Uint8Array | undefined {
    if (this.#closing) return this.#writeClose(now);
    if (this.#state === 'dialling') return this.#dialling?.pollTransmit(this.#writer, now);
    if (this.#state === 'gone') return undefined;
    if (this.#exhausted()) {
      this.#startClosing('exhausted', 'a connection has no more numbers left');
      return this.#writeClose(now);
    }
    if (this.#responseDue !== undefined) return this.#writeResponse(this.#responseDue);
    const { packets } = this.#receiver;
    const ready = this.#sender.ready(now);
    if (!ready.go && !packets.ackDue) {
      this.#rearm(now, ready.why === 'pacing' ? ready.at : Number.POSITIVE_INFINITY);
      return undefined;
    }
    this.#begin();
    const withAck = packets.hasNews;
    const acknowledged = withAck ? this.#receiver.writeAck(this.#writer, ready.go && this.#sender.stream.hasNew, now) : 0;
    const segments = ready.go ? this.#sender.fill(this.#writer) : undefined;
    if (!segments && !withAck) {
      this.#rearm(now, Number.POSITIVE_INFINITY);
      return undefined;
    }
    const datagram = this.#writer.finish();
    this.#lastSent += 1;
    if (segments) this.#asked(now);
    if (segments) this.#sender.onSent({ number: this.#lastSent, sentAt: now, bytes: datagram.length, segments, acknowledged });
    return datagram;
  }

  /** Begins a packet; until the peer has answered it is a CONNECT, which makes the connection there. */
  #begin(): void {
    const connect = this.#dialling?.connect;
    const flags = connect && this.#offerTaken ? OFFER_TAKEN : 0;
    const header = { flags, destination: this.#peerId, number: this.#lastSent + 1 };
    if (connect) this.#writer.begin('CONNECT', header, connect, this.#maxDatagramBytes);
    else this.#writer.begin('OPEN', header, {}, this.#maxDatagramBytes);
  }

  /** Takes a frame. False: something in it was not kept, so that its packet must not be acknowledged. */
  #handleFrame(frame: Frame, now: number): boolean {
    switch (frame.type) {
      case 'DATA':
        return this.#handleSegment(frame.segment, frame.data);
      case 'FIN':
        return this.#handleSegment(frame.segment, undefined);
      case 'ACK': {
        const told = this.#sender.onAck(frame, this.#lastSent, now);
        if ('wrong' in told) this.#startClosing('protocol', told.wrong, 'remote');
        else if (told.acknowledged > 0) this.#receiver.packets.toldUpTo(told.acknowledged);
        return true;
      }
      case 'PING':
        return true;
      case 'CLOSE':
        this.#handleClose(frame.code, frame.text);
        return true;
      case 'PATH_CHALLENGE':
        this.#responseDue = frame.token;
        return true;
      case 'PATH_RESPONSE':
        return true; // the endpoint looks at those that come from elsewhere
    }
  }

  #handleSegment(number: number, data: Uint8Array | undefined): boolean {
    const taken = this.#receiver.take(number, data);
    if (taken === 'duplicate') this.#counters.duplicates += 1;
    if (taken === 'beyond') this.#startClosing('protocol', 'a segment beyond the credit', 'remote');
    return taken === 'new' || taken === 'duplicate';
  }

  #handleClose(code: CloseCode, text: string): void {
    // `done` is said by who has everything and whose everything was acknowledged: that is an ACK of our end, too.
    const done = code === 'done' && this.#receiver.stream.ended;
    if (done && !this.#told.delivered) this.#deliver();
    this.#end(
      done ? { why: 'done', by: 'remote', text } : { why: code === 'aborted' || code === 'done' ? 'reset' : code, by: 'remote', text },
    );
    this.#state = 'draining';
    this.#closing = new Closing('done', '', this.#timers);
  }

  #handleAfterClose(packet: ConnectionPacket): void {
    const theirs = packet.frames.some(({ type }) => type === 'CLOSE');
    if (theirs && this.#state === 'closing') return this.#forget(); // it is over at both ends
    const asked = packet.frames.find((frame) => frame.type === 'PATH_CHALLENGE');
    if (asked) this.#responseDue = asked.token; // the CLOSE came from an address that is new to the peer
    this.#closing?.onPacket();
  }

  /** Both directions are complete: the connection is over, and the peer is told so until it says the same. */
  #finishIfDone(): void {
    if (this.#state !== 'open' || !this.#sender.stream.done) return;
    if (!this.#told.delivered) this.#deliver();
    if (this.#receiver.stream.ended) this.#startClosing('done', '');
  }

  #deliver(): void {
    this.#told.delivered = true;
    this.#report({ type: 'delivered' });
  }

  #repeatHandshake(now: number): void {
    this.#dialling?.onTimeout(now);
    if (this.#state === 'connecting') this.#sender.pingDue = true;
  }

  #open(): void {
    this.#state = 'open';
    this.#dialling = undefined;
    this.#timers.stop('dial');
    this.#timers.stop('handshake');
    this.#report({ type: 'open' });
  }

  #startClosing(code: CloseCode, text: string, by: Closed['by'] = 'local'): void {
    this.#end({ why: code, by, text });
    this.#state = 'closing';
    this.#closing = new Closing(code, text, this.#timers);
  }

  /** Tells that it is over, and stops everything that was going on. */
  #end(closed: Closed): void {
    this.#sender.clear();
    this.#timers.stopAll();
    this.#report({ type: 'closed', closed });
  }

  #giveUp(text: string): void {
    this.#end({ why: 'timeout', by: 'remote', text });
    this.#forget();
  }

  #vanish(): void {
    this.#end({ why: 'aborted', by: 'local', text: '' });
    this.#forget();
  }

  #forget(): void {
    this.#timers.stopAll();
    this.#state = 'gone';
    this.#report({ type: 'gone' });
  }

  /** RFC 9000 section 8.2.2: at once, and once. If it is lost, the peer asks again when the next packet comes. */
  #writeResponse(token: number): Uint8Array {
    this.#responseDue = undefined;
    this.#begin();
    this.#writer.frame({ type: 'PATH_RESPONSE', token });
    this.#lastSent += 1;
    return this.#writer.finish();
  }

  #writeClose(now: number): Uint8Array | undefined {
    const closing = this.#closing;
    const answers = this.#responseDue;
    if (!closing || !(closing.due || answers !== undefined) || this.#lastSent >= this.#settings.lastNumber) return undefined;
    this.#begin();
    this.#responseDue = undefined;
    if (answers !== undefined) this.#writer.frame({ type: 'PATH_RESPONSE', token: answers });
    this.#writer.frame({ type: 'CLOSE', code: closing.code, text: closing.text });
    this.#lastSent += 1;
    closing.onSent(now, this.#sender.rtt.pto, this.#state === 'draining');
    return this.#writer.finish();
  }

  /** Some numbers are kept back for the CLOSE that says that there are no more. */
  #exhausted(): boolean {
    const { lastNumber } = this.#settings;
    return this.#lastSent >= lastNumber - 16 || (this.#sender.stream.next >= lastNumber && this.#sender.stream.hasNew);
  }

  /** A packet came: the peer is alive. RFC 9000 section 10.1: the idle timer starts anew. */
  #heard(now: number): void {
    this.#askedSinceHeard = false;
    this.#timers.set('idle', now + Math.max(this.#idleTimeoutMs, 3 * this.#sender.rtt.pto)); // section 10.1: at least three PTO
    if (this.#settings.keepAliveMs > 0) this.#timers.set('keepAlive', now + this.#settings.keepAliveMs);
  }

  /** A packet goes that asks for an answer. RFC 9000 section 10.1: the first one since the peer was heard starts the idle timer anew. */
  #asked(now: number): void {
    if (this.#askedSinceHeard) return;
    this.#heard(now);
    this.#askedSinceHeard = true;
  }

  /** Sets the timers by what there is to wait for. */
  #rearm(now: number, pacingAt: number): void {
    const { stream, sent } = this.#sender;
    this.#timers.set('loss', this.#sender.deadline);
    this.#timers.set('ack', this.#receiver.packets.ackDueAt);
    this.#timers.set('pacing', pacingAt);
    // No credit and nothing on its way: whatever would raise it may have been lost, so the peer is asked, as RFC 9293
    // section 3.8.6.1 has it, less and less often.
    if (!stream.blocked) this.#waitedForCredit = 0;
    else if (sent.count === 0 && !this.#timers.isSet('credit')) {
      this.#timers.set('credit', now + Math.min(5000, this.#sender.rtt.pto * 2 ** this.#waitedForCredit));
      this.#waitedForCredit = Math.min(this.#waitedForCredit + 1, 10);
    }
  }
}
