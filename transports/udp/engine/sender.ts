/*
 * The sending side of a connection: chooses what goes into the next packet, remembers it, and learns from ACKs and
 * timeouts what arrived and what must go again. How losses are found is the policy's affair, how much may be in flight
 * the controller's, and when it may go the pacer's.
 */
import type { ResendCause, Resent } from '../../../lib/trace.js';
import { DATA_OVERHEAD, FIN_BYTES, type PacketWriter } from '../wire/encode.js';
import { ACK_NOW, type FrameOf, SAFE_DATAGRAM_BYTES, SEGMENT_BYTES, SMALLEST_BYTES } from '../wire/packets.js';
import type { ArqPolicy, Recovery } from './arq/index.js';
import type { Controller, MakeController } from './congestion/index.js';
import { Pacer } from './pacer.js';
import { isPersistent } from './persistent.js';
import { Rtt } from './rtt.js';
import type { ArqWindow, Segment, SendStream } from './send-stream.js';
import { type SentPacket, SentPackets } from './sent-packets.js';
import type { EngineSettings } from './settings.js';
import type { SenderSnapshot } from './snapshot.js';
import type { Counters } from './stats.js';

/** How many segments a packet brings along from before. */
const BUNDLED_SEGMENTS = 3;
/** A second probe follows the first at once, in case that one is lost, too. RFC 9002 section 6.2.4 allows two. */
const PROBES = 2;

/** Whether a packet may go now: yes, later, when something arrived, or there is none. */
export type Readiness =
  | { readonly go: true }
  | { readonly go: false; readonly why: 'nothing' | 'window' }
  | { readonly go: false; readonly why: 'pacing'; readonly at: number };

const GO: Readiness = { go: true };
const NOTHING: Readiness = { go: false, why: 'nothing' };
const WINDOW: Readiness = { go: false, why: 'window' };

/** What a sender is made of. */
export interface SenderParts {
  readonly policy: ArqPolicy;
  readonly makeController: MakeController;
  readonly settings: EngineSettings;
  readonly counters: Counters;
  readonly stream: SendStream;
}

/** Sends one direction of one connection. */
export class Sender {
  readonly stream: SendStream;
  readonly rtt = new Rtt();
  readonly sent = new SentPackets();
  controller: Controller;
  readonly #makeController: MakeController;
  readonly #policy: ArqPolicy;
  #recovery: Recovery;
  #pacer: Pacer;
  readonly #settings: EngineSettings;
  readonly #counters: Counters;
  readonly #window: ArqWindow;
  #probes = 0;
  #limited = false;
  /** When the last datagram has left the line. */
  #lineFreeAt = Number.NEGATIVE_INFINITY;
  /** Whether the peer is to be asked for an ACK, with data or without. */
  pingDue = false;
  /** If somebody listens: the segments of the packets that were filled since it was last emptied that were sent before, and why again. */
  resent: Resent[] | undefined;

  constructor({ policy, makeController, settings, counters, stream }: SenderParts) {
    this.#policy = policy;
    this.#makeController = makeController;
    this.controller = makeController(settings);
    this.#settings = settings;
    this.#counters = counters;
    this.stream = stream;
    this.#recovery = policy.recovery(this.rtt, settings);
    this.#pacer = new Pacer(settings.maxDatagramBytes);
    this.#window = { segments: policy.window(settings), counts: settings.arqWindowCounts };
  }

  /** When losses are looked for next. */
  get deadline(): number {
    return this.#recovery.deadline(this.sent);
  }

  /** How long to wait for a peer that says nothing; grows with every time that it did. */
  get patienceMs(): number {
    return this.rtt.pto * 2 ** Math.min(this.#recovery.backoff, 10);
  }

  /** Where it stands, to be looked at. */
  get snapshot(): SenderSnapshot {
    const { stream, controller, sent, rtt } = this;
    return {
      base: stream.base,
      next: stream.next,
      unacked: Array.from(stream.unacked, ({ number }) => number),
      credit: stream.credit,
      arqWindow: this.#window.segments,
      cwnd: controller.window,
      ssthresh: controller.threshold,
      slowStart: controller.slowStart,
      inFlight: sent.bytesInFlight,
      srttMs: rtt.smoothed,
      rttvarMs: rtt.variation,
      rtoMs: this.#recovery.timeoutMs,
    };
  }

  /** Whether a packet that asks for an ACK may go now. */
  ready(now: number): Readiness {
    if (this.#probes > 0 || this.pingDue) return GO; // RFC 9002 section 7.5: probes are not held back
    const bytes = this.#nextFrameBytes();
    const { window, slowStart } = this.controller;
    const { bytesInFlight } = this.sent;
    if (bytes < 0) {
      this.#limited = slowStart && bytesInFlight * 2 >= window; // as RFC 7661 section 4.2: at least half of it was used
      return NOTHING;
    }
    this.#limited = true;
    if (bytesInFlight > 0 && bytesInFlight + SMALLEST_BYTES + bytes > window) return WINDOW; // RFC 9002 section 7
    if (now < this.#lineFreeAt) return { go: false, why: 'pacing', at: this.#lineFreeAt };
    if (!this.#settings.pacing || !this.rtt.sampled || window === Number.POSITIVE_INFINITY) return GO;
    const wait = this.#pacer.delay(SMALLEST_BYTES + bytes, { windowBytes: window, rttMs: this.rtt.smoothed, slowStart }, now);
    return wait > 0 ? { go: false, why: 'pacing', at: now + wait } : GO;
  }

  /** Puts frames into the packet that was begun. Returns the segments in it, or nothing if it need not be acknowledged. */
  fill(writer: PacketWriter): Segment[] | undefined {
    const probing = this.#probes > 0;
    const { bytesInFlight } = this.sent;
    const budget = probing || bytesInFlight === 0 ? Number.POSITIVE_INFINITY : this.controller.window - bytesInFlight;
    const fits = (bytes: number) => bytes <= writer.room && writer.length + bytes <= budget;
    const { coalescing } = this.#settings;
    const segments: Segment[] = [];
    const mayTake = () => coalescing || segments.length === 0;

    for (let { again } = this.stream; again && mayTake() && fits(frameBytes(again)); { again } = this.stream) {
      this.stream.takeAgain();
      this.#put(writer, again, segments);
      this.#counters.retransmitted += 1;
      if (this.resent) this.resent.push({ segment: again.number, cause: again.cause });
    }
    // RFC 9002 section 6.2.4 lets a probe be new data or old; in one ordered stream the oldest is what the peer waits for.
    if (probing && segments.length === 0) {
      for (const segment of this.stream.unacked) {
        if (!mayTake() || !fits(frameBytes(segment))) break;
        this.#put(writer, segment, segments);
        this.#counters.retransmitted += 1;
        if (this.resent) this.resent.push({ segment: segment.number, cause: 'probe' });
      }
    }
    const fresh = segments.length;
    for (
      let bytes = this.#newBytes();
      bytes >= 0 && mayTake() && fits(bytes > 0 ? DATA_OVERHEAD + bytes : FIN_BYTES);
      bytes = this.#newBytes()
    ) {
      this.#put(writer, this.stream.cut(SEGMENT_BYTES), segments);
      this.#counters.segmentsSent += 1;
    }
    const first = segments[fresh];
    if (first && !probing) this.#bundle(writer, first.number, segments, fits);

    if (segments.length === 0) {
      if (!probing && !this.pingDue) return undefined;
      writer.frame({ type: 'PING' });
    }
    if (probing) this.#probes -= 1;
    if (probing || this.pingDue || this.#stuckAfter(writer.length)) writer.flag(ACK_NOW);
    this.pingDue = false;
    return segments;
  }

  /** The packet that was filled went. */
  onSent(packet: Omit<SentPacket, 'order'>): void {
    for (const segment of packet.segments) segment.copies += 1;
    this.sent.sent(packet);
    this.#pacer.spend(packet.bytes);
    this.#lineFreeAt = packet.sentAt + this.#settings.gapMs;
  }

  /** Takes an ACK; returns what is wrong with it, or the newest packet of the peer that it shows to be acknowledged. */
  onAck(ack: FrameOf<'ACK'>, lastSent: number, now: number): { readonly wrong: string } | { readonly acknowledged: number } {
    if (ack.next > this.stream.next) return { wrong: 'an ACK of a segment that was never sent' };
    for (const { first, last } of ack.ranges)
      if (first > last || last > lastSent) return { wrong: 'an ACK of a packet that was never sent' };
    this.stream.grant(ack.credit);
    const acked: SentPacket[] = [];
    for (const { first, last } of ack.ranges) this.#arrived(first, last, acked);
    this.stream.ackedBefore(ack.next);
    if (!this.#policy.keepsEarly) this.#ackedWhole(acked);
    let [newest] = acked;
    if (!newest) return { acknowledged: 0 };
    let acknowledged = 0;
    for (const packet of acked) {
      if (packet.number > newest.number) newest = packet;
      acknowledged = Math.max(acknowledged, packet.acknowledged);
    }

    // RFC 9002 section 5.1: a sample if the newest packet that the ACK names is newly acknowledged
    const certain = this.#policy.keepsEarly || tellsWhich(newest);
    if (newest.number > this.sent.largestAcked) {
      this.sent.largestAcked = newest.number;
      if (certain) this.rtt.sample(now - newest.sentAt, ack.delayUs / 1000);
    }
    const rttMs = this.rtt.smoothed;
    for (const { sentAt, bytes } of acked) this.controller.onAcked({ sentAt, bytes, limited: this.#limited, now, rttMs });
    this.#lose(this.#recovery.onAcked(this.sent, now, certain), 'fast', now);
    this.#probes = 0;
    return { acknowledged };
  }

  /** The deadline has come. */
  onDeadline(now: number): void {
    const { backoff } = this.#recovery;
    const { lost, probe } = this.#recovery.onDeadline(this.sent, now);
    const timedOut = this.#recovery.backoff > backoff; // if not, earlier ACKs had shown the loss, and its time has come
    if (timedOut) this.#counters.timeouts += 1;
    if (probe) this.#probes = PROBES;
    this.#lose(lost, timedOut ? 'timeout' : 'fast', now);
    if (lost.some(({ segments }) => segments.length === 0)) this.pingDue = true;
  }

  /**
   * The peer is at another address: nothing is known of the way to it, and what went to the old one is taken for lost.
   * RFC 9000 section 9.4.
   */
  onNewPath(): void {
    this.rtt.reset();
    this.#pacer = new Pacer(this.#settings.maxDatagramBytes);
    const gone = [...this.sent.inFlight];
    this.#giveUp(gone, 'timeout');
    this.#recovery = this.#policy.recovery(this.rtt, this.#settings);
    this.controller = this.#makeController(this.#settings);
    if (gone.length > 0) this.pingDue = true; // a sample of the round trip, as soon as may be
  }

  /** Drops everything. */
  clear(): void {
    this.stream.clear();
    this.sent.clear();
    this.#probes = 0;
    this.pingDue = false;
  }

  #put(writer: PacketWriter, segment: Segment, segments: Segment[]): void {
    const { number, data, fin } = segment;
    writer.frame(fin ? { type: 'FIN', segment: number } : { type: 'DATA', segment: number, data });
    segments.push(segment);
  }

  /**
   * Thin streams: a packet with room left also brings the newest unacknowledged segments before it, so that a lost
   * message arrives with the next one instead of a round trip later. The idea is RFC 4588's and Linux's thin-stream
   * "redundant data bundling" (Petlund, 2009). Not after a timeout, when the path may be full.
   */
  #bundle(writer: PacketWriter, before: number, segments: Segment[], fits: (bytes: number) => boolean): void {
    if (!this.#policy.bundles || !this.#settings.bundling || this.#recovery.backoff > 0 || this.stream.hasNew) return;
    for (let number = before - 1; number >= before - BUNDLED_SEGMENTS; number -= 1) {
      const segment = this.stream.segment(number);
      if (!segment || segment.queued || segments.includes(segment)) continue;
      const bytes = frameBytes(segment);
      if (!fits(bytes) || writer.length + bytes > SAFE_DATAGRAM_BYTES) return;
      this.#put(writer, segment, segments);
      this.#counters.bundled += 1;
      if (this.resent) this.resent.push({ segment: segment.number, cause: 'bundled' });
    }
  }

  #newBytes(): number {
    return this.stream.next >= this.#settings.lastNumber ? -1 : this.stream.nextBytes(SEGMENT_BYTES, this.#window);
  }

  /** Bytes of the next frame that asks for an ACK; -1 if there is none. */
  #nextFrameBytes(): number {
    const { again } = this.stream;
    if (again) return frameBytes(again);
    const bytes = this.#newBytes();
    return bytes > 0 ? DATA_OVERHEAD + bytes : bytes === 0 ? FIN_BYTES : -1;
  }

  /** Whether nothing more could go after a packet of so many bytes until an ACK comes, although there is more. */
  #stuckAfter(bytes: number): boolean {
    if (!this.stream.again && !this.stream.hasNew) return false;
    const next = this.#nextFrameBytes();
    return next < 0 || this.sent.bytesInFlight + bytes + SMALLEST_BYTES + next > this.controller.window;
  }

  /** Packets of a range arrived. Those that were in flight are added to `acked`; late ones only count. */
  #arrived(first: number, last: number, acked: SentPacket[]): void {
    const before = acked.length;
    this.sent.takeRange(first, last, acked);
    for (let index = before; index < acked.length; index += 1) this.#deliver(acked[index] as SentPacket, true);
    for (const packet of this.sent.takeLate(first, last)) {
      this.#counters.spurious += 1;
      this.#deliver(packet, false);
    }
  }

  #deliver({ segments }: SentPacket, wasInFlight: boolean): void {
    for (const segment of segments) {
      if (wasInFlight) segment.copies -= 1;
      this.stream.acked(segment);
    }
  }

  /** Where no ranges are sent: the packets all of whose segments have arrived by the cumulative number. */
  #ackedWhole(acked: SentPacket[]): void {
    for (const packet of this.sent.inFlight) {
      if (!packet.segments.every((segment) => segment.acked)) continue;
      this.sent.take(packet.number);
      this.#deliver(packet, true);
      acked.push(packet);
    }
  }

  #lose(packets: readonly SentPacket[], cause: ResendCause, now: number): void {
    const newest = packets.at(-1);
    if (!newest) return;
    this.#giveUp(packets, cause);
    this.controller.onLost({ sentAt: newest.sentAt, now, persistent: isPersistent(packets, this.rtt) });
  }

  /** Has what was in packets sent again. */
  #giveUp(packets: readonly SentPacket[], cause: ResendCause): void {
    for (const packet of packets) {
      this.sent.lose(packet);
      this.#counters.lost += 1;
      for (const segment of packet.segments) {
        segment.copies -= 1;
        segment.cause = cause;
        this.stream.resend(segment);
      }
    }
  }
}

/** Whether a cumulative ACK of a packet can only be of this sending: all in it was sent just once. Karn's rule, RFC 6298 section 3. */
function tellsWhich({ segments }: SentPacket): boolean {
  return segments.length > 0 && segments.every(({ repeated }) => !repeated);
}

function frameBytes({ fin, data }: Segment): number {
  return fin ? FIN_BYTES : DATA_OVERHEAD + data.length;
}
