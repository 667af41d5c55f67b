/*
 * The sending half of a connection between threads. It sends only what the other end has given credit for, keeps the
 * rest, and says when it is rid of it; its end goes out last (docs/write-a-transport.md).
 */
import type { Transferable } from 'node:worker_threads';
import { Subject } from 'rxjs';

// #region messages
/** What one end of a connection says to the other. */
export type Message =
  | { readonly is: 'bytes'; readonly bytes: Uint8Array }
  | { readonly is: 'credit'; readonly bytes: number } // these were read; so many more may be sent
  | { readonly is: 'end' }; // no more bytes will come

/** Says it; what is in `move` goes over to the other thread without being copied. */
export type Post = (message: Message, move?: readonly Transferable[]) => void;

/** How many bytes may be on their way, or wait at the other end, before the sender has to stop. */
const WINDOW_BYTES = 64 * 1024;
// #endregion

// #region outlet
/** Bytes that go out. */
export class Outlet {
  readonly drained$ = new Subject<void>();
  bufferedBytes = 0;
  readonly #post: Post;
  readonly #kept: Uint8Array[] = [];
  #credit = WINDOW_BYTES;

  constructor(post: Post) {
    this.#post = post;
  }

  send(chunk: Uint8Array): boolean {
    this.#kept.push(chunk);
    this.bufferedBytes += chunk.length;
    this.#flush();
    return this.#kept.length === 0;
  }

  /** The other end has read so many bytes. */
  earn(bytes: number): void {
    const wasFull = this.#kept.length > 0;
    this.#credit += bytes;
    this.#flush();
    if (wasFull && this.#kept.length === 0 && !this.#ending) this.drained$.next();
  }

  #flush(): void {
    while (this.#credit > 0 && this.#kept.length > 0) {
      const bytes = new Uint8Array(this.#kept.shift() as Uint8Array); // a copy, to be given away
      this.#credit -= bytes.length;
      this.bufferedBytes -= bytes.length;
      this.#post({ is: 'bytes', bytes }, [bytes.buffer]);
    }
    if (this.#ending && this.#kept.length === 0) this.#sendEnd();
  }
  // #endregion

  // #region end
  #ending: Promise<void> | undefined;
  #ended = () => {};
  #endSent = false;

  /** Lets the end go out behind what is kept; resolves when it has. */
  end(): Promise<void> {
    this.#ending ??= new Promise((resolve) => {
      this.#ended = resolve;
    });
    this.#flush();
    return this.#ending;
  }

  /** Whether end() was called. */
  get isEnding(): boolean {
    return this.#ending !== undefined;
  }

  /** Whether everything has gone out, the end too. */
  get isOver(): boolean {
    return this.#endSent;
  }

  #sendEnd(): void {
    if (this.#endSent) return;
    this.#endSent = true;
    this.#post({ is: 'end' });
    this.#ended();
  }
  // #endregion

  // #region stop
  /** Forgets what is kept: it will never go out. */
  clear(): void {
    this.#kept.length = 0;
    this.bufferedBytes = 0;
  }

  /** The connection is closed. */
  close(): void {
    this.clear();
    this.#ended();
    this.drained$.complete();
  }
  // #endregion
}
