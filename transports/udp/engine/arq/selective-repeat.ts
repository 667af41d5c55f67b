/*
 * Selective repeat as textbooks have it (Kurose and Ross, section 3.4.4): the receiver keeps what comes early and
 * acknowledges each packet, the sender has a timer for each and repeats just the one whose timer is over. The window
 * spans from the oldest unacknowledged segment. The timer is that of RFC 6298.
 */
import type { Rtt } from '../rtt.js';
import type { SentPacket, SentPackets } from '../sent-packets.js';
import type { ArqPolicy, Recovery } from './policy.js';

/** The longest timeout. RFC 6298 (2.5) allows a bound of 60 seconds or more. */
const MAX_RTO_MS = 60_000;

class TimerRecovery implements Recovery {
  readonly #rtt: Rtt;
  readonly #minRtoMs: number;
  backoff = 0;

  constructor(rtt: Rtt, minRtoMs: number) {
    this.#rtt = rtt;
    this.#minRtoMs = minRtoMs;
  }

  onAcked(): readonly SentPacket[] {
    this.backoff = 0; // RFC 6298 section 5: a new sample sets RTO anew, and every ACK of a packet is one
    return [];
  }

  /** All timers run equally long, so the oldest packet's is over first. */
  deadline(sent: SentPackets): number {
    const { oldest } = sent;
    return oldest ? oldest.sentAt + this.#rto : Number.POSITIVE_INFINITY;
  }

  onDeadline(sent: SentPackets, now: number): { lost: readonly SentPacket[]; probe: boolean } {
    const rto = this.#rto;
    const lost: SentPacket[] = [];
    for (const packet of sent.inFlight) {
      if (now < packet.sentAt + rto) break;
      lost.push(packet); // RFC 6298 (5.4): send again the one that was not acknowledged
    }
    this.backoff += 1; // RFC 6298 (5.5): double it
    return { lost, probe: false };
  }

  get #rto(): number {
    return Math.min(MAX_RTO_MS, this.#rtt.rto(this.#minRtoMs) * 2 ** Math.min(this.backoff, 16));
  }
}

/** Selective repeat. */
export const selectiveRepeat: ArqPolicy = {
  name: 'selective-repeat',
  keepsEarly: true,
  rhythm: { every: 1, stretch: 1 },
  bundles: false,
  window: ({ arqWindowSegments }) => arqWindowSegments,
  recovery: (rtt, { minRtoMs }) => new TimerRecovery(rtt, minRtoMs),
};
