/*
 * The timer of the textbook policies: how long to wait for the ACK of a packet. RFC 6298, and Karn's rule where an ACK
 * does not say which sending it answers; or one that never changes, as the formulas of textbooks assume. Which packets
 * are given up when it is over is the policy's to say.
 */
import type { Rtt } from '../rtt.js';
import type { SentPacket, SentPackets } from '../sent-packets.js';
import type { EngineSettings } from '../settings.js';
import type { Recovery } from './policy.js';

/**
 * Where doubling ends. RFC 6298 (2.5) wants no bound below 60 seconds; but a connection is given up after 30 seconds of
 * silence, and shall have been tried a dozen times by then, even where every second packet is lost.
 */
const LONGEST_BACKOFF_MS = 2000;

/** What is given up when the oldest packet's timer is over: what is equally old, or all in flight. */
export type GivesUp = 'expired' | 'all';

/** Finds losses by a timer alone. */
export class TimerRecovery implements Recovery {
  readonly #rtt: Rtt;
  readonly #settings: EngineSettings;
  readonly #givesUp: GivesUp;
  backoff = 0;

  constructor(rtt: Rtt, settings: EngineSettings, givesUp: GivesUp) {
    this.#rtt = rtt;
    this.#settings = settings;
    this.#givesUp = givesUp;
  }

  onAcked(_sent: SentPackets, _now: number, certain: boolean): readonly SentPacket[] {
    if (certain) this.backoff = 0; // Karn and Partridge (1987): the doubled timer stays until an ACK tells the round trip
    return [];
  }

  /** All timers run equally long, so the oldest packet's is over first. */
  deadline(sent: SentPackets): number {
    const { oldest } = sent;
    return oldest ? oldest.sentAt + this.timeoutMs : Number.POSITIVE_INFINITY;
  }

  onDeadline(sent: SentPackets, now: number): { lost: readonly SentPacket[]; probe: boolean } {
    if (now < this.deadline(sent)) return { lost: [], probe: false }; // an ACK came at the same moment
    const lost: SentPacket[] = [];
    for (const packet of sent.inFlight) {
      if (this.#givesUp === 'expired' && now < packet.sentAt + this.timeoutMs) break;
      lost.push(packet); // RFC 6298 (5.4): send again what was not acknowledged
    }
    this.backoff += 1; // RFC 6298 (5.5): double it
    return { lost, probe: false };
  }

  get timeoutMs(): number {
    const { fixedRtoMs, minRtoMs } = this.#settings;
    if (fixedRtoMs > 0) return fixedRtoMs;
    const rto = this.#rtt.rto(minRtoMs);
    return Math.max(rto, Math.min(LONGEST_BACKOFF_MS, rto * 2 ** Math.min(this.backoff, 16)));
  }
}
