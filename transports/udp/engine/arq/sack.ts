/*
 * Loss detection as in QUIC: a packet is lost when packets sent after it have arrived and it is three behind, or late.
 * If no ACK comes at all, a probe asks for one; nothing is taken for lost before an ACK shows it. RFC 9002 section 6.
 */
import { GRAIN_MS, type Rtt } from '../rtt.js';
import type { SentPacket, SentPackets } from '../sent-packets.js';
import type { ArqPolicy, Recovery } from './policy.js';

/** How far behind the newest acknowledged packet one is lost. RFC 9002 section 6.1.1, kPacketThreshold. */
const PACKET_THRESHOLD = 3;
/** How late, as a share of the round trip. RFC 9002 section 6.1.2, kTimeThreshold. */
const TIME_THRESHOLD = 9 / 8;
/** Doubling ends here, far past every idle timeout; the numbers stay finite. */
const MAX_BACKOFF = 20;

class PacketRecovery implements Recovery {
  readonly #rtt: Rtt;
  #lossAt = Number.POSITIVE_INFINITY;
  backoff = 0;

  constructor(rtt: Rtt) {
    this.#rtt = rtt;
  }

  onAcked(sent: SentPackets, now: number): readonly SentPacket[] {
    this.backoff = 0; // RFC 9002 section 6.2.1
    return this.#detect(sent, now);
  }

  deadline(sent: SentPackets): number {
    if (this.#lossAt !== Number.POSITIVE_INFINITY) return this.#lossAt; // RFC 9002 section 6.2.1: no probe while this is set
    if (sent.count === 0) return Number.POSITIVE_INFINITY;
    return sent.lastSentAt + this.timeoutMs;
  }

  get timeoutMs(): number {
    return this.#rtt.pto * 2 ** Math.min(this.backoff, MAX_BACKOFF);
  }

  onDeadline(sent: SentPackets, now: number): { lost: readonly SentPacket[]; probe: boolean } {
    if (this.#lossAt !== Number.POSITIVE_INFINITY) return { lost: this.#detect(sent, now), probe: false };
    this.backoff += 1; // RFC 9002 section 6.2.1: doubled for the next
    return { lost: [], probe: true };
  }

  /** RFC 9002 appendix A.10, DetectAndRemoveLostPackets. */
  #detect(sent: SentPackets, now: number): SentPacket[] {
    this.#lossAt = Number.POSITIVE_INFINITY;
    const patience = Math.max(TIME_THRESHOLD * Math.max(this.#rtt.latest, this.#rtt.smoothed), GRAIN_MS);
    const lost: SentPacket[] = [];
    for (const packet of sent.inFlight) {
      if (packet.number > sent.largestAcked) break;
      const lateAt = packet.sentAt + patience;
      if (now >= lateAt || sent.largestAcked >= packet.number + PACKET_THRESHOLD) lost.push(packet);
      else this.#lossAt = Math.min(this.#lossAt, lateAt);
    }
    return lost;
  }
}

/** Selective acknowledgement. */
export const sack: ArqPolicy = {
  name: 'sack',
  keepsEarly: true,
  rhythm: { every: 2, stretch: 8 }, // RFC 9000 section 13.2.2; the stretch after RFC 3449 section 5.2.3 (ACK congestion control)
  bundles: true,
  discovers: true,
  window: () => Number.POSITIVE_INFINITY, // credit and congestion window are enough
  recovery: (rtt) => new PacketRecovery(rtt),
};
