/*
 * The sending side of a connection: says whether a packet may go, remembers it, and learns from ACKs and timeouts what
 * arrived and what must go again. How losses are found is the policy's affair, what goes into a packet the filler's, how
 * large it may be the datagram size's, how much may be in flight the controller's, and when it may go the departure's.
 */
import type { ResendCause, Resent } from '../../../lib/trace.js';
import type { PacketWriter } from '../wire/encode.js';
import { ACK_NOW, type FrameOf, SAFE_DATAGRAM_BYTES, SMALLEST_BYTES } from '../wire/packets.js';
import type { ArqPolicy, Recovery } from './arq/index.js';
import type { Controller, MakeController } from './congestion/index.js';
import { DatagramSize } from './datagram-size.js';
import { Departure, GO, type Readiness } from './departure.js';
import { type Filled, Filler } from './filler.js';
import { Outcomes } from './outcomes.js';
import { isPersistent } from './persistent.js';
import { Rtt } from './rtt.js';
import type { SendStream } from './send-stream.js';
import { type SentPacket, SentPackets } from './sent-packets.js';
import type { EngineSettings } from './settings.js';
import type { SenderSnapshot } from './snapshot.js';
import type { Counters } from './stats.js';

/** A second probe follows the first at once, in case that one is lost, too. RFC 9002 section 6.2.4 allows two. */
const PROBES = 2;

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
  readonly size: DatagramSize;
  controller: Controller;
  readonly #makeController: MakeController;
  readonly #policy: ArqPolicy;
  #recovery: Recovery;
  readonly #settings: EngineSettings;
  readonly #counters: Counters;
  readonly #filler: Filler;
  readonly #departure: Departure;
  readonly #outcomes: Outcomes;
  #probes = 0;
  /** Whether the peer is to be asked for an ACK, with data or without. */
  pingDue = false;

  constructor({ policy, makeController, settings, counters, stream }: SenderParts) {
    this.#policy = policy;
    this.#makeController = makeController;
    this.#settings = settings;
    this.#counters = counters;
    this.stream = stream;
    this.#recovery = policy.recovery(this.rtt, settings);
    this.#filler = new Filler(stream, policy, settings, counters);
    const { discovery, maxDatagramBytes, searchAfterDatagrams: searchAfter } = settings;
    const mostBytes = discovery && !policy.discovers ? SAFE_DATAGRAM_BYTES : maxDatagramBytes;
    this.size = new DatagramSize({ baseBytes: SAFE_DATAGRAM_BYTES, mostBytes, discovers: discovery && policy.discovers, searchAfter });
    this.controller = makeController(settings, this.size.current);
    this.#departure = new Departure(settings, this.rtt, this.size.current);
    this.#outcomes = new Outcomes(this.sent, stream, counters);
  }

  /** When losses are looked for next. */
  get deadline(): number {
    return this.#recovery.deadline(this.sent);
  }

  /** How long the next packet may be: after silence no longer than what goes everywhere. */
  get datagramBytes(): number {
    return this.#probes > 0 ? this.size.safe : this.size.current;
  }

  /** If somebody listens: the segments of the packets since it was last emptied that were sent before, and why again. */
  get resent(): Resent[] | undefined {
    return this.#filler.resent;
  }

  set resent(resent: Resent[] | undefined) {
    this.#filler.resent = resent;
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
      arqWindow: this.#filler.window.segments,
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
    return this.#departure.ready(this.#filler.nextFrameBytes, this.sent.bytesInFlight, this.controller, now);
  }

  /** Puts frames into the packet that was begun. Returns what is in it, or nothing if it need not be acknowledged. */
  fill(writer: PacketWriter): Filled | undefined {
    const probing = this.#probes > 0;
    const { bytesInFlight } = this.sent;
    const budget = probing || bytesInFlight === 0 ? Number.POSITIVE_INFINITY : this.controller.window - bytesInFlight;
    // What is bundled goes not after a timeout, when the path may be full.
    const filled = this.#filler.fill(writer, {
      probing,
      budget,
      bundles: !probing && this.#policy.bundles && this.#recovery.backoff === 0,
    });
    if (filled.segments.length === 0) {
      if (!probing && !this.pingDue) return undefined;
      writer.frame({ type: 'PING' });
    }
    if (probing) this.#probes -= 1;
    if (probing || this.pingDue || this.#stuckAfter(writer.length)) writer.flag(ACK_NOW);
    this.pingDue = false;
    return filled;
  }

  /** How large a packet is to be that only asks whether so much gets through, if one may go now: only while there is much to send. */
  sizeProbe(now: number): number | undefined {
    if (!this.stream.hasNew || this.#probes > 0 || this.#recovery.backoff > 0) return undefined;
    const bytes = this.size.probe(now);
    return bytes !== undefined && this.sent.bytesInFlight + bytes <= this.controller.window ? bytes : undefined;
  }

  /** The packet that was filled went. */
  onSent(packet: Omit<SentPacket, 'order'>): void {
    for (const segment of packet.segments) segment.copies += 1;
    this.sent.sent(packet);
    this.#departure.onSent(packet.bytes, packet.sentAt);
    if (packet.sizing !== 'probe') return;
    this.size.onProbeSent(packet.bytes);
    this.#counters.sizeProbes += 1;
  }

  /** Takes an ACK; returns what is wrong with it, or the newest packet of the peer that it shows to be acknowledged. */
  onAck(ack: FrameOf<'ACK'>, lastSent: number, now: number): { readonly wrong: string } | { readonly acknowledged: number } {
    if (ack.next > this.stream.next) return { wrong: 'an ACK of a segment that was never sent' };
    for (const { first, last } of ack.ranges)
      if (first > last || last > lastSent) return { wrong: 'an ACK of a packet that was never sent' };
    this.stream.grant(ack.credit);
    const acked: SentPacket[] = [];
    for (const { first, last } of ack.ranges) this.#outcomes.arrived(first, last, acked);
    this.stream.ackedBefore(ack.next);
    if (!this.#policy.keepsEarly) this.#outcomes.arrivedWhole(acked);
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
    for (const { sentAt, bytes } of acked) this.controller.onAcked({ sentAt, bytes, limited: this.#departure.limited, now, rttMs });
    this.#learnSize(acked, now);
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
    if (lost.some(({ segments, sizing }) => segments.length === 0 && sizing !== 'probe')) this.pingDue = true;
  }

  /**
   * The peer is at another address: nothing is known of the way to it, and what went to the old one is taken for lost.
   * RFC 9000 section 9.4; that the size of datagrams begins anew, too, is RFC 8899 section 5.2's.
   */
  onNewPath(): void {
    this.rtt.reset();
    this.size.reset();
    this.#departure.onNewPath(this.size.current);
    const gone = [...this.sent.inFlight];
    this.#outcomes.givenUp(gone, 'timeout');
    this.#recovery = this.#policy.recovery(this.rtt, this.#settings);
    this.controller = this.#makeController(this.#settings, this.size.current);
    if (gone.length > 0) this.pingDue = true; // a sample of the round trip, as soon as may be
  }

  /** The peer takes datagrams of no more than so many bytes. */
  limitDatagrams(bytes: number): void {
    this.size.limit(bytes);
    this.#resize();
  }

  /** The system says that a datagram of so many bytes is too large; 0 if it does not say which. */
  onTooLarge(bytes: number, now: number): void {
    if (this.size.onTooLarge(bytes, now)) this.#resize();
  }

  /** Drops everything. */
  clear(): void {
    this.stream.clear();
    this.sent.clear();
    this.#probes = 0;
    this.pingDue = false;
  }

  /** Whether nothing more could go after a packet of so many bytes until an ACK comes, although there is more. */
  #stuckAfter(bytes: number): boolean {
    if (!this.stream.again && !this.stream.hasNew) return false;
    const next = this.#filler.nextFrameBytes;
    return next < 0 || this.sent.bytesInFlight + bytes + SMALLEST_BYTES + next > this.controller.window;
  }

  #lose(packets: readonly SentPacket[], cause: ResendCause, now: number): void {
    if (packets.length === 0) return;
    this.#outcomes.givenUp(packets, cause);
    // RFC 9000 section 14.4: a probe that is lost was too large, which says nothing of congestion
    const lost = packets.filter(({ sizing }) => sizing !== 'probe');
    const newest = lost.at(-1);
    if (newest) this.controller.onLost({ sentAt: newest.sentAt, now, persistent: isPersistent(lost, this.rtt) });
    for (const { bytes, sentAt, sizing } of packets) {
      if (sizing === 'probe') this.size.onProbeLost(bytes, now);
      else if (this.size.onLost(bytes, sentAt, now)) {
        this.#counters.blackHoles += 1;
        this.#resize();
      }
    }
  }

  /** What arrived says how large a datagram may be. */
  #learnSize(acked: readonly SentPacket[], now: number): void {
    for (const { bytes, sizing } of acked) {
      if (sizing !== 'probe') this.size.onAcked(bytes, sizing === 'full');
      else if (this.size.onProbeAcked(bytes, now)) this.#resize();
    }
  }

  #resize(): void {
    this.controller.onDatagramSize(this.size.current);
    this.#departure.onDatagramSize(this.size.current);
  }
}

/** Whether a cumulative ACK of a packet can only be of this sending: all in it was sent just once. Karn's rule, RFC 6298 section 3. */
function tellsWhich({ segments }: SentPacket): boolean {
  return segments.length > 0 && segments.every(({ repeated }) => !repeated);
}
