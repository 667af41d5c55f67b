/*
 * What became of packets, told to the segments in them: those of a packet that arrived are acknowledged, those of one
 * that is given up go again. What that says of the path (round trip, congestion, size) is the Sender's affair.
 */
import type { ResendCause } from '../../../lib/trace.js';
import type { SendStream } from './send-stream.js';
import type { SentPacket, SentPackets } from './sent-packets.js';
import type { Counters } from './stats.js';

/** Settles the packets of one direction of one connection. */
export class Outcomes {
  readonly #sent: SentPackets;
  readonly #stream: SendStream;
  readonly #counters: Counters;

  constructor(sent: SentPackets, stream: SendStream, counters: Counters) {
    this.#sent = sent;
    this.#stream = stream;
    this.#counters = counters;
  }

  /** Packets of a range arrived. Those that were in flight are added to `acked`; late ones only count. */
  arrived(first: number, last: number, acked: SentPacket[]): void {
    const before = acked.length;
    this.#sent.takeRange(first, last, acked);
    for (let index = before; index < acked.length; index += 1) this.#deliver(acked[index] as SentPacket, true);
    for (const packet of this.#sent.takeLate(first, last)) {
      if (packet.sizing !== 'probe') this.#counters.spurious += 1;
      this.#deliver(packet, false);
    }
  }

  /** Where no ranges are sent: the packets all of whose segments have arrived by the cumulative number are added to `acked`. */
  arrivedWhole(acked: SentPacket[]): void {
    for (const packet of this.#sent.inFlight) {
      if (!packet.segments.every((segment) => segment.acked)) continue;
      this.#sent.take(packet.number);
      this.#deliver(packet, true);
      acked.push(packet);
    }
  }

  /** Packets are given up: what was in them is sent again. */
  givenUp(packets: readonly SentPacket[], cause: ResendCause): void {
    for (const packet of packets) {
      this.#sent.lose(packet);
      if (packet.sizing !== 'probe') this.#counters.lost += 1;
      for (const segment of packet.segments) {
        segment.copies -= 1;
        segment.cause = cause;
        this.#stream.resend(segment);
      }
    }
  }

  #deliver({ segments }: SentPacket, wasInFlight: boolean): void {
    for (const segment of segments) {
      if (wasInFlight) segment.copies -= 1;
      this.#stream.acked(segment);
    }
  }
}
