/*
 * How long a silent peer is waited for, and when it is asked: the idle timer, the sign of life before it, and the
 * question for more credit. RFC 9000 section 10.1, RFC 9293 section 3.8.6.1.
 */
import type { Halves } from './halves.js';
import type { Timers } from './timers.js';

/** The longest time between two questions for credit. */
const LONGEST_CREDIT_WAIT_MS = 5000;

/** The patience of one connection. */
export class Patience {
  readonly #halves: Halves;
  readonly #timers: Timers;
  #idleTimeoutMs: number;
  #waitedForCredit = 0;
  #askedSinceHeard = false;

  constructor(halves: Halves, timers: Timers) {
    this.#halves = halves;
    this.#timers = timers;
    this.#idleTimeoutMs = halves.settings.idleTimeoutMs;
  }

  /** What the other end wants. RFC 9000 section 10.1: the smaller one counts. */
  agree(idleTimeoutMs: number): void {
    this.#idleTimeoutMs = Math.min(this.#idleTimeoutMs, idleTimeoutMs);
  }

  /** A packet came: the peer is alive. RFC 9000 section 10.1: the idle timer starts anew. */
  heard(now: number): void {
    this.#askedSinceHeard = false;
    const { sender, settings } = this.#halves;
    this.#timers.set('idle', now + Math.max(this.#idleTimeoutMs, 3 * sender.rtt.pto)); // section 10.1: at least three PTO
    if (settings.keepAliveMs > 0) this.#timers.set('keepAlive', now + settings.keepAliveMs);
  }

  /** A packet goes that asks for an answer. RFC 9000 section 10.1: the first one since the peer was heard starts the idle timer anew. */
  asked(now: number): void {
    if (this.#askedSinceHeard) return;
    this.heard(now);
    this.#askedSinceHeard = true;
  }

  /** No credit and nothing on its way: whatever would raise it may have been lost, so the peer is asked, less and less often. */
  waitForCredit(now: number): void {
    const { stream, sent, rtt } = this.#halves.sender;
    if (!stream.blocked) this.#waitedForCredit = 0;
    else if (sent.count === 0 && !this.#timers.isSet('credit')) {
      this.#timers.set('credit', now + Math.min(LONGEST_CREDIT_WAIT_MS, rtt.pto * 2 ** this.#waitedForCredit));
      this.#waitedForCredit = Math.min(this.#waitedForCredit + 1, 10);
    }
  }
}
