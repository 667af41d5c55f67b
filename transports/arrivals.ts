/*
 * A queue that turns into a stream: what arrives before anybody subscribes is kept for the one
 * subscriber, what comes after goes straight to it. RxJS's ReplaySubject is not this: it would keep
 * everything for ever, and for everybody.
 */
import { Observable, type Subscriber } from 'rxjs';
import { TransportError } from '../lib/transport.js';

/** Things that arrive, for one subscriber at a time. */
export class Arrivals<T> {
  /** What arrived and what arrives. A second subscriber beside the first gets an error. */
  readonly items$: Observable<T>;
  readonly #kept: T[] = [];
  #subscriber: Subscriber<T> | undefined;
  #over: { readonly error?: unknown } | undefined;

  constructor() {
    this.items$ = new Observable((subscriber) => this.#subscribe(subscriber));
  }

  /** How many wait for a subscriber. */
  get kept(): number {
    return this.#kept.length;
  }

  /** Hands one over, or keeps it. */
  push(item: T): void {
    if (this.#subscriber) this.#subscriber.next(item);
    else this.#kept.push(item);
  }

  /** Ends the stream, in order or with an error, and returns what nobody took. */
  close(over: { readonly error?: unknown } = {}): readonly T[] {
    if (this.#over) return [];
    this.#over = over;
    const subscriber = this.#subscriber;
    this.#subscriber = undefined;
    if (subscriber) settle(subscriber, over);
    return this.#kept.splice(0);
  }

  #subscribe(subscriber: Subscriber<T>): (() => void) | undefined {
    if (this.#over) {
      settle(subscriber, this.#over);
      return undefined;
    }
    if (this.#subscriber) {
      subscriber.error(oneSubscriber('connections$'));
      return undefined;
    }
    while (this.#kept.length > 0 && !subscriber.closed) subscriber.next(this.#kept.shift() as T);
    if (subscriber.closed) return undefined;
    this.#subscriber = subscriber;
    return () => {
      if (this.#subscriber === subscriber) this.#subscriber = undefined;
    };
  }
}

/** The error for a second subscriber of a stream that has one. */
export function oneSubscriber(stream: string): TransportError {
  return new TransportError('unsupported', `${stream} has its one subscriber already: use a tap to observe.`);
}

function settle(subscriber: Subscriber<unknown>, over: { readonly error?: unknown }): void {
  if ('error' in over) subscriber.error(over.error);
  else subscriber.complete();
}
