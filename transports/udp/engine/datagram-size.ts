/*
 * How large a datagram may be that still reaches the peer: DPLPMTUD, RFC 8899, used over acknowledged packets as RFC
 * 9000 section 14.3 uses it. Probes of a larger size are sent while there is much to send; one that arrives shows that the way is as wide.
 * Sees sizes and times, no packets; sets no timer, since nothing is looked for where nothing is sent. After quinn-proto's mtud.rs.
 */

/** Where a search stands; the names are those of RFC 8899 section 5.2. */
export type SizeState =
  | 'disabled' // the size never changes
  | 'base' // the size that goes everywhere, until that was seen to get through
  | 'searching'
  | 'complete';

/** What is looked for, in bytes of a datagram: what UDP carries, without its own header and that of IP. */
export interface SizeParts {
  /** BASE_PLPMTU: what every way carries. */
  readonly baseBytes: number;
  /** MAX_PLPMTU: what this end would send at most. */
  readonly mostBytes: number;
  /** Whether anything is looked for; if not, the largest size holds from the beginning. */
  readonly discovers: boolean;
  /** So many full datagrams must have arrived before larger ones are tried. */
  readonly searchAfter: number;
}

/** RFC 8899 section 5.1.2, MAX_PROBES: so many probes of a size are lost before it is given up. */
const MAX_PROBES = 3;
/** RFC 8899 section 5.1.2, PMTU_RAISE_TIMER: after so long the way may have become wider. */
const RAISE_AFTER_MS = 600_000;
/** A search ends when it could gain no more than this. RFC 8899 section 5.3.2 leaves it open; quinn has the same. */
export const SEARCH_STEP_BYTES = 20;
/** RFC 8899 section 4.3: so many losses, each after the one before was known, and nothing as large got through meanwhile. */
const BLACK_HOLE_LOSSES = 3;

/** The size of the datagrams of one direction of one connection. */
export class DatagramSize {
  readonly #base: number;
  readonly #searchAfter: number;
  /** The largest that may be sent at all. */
  #most: number;
  /** The largest that was not found to be too large. */
  #high: number;
  #current: number;
  #state: SizeState;
  /** The probe that is under way, in bytes. */
  #probing: number | undefined;
  /** How many probes of the size that is tried were lost. */
  #lostProbes = 0;
  /** Whether the largest size was tried in this search. */
  #triedMost = false;
  /** Full datagrams that arrived since the last probe. */
  #full = 0;
  #completeAt = Number.POSITIVE_INFINITY;
  #losses = 0;
  #lossKnownAt = Number.NEGATIVE_INFINITY;
  #smallestLost = Number.POSITIVE_INFINITY;

  constructor({ baseBytes, mostBytes, discovers, searchAfter }: SizeParts) {
    this.#searchAfter = searchAfter;
    this.#most = mostBytes;
    this.#high = mostBytes;
    this.#state = discovers ? 'base' : 'disabled';
    this.#base = Math.min(baseBytes, mostBytes);
    this.#current = discovers ? this.#base : mostBytes;
  }

  /** PLPMTU: how large a datagram may be now. */
  get current(): number {
    return this.#current;
  }

  /** How large one may be that asks whether anybody is there: after silence nothing is risked (RFC 8899 section 4.3). */
  get safe(): number {
    return this.#state === 'disabled' ? this.#current : this.#base;
  }

  get state(): SizeState {
    return this.#state;
  }

  /** The peer takes no more than this. */
  limit(bytes: number): void {
    this.#most = Math.min(this.#most, bytes);
    this.#high = Math.min(this.#high, bytes);
    this.#current = Math.min(this.#current, bytes);
  }

  /** How large a probe is to be sent now, if one is. */
  probe(now: number): number | undefined {
    if (this.#state === 'disabled' || this.#probing !== undefined) return undefined;
    if (this.#full < (this.#state === 'searching' ? 1 : this.#searchAfter)) return undefined;
    if (this.#state === 'base' || (this.#state === 'complete' && now >= this.#completeAt + RAISE_AFTER_MS)) this.#search();
    return this.#state === 'searching' ? this.#next(now) : undefined;
  }

  /** A probe went. */
  onProbeSent(bytes: number): void {
    this.#probing = bytes;
    this.#full = 0;
  }

  /** A probe arrived. True: datagrams are larger from now on. */
  onProbeAcked(bytes: number, now: number): boolean {
    if (bytes !== this.#probing) return false; // of a search that was given up
    this.#probing = undefined;
    this.#lostProbes = 0;
    this.#current = bytes;
    this.#next(now);
    return true;
  }

  /** A probe was lost. */
  onProbeLost(bytes: number, now: number): void {
    if (bytes !== this.#probing) return;
    this.#probing = undefined;
    this.#lostProbes += 1;
    if (this.#lostProbes >= MAX_PROBES) this.#failed(bytes, now);
  }

  /** A datagram arrived that was no probe; `full`: nothing more would have fitted into it. */
  onAcked(bytes: number, full: boolean): void {
    if (full) this.#full += 1;
    if (bytes >= this.#smallestLost) this.#forgetLosses(); // as large gets through: it was congestion
  }

  /** A datagram was lost that was no probe. True: the way has become narrower, and datagrams are small from now on. */
  onLost(bytes: number, sentAt: number, now: number): boolean {
    if (this.#state === 'disabled' || bytes <= this.#base) return false;
    this.#smallestLost = Math.min(this.#smallestLost, bytes);
    if (sentAt < this.#lossKnownAt) return false; // it went before the last loss was known: the same one
    this.#lossKnownAt = now;
    this.#losses += 1;
    if (this.#losses < BLACK_HOLE_LOSSES) return false;
    this.reset();
    return true;
  }

  /**
   * The system says that a datagram of so many bytes is too large; 0: it does not say of which, as when a router
   * complained of an earlier one. True: datagrams are smaller from now on. A hint, as RFC 8899 section 4.6 allows it.
   */
  onTooLarge(bytes: number, now: number): boolean {
    const before = this.#current;
    const probe = this.#probing;
    const isProbe = probe !== undefined && (bytes === probe || bytes <= this.#base);
    if (this.#state === 'disabled') this.#current = this.#base;
    else if (isProbe) {
      this.#probing = undefined;
      this.#failed(probe, now);
    } else if (bytes <= this.#current) this.reset();
    // Who says that knows the way by now and would cut what is larger into fragments (Linux): further probes would show nothing.
    if (bytes <= this.#base && this.#state !== 'disabled') this.#complete(now);
    return this.#current < before;
  }

  /** Nothing is known of the way: it is another one, or it has become narrower. RFC 8899 section 5.2, RFC 9000 section 9.4. */
  reset(): void {
    if (this.#state === 'disabled') return;
    this.#state = 'base';
    this.#current = this.#base;
    this.#high = this.#most;
    this.#probing = undefined;
    this.#full = 0;
    this.#forgetLosses();
  }

  #search(): void {
    this.#state = 'searching';
    this.#high = this.#most;
    this.#triedMost = false;
    this.#lostProbes = 0;
  }

  /** What is tried next: everything at once, since many ways carry it, and then always the middle. */
  #next(now: number): number | undefined {
    const gap = this.#high - this.#current;
    if (gap <= 0 || (this.#triedMost && gap < SEARCH_STEP_BYTES)) {
      this.#complete(now);
      return undefined;
    }
    return this.#triedMost ? this.#current + Math.ceil(gap / 2) : this.#high;
  }

  #complete(now: number): void {
    this.#state = 'complete';
    this.#completeAt = now;
    this.#full = 0;
  }

  /** So many bytes are too many. */
  #failed(bytes: number, now: number): void {
    this.#triedMost = true;
    this.#lostProbes = 0;
    this.#high = bytes - 1;
    this.#next(now);
  }

  #forgetLosses(): void {
    this.#losses = 0;
    this.#smallestLost = Number.POSITIVE_INFINITY;
  }
}
