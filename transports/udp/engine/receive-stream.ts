/*
 * The incoming half of the stream: segments are put in order, and read from the front. Gives the peer credit for as
 * many segments as it is willing to keep beyond what was read, so its memory has a bound.
 */

/** What became of a segment. */
export type Taken =
  | 'new'
  | 'duplicate' // it was here already
  | 'dropped' // out of order, and this policy keeps only what is in order
  | 'beyond'; // past the credit: the peer breaks the rules

/** A segment's data, or the end of the stream. */
type Piece = Uint8Array | 'end';

/** What arrived and was not read yet. */
export class ReceiveStream {
  readonly #window: number;
  readonly #keepsEarly: boolean;
  readonly #lastNumber: number;
  readonly #early = new Map<number, Piece>();
  readonly #ready: Uint8Array[] = [];
  #head = 0;
  #next = 0;
  #read = 0;
  #credit: number;
  /** Whether the end has arrived, and all before it. */
  ended = false;

  constructor({ window, keepsEarly, lastNumber }: { window: number; keepsEarly: boolean; lastNumber: number }) {
    this.#window = window;
    this.#keepsEarly = keepsEarly;
    this.#lastNumber = lastNumber;
    this.#credit = Math.min(window, lastNumber);
  }

  /** Every segment before this one has arrived. */
  get next(): number {
    return this.#next;
  }

  /** Segments before this one may be sent. Never goes back. */
  get credit(): number {
    this.#credit = Math.max(this.#credit, Math.min(this.#read + this.#window, this.#lastNumber));
    return this.#credit;
  }

  /** Segments that arrived before one that is missing, ascending. */
  get early(): readonly number[] {
    return [...this.#early.keys()].sort((one, other) => one - other);
  }

  /** How many segments wait to be read. */
  get readable(): number {
    return this.#ready.length - this.#head;
  }

  /** Takes a segment. */
  take(number: number, piece: Piece): Taken {
    if (number >= this.credit) return 'beyond';
    if (number < this.#next || this.#early.has(number)) return 'duplicate';
    if (this.ended) return 'beyond'; // behind the end
    if (number > this.#next) {
      if (!this.#keepsEarly) return 'dropped';
      this.#early.set(number, piece);
      return 'new';
    }
    for (let following: Piece | undefined = piece; following !== undefined && !this.ended; following = this.#takeEarly()) {
      this.#next += 1;
      if (following === 'end') this.ended = true;
      else this.#ready.push(following);
    }
    return 'new';
  }

  /** The next piece in order. */
  read(): Uint8Array | undefined {
    if (this.readable === 0) return undefined;
    const data = this.#ready[this.#head] as Uint8Array;
    this.#ready[this.#head] = EMPTY;
    this.#head += 1;
    this.#read += 1;
    if (this.#head === this.#ready.length || this.#head > 512) {
      this.#ready.splice(0, this.#head);
      this.#head = 0;
    }
    return data;
  }

  /** Forgets what was not read. */
  clear(): void {
    this.#early.clear();
    this.#ready.length = 0;
    this.#head = 0;
  }

  #takeEarly(): Piece | undefined {
    if (this.#early.size === 0) return undefined;
    const piece = this.#early.get(this.#next);
    this.#early.delete(this.#next);
    return piece;
  }
}

const EMPTY = new Uint8Array(0);
