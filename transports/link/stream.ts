/*
 * A slow line for transports that are streams already: delay and rate, in both directions if both ends have it. Loss,
 * duplication and reordering it cannot do: what is below a stream repairs them before anybody could see.
 */
import { type Observable, Subject } from 'rxjs';
import type { Clock } from '../../lib/clock.js';
import { type Address, type CloseInfo, type Connection, type Listener, type Transport, TransportError } from '../../lib/transport.js';
import { Arrivals } from '../arrivals.js';
import type { Faults } from './faults.js';

/** How much may wait on the slow line before send() says false. */
const HIGH_WATER_MARK = 64 * 1024;

/**
 * A stream transport on a slow line: what is sent arrives after the delay, no faster than the rate.
 * @throws {TransportError} `unsupported` if a fault is asked for that a stream cannot have.
 */
export function slowed(transport: Transport, faults: Faults, clock: Clock): Transport {
  const { loss, duplicate, reorder, corrupt, drop, partitions, mtu } = faults;
  if (loss > 0 || duplicate > 0 || reorder > 0 || corrupt > 0 || drop.length > 0 || partitions.length > 0 || mtu.length > 0) {
    throw new TransportError(
      'unsupported',
      `${transport.scheme}: cannot lose, double, reorder or spoil anything, since the system below repairs that before it is seen; ` +
        'ask for --delay and --rate only, or use udp:.',
    );
  }
  const slow = (connection: Connection) => new SlowConnection(connection, faults, clock);
  return {
    scheme: transport.scheme,
    reset: transport.reset,
    dial: async (address, options) => slow(await transport.dial(address, options)),
    ...(transport.listen && {
      listen: async (address, options) => slowListener((await transport.listen?.(address, options)) as Listener, slow),
    }),
  };
}

function slowListener(inner: Listener, slow: (connection: Connection) => Connection): Listener {
  const arrivals = new Arrivals<Connection>();
  inner.connections$.subscribe({
    next: (connection) => arrivals.push(slow(connection)),
    error: (error: unknown) => arrivals.close({ error }),
    complete: () => {
      for (const untaken of arrivals.close()) untaken.abort();
    },
  });
  return { address: inner.address, connections$: arrivals.items$, close: () => inner.close() };
}

/** A connection whose sending is slow. What it receives comes as it comes: the other end is slow, or not. */
class SlowConnection implements Connection {
  readonly id: string;
  readonly local: Address;
  readonly remote: Address;
  readonly received$: Observable<Uint8Array>;
  readonly drained$: Observable<void>;
  readonly closed: Promise<CloseInfo>;
  readonly #inner: Connection;
  readonly #faults: Faults;
  readonly #clock: Clock;
  readonly #drained = new Subject<void>();
  readonly #line: { readonly at: number; readonly then: () => void }[] = [];
  #waitingBytes = 0;
  #busyUntil = 0;
  #drainDue = false;
  #ending: Promise<void> | undefined;
  #over = false;

  constructor(inner: Connection, faults: Faults, clock: Clock) {
    this.#inner = inner;
    this.#faults = faults;
    this.#clock = clock;
    ({ id: this.id, local: this.local, remote: this.remote, received$: this.received$, closed: this.closed } = inner);
    this.drained$ = this.#drained.asObservable();
    inner.drained$.subscribe({ next: () => this.#tellIfEmpty(), complete: () => this.#drained.complete() });
    void inner.closed.then(() => {
      this.#over = true;
      this.#waitingBytes = 0;
    });
  }

  get bufferedBytes(): number {
    return this.#waitingBytes + this.#inner.bufferedBytes;
  }

  send(chunk: Uint8Array): boolean {
    if (this.#ending || this.#over) throw new TransportError('closed', `Nothing more can be sent to ${this.remote}: it was ended here.`);
    this.#waitingBytes += chunk.length;
    this.#later(chunk.length, () => {
      this.#waitingBytes -= chunk.length;
      this.#inner.send(chunk);
      this.#tellIfEmpty();
    });
    if (this.bufferedBytes < HIGH_WATER_MARK) return true;
    this.#drainDue = true;
    return false;
  }

  pause(): void {
    this.#inner.pause();
  }

  resume(): void {
    this.#inner.resume();
  }

  end(): Promise<void> {
    if (this.#over) return Promise.resolve();
    this.#ending ??= new Promise((resolve) => {
      this.#later(0, () => void this.#inner.end().then(resolve));
      void this.closed.then(() => resolve());
    });
    return this.#ending;
  }

  abort(error?: TransportError): void {
    this.#ending ??= Promise.resolve();
    this.#over = true;
    this.#waitingBytes = 0;
    this.#inner.abort(error);
  }

  /** Does something when so many bytes have gone over the line, one after the other; nothing once the connection is over. */
  #later(bytes: number, then: () => void): void {
    const now = this.#clock.now();
    const { delayMs, bitsPerSecond } = this.#faults;
    this.#busyUntil = Math.max(now, this.#busyUntil) + (bytes * 8000) / bitsPerSecond;
    this.#line.push({ at: this.#busyUntil + delayMs, then });
    if (this.#line.length === 1) this.#wait();
  }

  #wait(): void {
    const first = this.#line[0];
    if (!first) return;
    this.#clock.setTimer(Math.max(0, first.at - this.#clock.now()), () => {
      const now = this.#clock.now();
      while (!this.#over && (this.#line[0]?.at ?? Number.POSITIVE_INFINITY) <= now) this.#line.shift()?.then();
      if (!this.#over) this.#wait();
    });
  }

  /** Tells drained$ when nothing waits here or below; what is below says so only if it had been full, so it is asked. */
  #tellIfEmpty(): void {
    if (!this.#drainDue || this.#over || this.#waitingBytes > 0) return;
    if (this.#inner.bufferedBytes > 0) {
      this.#clock.setTimer(1, () => this.#tellIfEmpty());
      return;
    }
    this.#drainDue = false;
    this.#drained.next();
  }
}
