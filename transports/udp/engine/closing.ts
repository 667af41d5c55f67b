/*
 * The end of a connection: CLOSE is sent, and again if the peer does not say CLOSE in turn. QUIC sends it once and
 * again only for what still arrives (RFC 9000 section 10.2); a chat wants to know of a lost peer at once, so here it is
 * repeated a few times by a timer, too.
 */
import type { CloseCode } from '../wire/packets.js';
import type { Timers } from './timers.js';

/** How often CLOSE is sent without an answer. */
const TRIES = 7;
/** The longest wait between two of them, so that a peer that is not there is soon forgotten. */
const LONGEST_REPEAT_MS = 1000;
/** How long a CLOSE that was received is still answered, in probe timeouts. RFC 9000 section 10.2. */
const DRAINING_PTOS = 3;

/** The last words of one end. */
export class Closing {
  readonly code: CloseCode;
  readonly text: string;
  readonly #timers: Timers;
  #tries = 0;
  #packets = 0;
  #draining = false;
  /** Whether CLOSE is to be sent now. */
  due = true;

  constructor(code: CloseCode, text: string, timers: Timers) {
    this.code = code;
    this.text = text.slice(0, 100);
    this.#timers = timers;
  }

  /** CLOSE was sent. */
  onSent(now: number, pto: number, draining: boolean): void {
    this.due = false;
    if (draining) {
      if (!this.#draining) this.#timers.set('close', now + DRAINING_PTOS * pto);
      this.#draining = true;
    } else if (!this.#timers.isSet('close')) this.#timers.set('close', now + Math.min(LONGEST_REPEAT_MS, pto * 2 ** this.#tries));
  }

  /** Something else arrived: the peer does not know yet. RFC 9000 section 10.2.1: answered less and less often. */
  onPacket(): void {
    this.#packets += 1;
    if ((this.#packets & (this.#packets - 1)) === 0) this.due = true;
  }

  /** No answer in time. */
  onTimeout(now: number, pto: number): 'again' | 'over' {
    if (this.#draining || this.#tries >= TRIES) return 'over';
    this.#tries += 1;
    this.due = true;
    this.#timers.set('close', now + Math.min(LONGEST_REPEAT_MS, pto * 2 ** this.#tries));
    return 'again';
  }
}
