/*
 * NewReno as QUIC has it: RFC 9002 section 7, appendix B. The window doubles with every round trip until the first
 * loss, then grows by a datagram a round trip, and is halved once for all losses of one round trip.
 */
import type { Acked, Controller, Lost } from './controller.js';

/** By what the window is multiplied at a loss. RFC 9002 appendix B.1, kLossReductionFactor. */
const LOSS_REDUCTION = 0.5;

/** NewReno for datagrams of at most so many bytes. */
export class NewReno implements Controller {
  #datagramBytes: number;
  window: number;
  threshold = Number.POSITIVE_INFINITY;
  #recoverySince = Number.NEGATIVE_INFINITY;

  constructor(datagramBytes: number) {
    this.#datagramBytes = datagramBytes;
    this.window = Math.min(10 * datagramBytes, Math.max(2 * datagramBytes, 14_720)); // RFC 9002 section 7.2
  }

  get slowStart(): boolean {
    return this.window < this.threshold;
  }

  onAcked({ sentAt, bytes, limited }: Omit<Acked, 'now' | 'rttMs'>): void {
    if (!limited) return; // RFC 9002 section 7.8: a window that was not used is not raised
    if (sentAt <= this.#recoverySince) return; // section 7.3.2: sent before the loss was known
    if (this.slowStart) {
      this.window += bytes; // section 7.3.1
      return;
    }
    this.window += (this.#datagramBytes * bytes) / this.window; // section 7.3.3, appendix B.5
  }

  onLost({ sentAt, now, persistent }: Lost): void {
    if (sentAt > this.#recoverySince) {
      this.#recoverySince = now; // section 7.3.2: once a round trip
      this.window = Math.max(this.window * LOSS_REDUCTION, this.#minimum);
      this.threshold = this.window;
    }
    if (!persistent) return;
    this.window = this.#minimum; // section 7.6.2
    this.#recoverySince = Number.NEGATIVE_INFINITY; // appendix B.8
  }

  onDatagramSize(bytes: number): void {
    this.#datagramBytes = bytes;
    this.window = Math.max(this.window, this.#minimum);
  }

  /** RFC 9002 section 7.2, kMinimumWindow. */
  get #minimum(): number {
    return 2 * this.#datagramBytes;
  }
}
