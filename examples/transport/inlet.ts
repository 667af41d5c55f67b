/*
 * A stream for one reader at a time, who can stop it. What comes while nobody reads is kept in order, and so is the
 * end behind it. It is both `received$` of a connection and `connections$` of a listener (docs/write-a-transport.md).
 */
import { Observable, type Subscriber } from 'rxjs';
import { TransportError } from '../../lib/index.js';

// #region inlet
/** Who wants to know what is read. */
interface Watcher<T> {
  /** An item goes to the reader. */
  taken?(item: T): void;
  /** The end goes to the reader: nothing is left. */
  ended?(): void;
}

/** Things that come in, for one reader. */
export class Inlet<T> {
  readonly items$ = new Observable<T>((reader) => this.#subscribe(reader));
  readonly #watcher: Watcher<T>;
  readonly #kept: T[] = [];
  #reader: Subscriber<T> | undefined;
  #paused = false;
  #flowing = false;
  #endIsNext = false;
  #over: { readonly error?: Error } | undefined;

  constructor(watcher: Watcher<T> = {}) {
    this.#watcher = watcher;
  }

  /** Something came in. */
  push(item: T): void {
    this.#kept.push(item);
    this.#flow();
  }

  /** Nothing more will come in. The reader is told when it has read what is kept. */
  end(): void {
    this.#endIsNext = true;
    this.#flow();
  }

  /** It broke: the reader is told now, and what is kept is of no use any more. */
  fail(error: Error): void {
    if (this.#over) return;
    this.#over = { error };
    this.clear();
    this.#reader?.error(error);
  }

  /** Forgets what is kept, and returns it. */
  clear(): readonly T[] {
    return this.#kept.splice(0);
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#flow();
  }
  // #endregion

  /** How many wait for the reader. */
  get waiting(): number {
    return this.#kept.length;
  }

  /** Whether the end has come in; it may wait for the reader still. */
  get hasEnd(): boolean {
    return this.#endIsNext;
  }

  // #region flow
  #subscribe(reader: Subscriber<T>): void {
    if (this.#over?.error) return reader.error(this.#over.error);
    if (this.#over) return reader.complete();
    if (this.#reader && !this.#reader.closed)
      return reader.error(new TransportError('unsupported', 'This stream has its one reader already.'));
    this.#reader = reader;
    this.#flow();
  }

  #flow(): void {
    if (this.#flowing) return; // called by the reader, in the middle of the loop below, which goes on by itself
    this.#flowing = true;
    while (this.#isWanted && this.#kept.length > 0) {
      const item = this.#kept.shift() as T;
      this.#watcher.taken?.(item);
      this.#reader?.next(item);
    }
    this.#flowing = false;
    if (!this.#endIsNext || !this.#isWanted) return;
    this.#over = {};
    this.#watcher.ended?.();
    this.#reader?.complete();
  }

  get #isWanted(): boolean {
    return this.#reader !== undefined && !this.#reader.closed && !this.#paused && !this.#over;
  }
  // #endregion
}
