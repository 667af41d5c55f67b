/*
 * `received$` of a connection: bytes for its one subscriber, nothing before it comes, one end. The connection reads
 * when it may and asks here whether anybody wants it. A subscriber that has left is noticed when it is looked for: a
 * teardown for each would cost every idle connection memory. stream/ has the same in the socket's own terms.
 */
import { Observable, type Subscriber } from 'rxjs';
import type { TransportError } from '../lib/transport.js';
import { oneSubscriber } from './arrivals.js';

/** What one connection receives, as a stream. */
export class Inflow {
  /** What is passed on, then the end. A second subscriber beside the first gets an error. */
  readonly bytes$: Observable<Uint8Array>;
  #subscriber: Subscriber<Uint8Array> | undefined;
  #over: { readonly error: TransportError | undefined } | undefined;

  /** @param wanted a subscriber has come for what there may be to read */
  constructor(wanted: () => void) {
    this.bytes$ = new Observable((subscriber) => this.#subscribe(subscriber, wanted));
  }

  /** Whether a subscriber is there to take bytes. */
  get isWanted(): boolean {
    return this.#subscriber !== undefined && !this.#subscriber.closed;
  }

  /** Passes bytes on; only while they are wanted. */
  next(bytes: Uint8Array): void {
    this.#subscriber?.next(bytes);
  }

  /** Ends the stream: completes it, or with an error breaks it. Called again, it is the later word that those who come late get. */
  end(error?: TransportError): void {
    this.#over = { error };
    const subscriber = this.#subscriber;
    this.#subscriber = undefined;
    if (subscriber) settle(subscriber, error);
  }

  #subscribe(subscriber: Subscriber<Uint8Array>, wanted: () => void): void {
    if (this.#over) settle(subscriber, this.#over.error);
    else if (this.isWanted) subscriber.error(oneSubscriber('received$'));
    else {
      this.#subscriber = subscriber;
      wanted();
    }
  }
}

function settle(subscriber: Subscriber<Uint8Array>, error: TransportError | undefined): void {
  if (error) subscriber.error(error);
  else subscriber.complete();
}
