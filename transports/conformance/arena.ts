/*
 * The ground on which a case plays: it opens listeners and connections, and leaves nothing behind when the case is
 * over, however it went. Also here: waiting for the next value of a stream, and for a promise to fail.
 */
import { type Observable, take } from 'rxjs';
import type { Tap } from '../../lib/trace.js';
import { type Address, type CloseInfo, type Connection, type Listener, TransportError } from '../../lib/transport.js';
import { ConformanceError, expect, type Settings } from './subject.js';

/** A case before it is wrapped: it plays in an arena. */
export interface Check {
  readonly name: string;
  play(arena: Arena): Promise<void>;
}

/** Both ends of one connection. */
export interface Pair {
  readonly listener: Listener;
  readonly dialled: Connection;
  readonly accepted: Connection;
}

/** Taps for either end. */
export interface Taps {
  readonly dialTap?: Tap;
  readonly listenTap?: Tap;
}

/** Opens things for one case, and closes them after it. */
export class Arena {
  readonly settings: Settings;
  readonly #listeners: Listener[] = [];
  readonly #connections: Connection[] = [];
  #over = false;

  constructor(settings: Settings) {
    this.settings = settings;
  }

  /** Listens, at a free address unless one is given. */
  async listen(address: Address = this.settings.address(), tap?: Tap): Promise<Listener> {
    const { transport } = this.settings;
    if (!transport.listen) throw new ConformanceError(`The transport ${transport.scheme} has no listen(), which the suite needs.`);
    const listener = await transport.listen(address, { tap });
    this.#listeners.push(listener);
    if (this.#over) await listener.close();
    return listener;
  }

  /** Dials. */
  async dial(address: Address, options: { signal?: AbortSignal; tap?: Tap } = {}): Promise<Connection> {
    return this.keep(await this.settings.transport.dial(address, options));
  }

  /** Opens a connection and takes its other end from a listener. */
  async pair({ dialTap, listenTap }: Taps = {}): Promise<Pair> {
    const listener = await this.listen(undefined, listenTap);
    const accepted = first(listener.connections$, 'connections$');
    accepted.catch(() => undefined);
    const dialled = await this.dial(listener.address, dialTap && { tap: dialTap });
    return { listener, dialled, accepted: this.keep(await accepted) };
  }

  /** An address at which nobody listens. */
  async deserted(): Promise<Address> {
    const listener = await this.listen();
    await listener.close();
    return listener.address;
  }

  /** Has a connection dropped when the case is over. */
  keep(connection: Connection): Connection {
    this.#connections.push(connection);
    if (this.#over) connection.abort();
    return connection;
  }

  /** Drops every connection and listener, also what a case that was cut off still opens, and waits until they are gone. */
  async clear(): Promise<void> {
    this.#over = true;
    for (const connection of this.#connections) connection.abort();
    await Promise.all([...this.#listeners.map((listener) => listener.close()), ...this.#connections.map(({ closed }) => closed)]);
  }
}

/** The first value of a stream. */
export function first<T>(stream$: Observable<T>, called: string): Promise<T> {
  return new Promise((resolve, reject) => {
    stream$.pipe(take(1)).subscribe({
      next: resolve,
      error: reject,
      complete: () => reject(new ConformanceError(`${called} completed before anything came.`)),
    });
  });
}

/** Expects a promise to reject with a TransportError of a code, and returns the error. */
export async function failure(promise: Promise<unknown>, code: string, when: string): Promise<TransportError> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => error ?? new Error('nothing'),
  );
  expect(outcome !== undefined, `${when} succeeded, but should fail with ${code}.`);
  return typed(outcome, code, when);
}

/** Expects a TransportError of a code with a sentence in it. */
export function typed(error: unknown, code: string, when: string): TransportError {
  expect(error instanceof TransportError, `${when} failed with ${String(error)}, which is no TransportError.`);
  expect(error.code === code, `${when} failed with "${error.code}", but should with "${code}": ${error.message}`);
  expect(/\w+ \w+.*\.$/s.test(error.message), `${when} failed with "${error.message}", which is no sentence that a person can act on.`);
  return error;
}

/** Expects how a connection was closed. */
export function closedBy(info: CloseInfo, by: CloseInfo['by'], code: string | undefined, whose: string): void {
  expect(info.by === by, `closed of ${whose} says that it was ended by "${info.by}", but it was "${by}".`);
  if (code) typed(info.error, code, `The connection of ${whose}`);
  else expect(info.error === undefined, `closed of ${whose} carries an error after an orderly end: ${info.error?.message}`);
}
