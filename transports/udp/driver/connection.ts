/*
 * A machine's connection as the contract has it: streams, promises and a tap around the engine's calls and events.
 * Nothing is read from the engine before somebody wants it, so its credit is what holds a fast peer back.
 */
import { Observable, Subject, type Subscriber } from 'rxjs';
import type { Tap, TransportTapEvent } from '../../../lib/trace.js';
import { type Address, type CloseInfo, type Connection, type Side, TransportError } from '../../../lib/transport.js';
import { Inflow } from '../../inflow.js';
import type { Closed, ConnectionEvent, ConnectionMachine } from '../engine/connection.js';
import type { UdpStats } from '../engine/stats.js';
import type { Port, Resident } from './port.js';
import { errorOf, explainUdp } from './trouble.js';

/** How much may wait to be sent before send() says false. */
const HIGH_WATER_MARK = 64 * 1024;

/** How dialling ends. */
export type Opening = Extract<ConnectionEvent, { type: 'open' | 'closed' }>;

/** What a connection is made of. */
export interface UdpConnectionParts {
  readonly id: string;
  readonly local: Address;
  readonly remote: Address;
  readonly machine: ConnectionMachine;
  readonly port: Port;
  readonly tap: Tap | undefined;
}

/** A connection over UDP. Beside the contract, it shows what the engine counts. */
export class UdpConnection implements Connection, Resident {
  readonly id: string;
  readonly tap: Tap | undefined;
  readonly local: Address;
  readonly remote: Address;
  readonly received$: Observable<Uint8Array>;
  readonly drained$: Observable<void>;
  readonly closed: Promise<CloseInfo>;
  /** While it is dialled: who waits for the outcome. */
  opening: ((event: Opening) => void) | undefined;
  /** {@link stats} after each turn in which datagrams came or went; completes at close. */
  readonly stats$: Observable<UdpStats>;

  readonly #machine: ConnectionMachine;
  readonly #port: Port;
  readonly #inflow = new Inflow(() => this.#handOverSoon());
  readonly #drained = new Subject<void>();
  readonly #stats = new Subject<UdpStats>();
  #statsCount = -1;
  #paused = false;
  #handing = false;
  #ending: Promise<void> | undefined;
  #resolveEnding: (() => void) | undefined;
  #delivered = false;
  /** Both directions are complete at the engine. */
  #complete = false;
  /** The peer's end was handed over. */
  #inDone = false;
  #firstToEnd: Side | undefined;
  #error: TransportError | undefined;
  #info: CloseInfo | undefined;
  #resolveClosed: (info: CloseInfo) => void = () => undefined;

  constructor({ id, local, remote, machine, port, tap }: UdpConnectionParts) {
    this.id = id;
    this.local = local;
    this.remote = remote;
    this.#machine = machine;
    this.#port = port;
    this.tap = tap;
    this.received$ = this.#inflow.bytes$;
    this.drained$ = this.#drained.asObservable();
    this.stats$ = new Observable((subscriber) => this.#watch(subscriber));
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
    port.add(machine, this);
  }

  get bufferedBytes(): number {
    return this.#machine.unsentBytes;
  }

  /** What the engine counts, as of now. */
  get stats(): UdpStats {
    return this.#machine.stats;
  }

  /** Whether it is over for the application. */
  get isOver(): boolean {
    return this.#info !== undefined || this.#error !== undefined;
  }

  send(chunk: Uint8Array): boolean {
    if (this.#ending || this.#info) throw new TransportError('closed', `Nothing more can be sent to ${this.remote}: it was ended here.`);
    if (this.tap) this.#tell({ name: 'bytes', direction: 'sent', bytes: chunk });
    if (this.#error) return false;
    this.#machine.write(chunk);
    this.#port.wake(this.#machine);
    if (this.#machine.unsentBytes < HIGH_WATER_MARK) return true;
    this.#port.tellWhenSent(this);
    return false;
  }

  pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    this.#tell({ name: 'paused' });
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#tell({ name: 'resumed' });
    this.#handOverSoon();
  }

  end(): Promise<void> {
    if (this.#ending) return this.#ending;
    if (this.isOver) return Promise.resolve();
    this.#firstToEnd ??= 'local';
    this.#tell({ name: 'end', direction: 'sent' });
    this.#ending = new Promise((resolve) => {
      this.#resolveEnding = resolve;
    });
    this.#machine.finish();
    this.#port.wake(this.#machine);
    return this.#ending;
  }

  abort(error = new TransportError('aborted', `The connection to ${this.remote} was dropped here.`)): void {
    if (this.isOver) return;
    this.#ending ??= Promise.resolve();
    this.#error = error;
    this.#machine.close('aborted', '');
    this.#port.wake(this.#machine);
    this.#port.clock.afterTurn(() => this.#close());
  }

  /** Dialling was given up: nobody has seen this connection, and nobody is told. */
  abandon(): void {
    this.#machine.close('aborted', '');
    this.#port.wake(this.#machine);
    this.#endUnseen();
  }

  /** The engine tells something. */
  take(event: ConnectionEvent): void {
    const { opening } = this;
    if (opening && (event.type === 'open' || event.type === 'closed')) {
      if (event.type === 'closed') this.#endUnseen();
      return opening(event);
    }
    switch (event.type) {
      case 'open':
      case 'gone':
        return;
      case 'readable':
        return this.#handOver();
      case 'delivered':
        this.#delivered = true;
        this.#resolveEnding?.();
        return;
      case 'closed':
        return this.#takeClosed(event.closed);
    }
  }

  /** The socket broke. */
  breakOff(cause: unknown): void {
    if (this.isOver) return;
    this.#error = explainUdp('talk', this.remote, cause);
    this.#close();
  }

  /** Tells drained$ if all was sent; false if not yet. */
  tellIfSent(): boolean {
    if (this.isOver) return true;
    if (this.#machine.unsentBytes > 0) return false;
    if (this.#ending && this.#delivered) return true;
    this.#tell({ name: 'drained' });
    this.#drained.next();
    return this.#machine.unsentBytes < HIGH_WATER_MARK;
  }

  /** Tells stats$ if something came or went. */
  tellStats(): void {
    const { stats } = this;
    const count = stats.datagramsSent + stats.datagramsReceived;
    if (count === this.#statsCount) return;
    this.#statsCount = count;
    this.#stats.next(stats);
  }

  #endUnseen(): void {
    this.#info = { by: 'local' };
  }

  #takeClosed(closed: Closed): void {
    if (this.isOver) return;
    this.#error = errorOf(closed, this.remote, 'talk', this.#port.trouble);
    this.#complete = true;
    if (this.#error || this.#inDone) this.#close();
  }

  /** What has arrived to the subscriber, for as long as it wants more; then the end, if that is next. */
  #handOver(): void {
    if (this.#handing) return;
    this.#handing = true;
    let read = false;
    while (this.#wanted) {
      const bytes = this.#machine.read();
      if (!bytes) break;
      read = true;
      if (bytes.length === 0) continue;
      if (this.tap) this.#tell({ name: 'bytes', direction: 'received', bytes });
      this.#inflow.next(bytes);
    }
    this.#handing = false;
    if (read) this.#port.wake(this.#machine);
    if (this.#wanted && this.#machine.atEnd && !this.#inDone) this.#handOverEnd();
  }

  #handOverEnd(): void {
    this.#inDone = true;
    this.#firstToEnd ??= 'remote';
    this.#tell({ name: 'end', direction: 'received' });
    this.#inflow.end();
    if (this.#complete) this.#close();
  }

  #handOverSoon(): void {
    this.#port.clock.afterTurn(() => this.#handOver());
  }

  get #wanted(): boolean {
    return !this.#paused && !this.isOver && this.#inflow.isWanted;
  }

  #close(): void {
    if (this.#info) return;
    const error = this.#error;
    this.#info = error ? { by: error.by, error } : { by: this.#firstToEnd ?? 'local' };
    this.#tell({ name: 'closed', by: this.#info.by, ...(error && { error: error.message }) });
    this.#inflow.end(error);
    this.#port.watch(this, true);
    this.#drained.complete();
    this.#stats.complete();
    this.#resolveEnding?.();
    this.#resolveClosed(this.#info);
  }

  #watch(subscriber: Subscriber<UdpStats>): () => void {
    this.#port.watch(this);
    const subscription = this.#stats.subscribe(subscriber);
    return () => {
      subscription.unsubscribe();
      if (!this.#stats.observed) this.#port.watch(this, true);
    };
  }

  #tell(what: TransportTapEvent['what']): void {
    this.tap?.event({ layer: 'transport', at: this.#port.clock.now(), connection: this.id, what });
  }
}
