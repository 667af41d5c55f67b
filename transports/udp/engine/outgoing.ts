/*
 * What a connection sends next: its last words if it is over, an answer that is owed, else as much as the Sender may and
 * an ACK with it. Gives each packet its number, which is never used twice.
 */
import type { PacketWriter } from '../wire/encode.js';
import { OFFER_TAKEN, PADDING_OVERHEAD } from '../wire/packets.js';
import type { Dialling } from './dialling.js';
import type { Halves } from './halves.js';
import type { Lifecycle } from './lifecycle.js';
import type { Path } from './path.js';
import type { Patience } from './patience.js';
import type { Counters } from './stats.js';
import type { Timers } from './timers.js';

/** So many numbers are kept back for the CLOSE that says that there are no more. */
const KEPT_BACK = 16;

/** What the outgoing side is made of. */
export interface OutgoingParts {
  readonly halves: Halves;
  readonly lifecycle: Lifecycle;
  readonly patience: Patience;
  readonly path: Path;
  readonly timers: Timers;
  readonly counters: Counters;
  /** The endpoint's: its memory is too much for each connection to have its own. */
  readonly writer: PacketWriter;
}

/** Writes the packets of one connection. */
export class Outgoing {
  readonly #parts: OutgoingParts;
  readonly #writer: PacketWriter;
  /** The ID under which the peer knows the connection; 0 until that is known. */
  peerId: number;
  /** The handshake, until the peer has answered. */
  dialling: Dialling | undefined;
  /** Whether the policies are those that the server offered. */
  offerTaken = false;
  /** The number of the last packet. */
  lastSent = 0;

  constructor(parts: OutgoingParts, peerId: number) {
    this.#parts = parts;
    this.#writer = parts.writer;
    this.peerId = peerId;
  }

  /** The next datagram, or nothing for now. */
  next(now: number): Uint8Array | undefined {
    const datagram = this.#next(now);
    if (datagram) this.#count(datagram);
    return datagram;
  }

  /** A question to an address that the peer is not known to be at; nothing if there are no numbers left. */
  challenge(token: number): Uint8Array | undefined {
    if (this.lastSent >= this.#lastNumber) return undefined;
    this.#begin();
    this.#writer.frame({ type: 'PATH_CHALLENGE', token });
    const datagram = this.#finish();
    this.#count(datagram);
    return datagram;
  }

  #next(now: number): Uint8Array | undefined {
    const { lifecycle, path } = this.#parts;
    if (lifecycle.closing) return this.#lastWords(now);
    if (lifecycle.state === 'dialling') return this.dialling?.pollTransmit(this.#writer, now);
    if (lifecycle.state === 'gone') return undefined;
    if (this.#exhausted) {
      lifecycle.startClosing('exhausted', 'a connection has no more numbers left');
      return this.#lastWords(now);
    }
    if (path.responseDue !== undefined) return this.#response(path.responseDue);
    return this.#sizeProbe(now) ?? this.#packet(now);
  }

  /** A packet that asks whether so large a datagram gets through. It carries nothing that would have to go again. RFC 9000 section 14.4. */
  #sizeProbe(now: number): Uint8Array | undefined {
    const { lifecycle, halves, patience } = this.#parts;
    const bytes = lifecycle.state === 'open' ? halves.sender.sizeProbe(now) : undefined;
    if (bytes === undefined) return undefined;
    this.#begin(bytes);
    this.#writer.frame({ type: 'PING' });
    this.#writer.frame({ type: 'PADDING', zeros: new Uint8Array(this.#writer.room - PADDING_OVERHEAD) });
    const datagram = this.#finish();
    patience.asked(now);
    halves.sender.onSent({ number: this.lastSent, sentAt: now, bytes, segments: [], acknowledged: 0, sizing: 'probe' });
    return datagram;
  }

  /** What the Sender may send, and an ACK if there is something to tell. */
  #packet(now: number): Uint8Array | undefined {
    const { sender, receiver } = this.#parts.halves;
    const ready = sender.ready(now);
    if (!ready.go && !receiver.packets.ackDue) {
      this.#rearm(now, ready.why === 'pacing' ? ready.at : Number.POSITIVE_INFINITY);
      return undefined;
    }
    this.#begin(sender.datagramBytes);
    const withAck = receiver.packets.hasNews;
    const acknowledged = withAck ? receiver.writeAck(this.#writer, ready.go && sender.stream.hasNew, now) : 0;
    const filled = ready.go ? sender.fill(this.#writer) : undefined;
    if (!filled && !withAck) {
      this.#rearm(now, Number.POSITIVE_INFINITY);
      return undefined;
    }
    const datagram = this.#finish();
    if (filled) {
      this.#parts.patience.asked(now);
      sender.onSent({ number: this.lastSent, sentAt: now, bytes: datagram.length, acknowledged, ...filled });
    }
    return datagram;
  }

  /** RFC 9000 section 8.2.2: at once, and once. If it is lost, the peer asks again when the next packet comes. */
  #response(token: number): Uint8Array {
    this.#parts.path.responseDue = undefined;
    this.#begin();
    this.#writer.frame({ type: 'PATH_RESPONSE', token });
    return this.#finish();
  }

  #lastWords(now: number): Uint8Array | undefined {
    const { lifecycle, path, halves } = this.#parts;
    const { closing } = lifecycle;
    const answers = path.responseDue;
    if (!closing || !(closing.due || answers !== undefined) || this.lastSent >= this.#lastNumber) return undefined;
    this.#begin();
    path.responseDue = undefined;
    if (answers !== undefined) this.#writer.frame({ type: 'PATH_RESPONSE', token: answers });
    this.#writer.frame({ type: 'CLOSE', code: closing.code, text: closing.text });
    closing.onSent(now, halves.sender.rtt.pto, lifecycle.state === 'draining');
    return this.#finish();
  }

  /** Begins a packet; until the peer has answered it is a CONNECT, which makes the connection there. */
  #begin(maxBytes = this.#parts.halves.sender.size.safe): void {
    const connect = this.dialling?.connect;
    const flags = connect && this.offerTaken ? OFFER_TAKEN : 0;
    const header = { flags, destination: this.peerId, number: this.lastSent + 1 };
    if (connect) this.#writer.begin('CONNECT', header, connect, maxBytes);
    else this.#writer.begin('OPEN', header, {}, maxBytes);
  }

  #finish(): Uint8Array {
    this.lastSent += 1;
    return this.#writer.finish();
  }

  #count(datagram: Uint8Array): void {
    this.#parts.counters.datagramsSent += 1;
    this.#parts.counters.bytesSent += datagram.length;
  }

  get #lastNumber(): number {
    return this.#parts.halves.settings.lastNumber;
  }

  get #exhausted(): boolean {
    const { stream } = this.#parts.halves.sender;
    return this.lastSent >= this.#lastNumber - KEPT_BACK || (stream.next >= this.#lastNumber && stream.hasNew);
  }

  /** Nothing goes now: sets the timers by what there is to wait for. */
  #rearm(now: number, pacingAt: number): void {
    const { timers, patience, halves } = this.#parts;
    timers.set('loss', halves.sender.deadline);
    timers.set('ack', halves.receiver.packets.ackDueAt);
    timers.set('pacing', pacingAt);
    patience.waitForCredit(now);
  }
}
