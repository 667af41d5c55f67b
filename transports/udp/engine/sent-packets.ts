/*
 * Which packets are on their way and what was in them. A packet's number is never used twice, so an ACK always says
 * which sending arrived; what it carried is found here. Packets that nobody must acknowledge are not kept.
 */
import { Numbered } from './numbered.js';
import type { Segment } from './send-stream.js';

/** A packet that was sent and asks for an ACK. */
export interface SentPacket {
  readonly number: number;
  readonly sentAt: number;
  readonly bytes: number;
  /** The segments in it, the bundled ones too; none in a PING. */
  readonly segments: readonly Segment[];
  /** Counts the packets that ask for an ACK, so that a gap between two can be told. */
  readonly order: number;
  /** The newest packet of the peer that it acknowledged, or 0. */
  readonly acknowledged: number;
  /** What its arrival says of the size of datagrams: nothing more fitted in, or it only was to show that so many bytes get through. */
  readonly sizing?: 'full' | 'probe' | undefined;
}

/** How many lost packets are remembered, to learn which of them had only been late. */
const LOST_KEPT = 256;

const NONE: readonly SentPacket[] = [];

/** The packets in flight. */
export class SentPackets {
  readonly #inFlight = new Numbered<SentPacket>();
  readonly #lost = new Map<number, SentPacket>();
  #order = 0;
  bytesInFlight = 0;
  largestAcked = 0;
  lastSentAt = 0;

  /** How many packets are in flight. */
  get count(): number {
    return this.#inFlight.size;
  }

  /** The packets in flight, oldest first. */
  get inFlight(): Iterable<SentPacket> {
    return this.#inFlight.values();
  }

  /** The oldest packet in flight. */
  get oldest(): SentPacket | undefined {
    return this.#inFlight.oldest;
  }

  sent({ number, sentAt, bytes, segments, acknowledged, sizing }: Omit<SentPacket, 'order'>): void {
    if (sizing !== 'probe') this.#order += 1; // the loss of one says nothing, so it is no gap either
    this.#inFlight.add(number, { number, sentAt, bytes, segments, acknowledged, sizing, order: this.#order });
    this.bytesInFlight += bytes;
    this.lastSentAt = sentAt;
  }

  /** Takes out a packet that arrived or is given up. */
  take(number: number): SentPacket | undefined {
    const packet = this.#inFlight.take(number);
    if (packet) this.bytesInFlight -= packet.bytes;
    return packet;
  }

  /** Takes out the packets in flight with numbers from `first` to `last`, and adds them to `taken`. */
  takeRange(first: number, last: number, taken: SentPacket[]): void {
    // A range reaches far back, as every ACK of a long connection has it; what is in flight does not.
    const end = Math.min(last + 1, this.#inFlight.end);
    for (let number = Math.max(first, this.#inFlight.first); number < end; number += 1) {
      const packet = this.take(number);
      if (packet) taken.push(packet);
    }
  }

  /** Takes a packet for lost, and remembers it for a while. */
  lose(packet: SentPacket): void {
    this.take(packet.number);
    this.#lost.set(packet.number, packet);
    if (this.#lost.size > LOST_KEPT) this.#lost.delete(this.#lost.keys().next().value as number);
  }

  /** The packets between two numbers that were taken for lost and now arrive after all. */
  takeLate(first: number, last: number): readonly SentPacket[] {
    if (this.#lost.size === 0) return NONE;
    const late: SentPacket[] = [];
    const take = (number: number): void => {
      const packet = this.#lost.get(number);
      if (packet && this.#lost.delete(number)) late.push(packet);
    };
    // Every ACK names the newest ranges again, so this is asked often: whichever is fewer is looked through.
    if (last - first < this.#lost.size) for (let number = first; number <= last; number += 1) take(number);
    else for (const number of [...this.#lost.keys()]) if (number >= first && number <= last) take(number);
    return late;
  }

  /** Forgets everything. */
  clear(): void {
    this.#inFlight.clear();
    this.#lost.clear();
    this.bytesInFlight = 0;
  }
}
