/*
 * How long a round trip takes, smoothed, and the two timeouts that follow from it. RFC 6298 and RFC 9002 smooth
 * alike; they differ in what they add. Packet numbers are never used twice, so every sample is unambiguous and
 * Karn's rule (RFC 6298 section 3) has nothing to forbid.
 */

/** The clock's grain. RFC 9002 section 6.1.2, kGranularity. */
export const GRAIN_MS = 1;
/** The longest that an end holds back an ACK. RFC 9002 section 6.2.1 adds it to the probe timeout. */
export const MAX_ACK_DELAY_MS = 25;
/**
 * What a round trip is taken for before there is a sample. RFC 9002 section 6.2.2 recommends 333 ms; here it only
 * matters after a loss in the handshake, and there a third of a second is soon enough for a probe.
 */
const INITIAL_RTT_MS = 100;

/** The round trip of one connection. */
export class Rtt {
  latest = 0;
  min = Number.POSITIVE_INFINITY;
  smoothed = INITIAL_RTT_MS; // RFC 9002 section 5.3: before a sample
  variation = INITIAL_RTT_MS / 2;
  sampled = false;

  /** Nothing is known any more. */
  reset(): void {
    this.latest = 0;
    this.min = Number.POSITIVE_INFINITY;
    this.smoothed = INITIAL_RTT_MS;
    this.variation = INITIAL_RTT_MS / 2;
    this.sampled = false;
  }

  /** Takes a sample; `ackDelay` is how long the peer says that it held the ACK back. */
  sample(latest: number, ackDelay = 0): void {
    this.latest = latest;
    this.min = Math.min(this.min, latest); // RFC 9002 section 5.2: without the ack delay
    if (!this.sampled) {
      this.sampled = true;
      this.smoothed = latest; // RFC 6298 (2.2), RFC 9002 section 5.3
      this.variation = latest / 2;
      return;
    }
    // RFC 9002 section 5.3: the delay counts up to the agreed maximum, and never below the smallest round trip
    const delay = Math.min(ackDelay, MAX_ACK_DELAY_MS);
    const adjusted = latest >= this.min + delay ? latest - delay : latest;
    this.variation = 0.75 * this.variation + 0.25 * Math.abs(this.smoothed - adjusted); // RFC 6298 (2.3), beta 1/4
    this.smoothed = 0.875 * this.smoothed + 0.125 * adjusted; // alpha 1/8, after the variation
  }

  /** The retransmission timeout of RFC 6298 (2.2), (2.3) and (2.4). Before a sample: one second, (2.1). */
  rto(minMs: number): number {
    if (!this.sampled) return Math.max(1000, minMs);
    return Math.max(minMs, this.smoothed + Math.max(GRAIN_MS, 4 * this.variation));
  }

  /** The probe timeout of RFC 9002 section 6.2.1, without backoff. */
  get pto(): number {
    return this.smoothed + Math.max(4 * this.variation, GRAIN_MS) + MAX_ACK_DELAY_MS;
  }
}
