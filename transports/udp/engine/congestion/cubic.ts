/*
 * CUBIC, RFC 9438: after a loss the window grows along a cubic curve back to where the loss was, rests there, and then
 * looks for more, by the time that has passed and not by the round trips; never slower than Reno would. What is
 * QUIC's rather than TCP's (when a round trip of losses counts as one, persistent congestion) is as in NewReno here.
 * HyStart++ (RFC 9406), which the RFC recommends for leaving slow start, is not there.
 */
import type { Acked, Controller, Lost } from './controller.js';

/** How steep the curve is, in datagrams per second cubed. RFC 9438 section 5.1: C SHOULD be 0.4. */
const C = 0.4;
/** By what the window is multiplied at a loss. RFC 9438 section 4.6. */
const BETA = 0.7;
/** What Reno would have to add in each round trip to have the same average with this BETA. RFC 9438 section 4.3. */
const RENO_ALPHA = (3 * (1 - BETA)) / (1 + BETA);
/** No target is further away than this. RFC 9438 section 4.2. */
const FURTHEST_TARGET = 1.5;
/** The smallest window, in datagrams. RFC 9002 section 7.2, kMinimumWindow; RFC 9438 section 4.6 allows two, too. */
const LEAST = 2;

/** The congestion avoidance since the last loss, in datagrams and milliseconds. */
interface Epoch {
  /** When it began; moved on by what the application let pass unused. */
  since: number;
  /** Where the curve is flat. */
  readonly plateau: number;
  /** How many seconds after the beginning that is. */
  readonly k: number;
  /** The window before the loss. */
  readonly prior: number;
  /** What Reno's window would be. */
  reno: number;
}

/** CUBIC for datagrams of at most so many bytes. */
export class Cubic implements Controller {
  #datagramBytes: number;
  /** In datagrams, as the RFC counts. */
  #window: number;
  #threshold = Number.POSITIVE_INFINITY;
  #recoverySince = Number.NEGATIVE_INFINITY;
  /** The window at the last loss, or a little less; section 4.7. */
  #most = 0;
  #epoch: Epoch | undefined;
  #unusedSince: number | undefined;

  constructor(datagramBytes: number) {
    this.#datagramBytes = datagramBytes;
    this.#window = Math.min(10, Math.max(2, 14_720 / datagramBytes)); // RFC 9002 section 7.2
  }

  get window(): number {
    return this.#window * this.#datagramBytes;
  }

  get threshold(): number {
    return this.#threshold * this.#datagramBytes;
  }

  get slowStart(): boolean {
    return this.#window < this.#threshold;
  }

  onAcked({ sentAt, bytes, limited, now, rttMs }: Acked): void {
    if (!limited) {
      this.#unusedSince ??= now;
      return;
    }
    if (this.#unusedSince !== undefined && this.#epoch) this.#epoch.since += now - this.#unusedSince; // section 5.8: such time does not count
    this.#unusedSince = undefined;
    if (sentAt <= this.#recoverySince) return; // sent before the loss was known
    const acked = bytes / this.#datagramBytes;
    if (this.slowStart)
      this.#window += acked; // section 4.10, as RFC 9002 section 7.3.1
    else this.#avoid(acked, now, rttMs);
  }

  onLost({ sentAt, now, persistent }: Lost): void {
    if (sentAt > this.#recoverySince) {
      this.#recoverySince = now; // RFC 9002 section 7.3.2: once a round trip
      const prior = this.#window;
      this.#most = prior < this.#most ? (prior * (1 + BETA)) / 2 : prior; // section 4.7: fast convergence
      this.#window = Math.max(prior * BETA, LEAST); // section 4.6
      this.#threshold = this.#window;
      const k = Math.cbrt((this.#most - this.#window) / C); // section 4.2
      this.#epoch = { since: now, plateau: this.#most, k, prior, reno: this.#window };
      this.#unusedSince = undefined;
    }
    if (!persistent) return;
    this.#window = LEAST; // RFC 9002 section 7.6.2
    this.#epoch = undefined;
    this.#recoverySince = Number.NEGATIVE_INFINITY;
  }

  /** The window stays in bytes; a curve that was begun is in datagrams of the old size, and another one begins flat. */
  onDatagramSize(bytes: number): void {
    const scale = this.#datagramBytes / bytes;
    this.#datagramBytes = bytes;
    this.#window = Math.max(this.#window * scale, LEAST);
    this.#threshold *= scale;
    this.#most *= scale;
    this.#epoch = undefined;
  }

  /** Congestion avoidance, by the ACK of so many datagrams. RFC 9438 sections 4.2 to 4.5. */
  #avoid(acked: number, now: number, rttMs: number): void {
    // section 4.8: after a timeout the curve begins where it is flat
    this.#epoch ??= { since: now, plateau: this.#window, k: 0, prior: this.#window, reno: this.#window };
    const epoch = this.#epoch;
    const { plateau, k } = epoch;
    const curve = (seconds: number) => C * (seconds - k) ** 3 + plateau; // section 4.2, figure 1
    const seconds = (now - epoch.since) / 1000;
    const alpha = epoch.reno >= epoch.prior ? 1 : RENO_ALPHA; // section 4.3: as Reno's, once it is where it was
    epoch.reno += (alpha * acked) / this.#window; // figure 4
    if (curve(seconds) < epoch.reno) {
      this.#window = Math.max(this.#window, epoch.reno); // section 4.3: Reno would be faster
      return;
    }
    const target = Math.min(Math.max(curve(seconds + rttMs / 1000), this.#window), FURTHEST_TARGET * this.#window); // section 4.2
    this.#window += ((target - this.#window) / this.#window) * acked; // sections 4.4 and 4.5
  }
}
