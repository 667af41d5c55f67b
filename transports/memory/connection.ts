/*
 * One end of a connection in memory. Each end has an outbox (what send() took) and an inbox (what has travelled and
 * is not read yet), both bounded, so that a reader who pauses stops its sender as the kernel would. Everything moves
 * in step(), once a turn of the clock: with a virtual clock, in virtual time.
 */
import { type Observable, Subject } from 'rxjs';
import type { Clock } from '../../lib/clock.js';
import type { Tap, TransportTapEvent } from '../../lib/trace.js';
import { type Address, type CloseInfo, type Connection, type Side, TransportError } from '../../lib/transport.js';
import { Inflow } from '../inflow.js';

/** How many bytes an outbox holds before send() says false, and how many an inbox holds before the outbox must wait. */
const BOX_BYTES = 64 * 1024;

/** What an end is made of. */
export interface EndSettings {
  readonly id: string;
  readonly local: Address;
  readonly remote: Address;
  readonly clock: Clock;
  readonly tap: Tap | undefined;
}

/** Chunks in a row, and how many bytes they are. */
class Box {
  readonly chunks: Uint8Array[] = [];
  bytes = 0;

  put(chunk: Uint8Array): void {
    this.chunks.push(chunk);
    this.bytes += chunk.length;
  }

  take(): Uint8Array | undefined {
    const chunk = this.chunks.shift();
    this.bytes -= chunk?.length ?? 0;
    return chunk;
  }

  empty(): void {
    this.chunks.length = 0;
    this.bytes = 0;
  }
}

/** One end of a connection in memory; `join` makes the two. */
export class MemoryConnection implements Connection {
  readonly id: string;
  readonly local: Address;
  readonly remote: Address;
  readonly received$: Observable<Uint8Array>;
  readonly drained$: Observable<void>;
  readonly closed: Promise<CloseInfo>;

  readonly #clock: Clock;
  readonly #tap: Tap | undefined;
  readonly #inflow = new Inflow(() => this.#wake());
  readonly #drained = new Subject<void>();
  readonly #outbox = new Box();
  readonly #inbox = new Box();
  #peer: MemoryConnection | undefined;
  #awake = false;
  #paused = false;
  #drainDue = false;
  #ending: Promise<void> | undefined;
  #resolveEnding: (() => void) | undefined;
  #outDone = false;
  /** The peer's end is in the inbox, behind its bytes; and then it has been taken out. */
  #endArrived = false;
  #inDone = false;
  #firstToEnd: Side | undefined;
  #error: TransportError | undefined;
  #info: CloseInfo | undefined;
  #resolveClosed: (info: CloseInfo) => void = () => undefined;

  private constructor({ id, local, remote, clock, tap }: EndSettings) {
    this.id = id;
    this.local = local;
    this.remote = remote;
    this.#clock = clock;
    this.#tap = tap;
    this.received$ = this.#inflow.bytes$;
    this.drained$ = this.#drained.asObservable();
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
  }

  /** Makes both ends of a connection. */
  static join(dialler: EndSettings, listener: EndSettings): readonly [MemoryConnection, MemoryConnection] {
    const [one, other] = [new MemoryConnection(dialler), new MemoryConnection(listener)];
    one.#peer = other;
    other.#peer = one;
    one.#tell(() => ({ name: 'open', local: one.local, remote: one.remote }));
    other.#tell(() => ({ name: 'accepted', local: other.local, remote: other.remote }));
    return [one, other];
  }

  get bufferedBytes(): number {
    return this.#outbox.bytes;
  }

  send(chunk: Uint8Array): boolean {
    if (this.#ending || this.#info) throw new TransportError('closed', `Nothing more can be sent to ${this.remote}: it was ended here.`);
    this.#tell(() => ({ name: 'bytes', direction: 'sent', bytes: chunk }));
    if (this.#error) return false;
    this.#outbox.put(chunk);
    this.#wake();
    if (this.#outbox.bytes < BOX_BYTES) return true;
    this.#drainDue = true;
    return false;
  }

  pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    this.#tell(() => ({ name: 'paused' }));
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#tell(() => ({ name: 'resumed' }));
    this.#wake();
  }

  end(): Promise<void> {
    if (this.#ending) return this.#ending;
    if (this.#info || this.#error) return Promise.resolve();
    this.#firstToEnd ??= 'local';
    this.#tell(() => ({ name: 'end', direction: 'sent' }));
    this.#ending = new Promise((resolve) => {
      this.#resolveEnding = resolve;
    });
    this.#wake();
    return this.#ending;
  }

  abort(error = new TransportError('aborted', `The connection to ${this.remote} was dropped here.`)): void {
    if (this.#info || this.#error) return;
    this.#ending ??= Promise.resolve();
    this.#break(error);
    (this.#peer as MemoryConnection).#break(new TransportError('reset', `${this.local} dropped the connection.`, { by: 'remote' }));
  }

  #break(error: TransportError): void {
    if (this.#info || this.#error) return;
    this.#error = error;
    this.#outbox.empty();
    this.#inbox.empty();
    this.#wake();
  }

  #wake(): void {
    if (this.#awake || this.#info) return;
    this.#awake = true;
    this.#clock.afterTurn(() => this.#step());
  }

  #step(): void {
    this.#awake = false;
    if (!this.#error) this.#sendOut();
    if (!this.#error) this.#handOver();
    if (this.#error || (this.#outDone && this.#inDone)) this.#close();
  }

  /** Outbox to the peer's inbox, as far as there is room; then the end, if that is next. */
  #sendOut(): void {
    const peer = this.#peer as MemoryConnection;
    while (this.#outbox.chunks.length > 0 && peer.#inbox.bytes < BOX_BYTES) {
      peer.#inbox.put(this.#outbox.take() as Uint8Array);
      peer.#wake();
    }
    if (this.#outbox.chunks.length > 0 || this.#outDone) return;
    if (this.#ending) {
      this.#outDone = true;
      this.#resolveEnding?.();
      peer.#endArrived = true;
      peer.#wake();
    } else if (this.#drainDue) {
      this.#drainDue = false;
      this.#tell(() => ({ name: 'drained' }));
      this.#drained.next();
    }
  }

  /** Inbox to the subscriber, for as long as it wants more; then the end, if that is next. */
  #handOver(): void {
    while (this.#wanted && this.#inbox.chunks.length > 0) {
      const bytes = this.#inbox.take() as Uint8Array;
      if (bytes.length === 0) continue;
      this.#tell(() => ({ name: 'bytes', direction: 'received', bytes }));
      this.#inflow.next(bytes);
    }
    if (this.#inbox.bytes < BOX_BYTES) (this.#peer as MemoryConnection).#wakeToSend();
    if (!this.#endArrived || this.#inDone || !this.#wanted || this.#inbox.chunks.length > 0) return;
    this.#inDone = true;
    this.#firstToEnd ??= 'remote';
    this.#tell(() => ({ name: 'end', direction: 'received' }));
    this.#inflow.end();
  }

  get #wanted(): boolean {
    return !this.#paused && !this.#error && this.#inflow.isWanted;
  }

  #wakeToSend(): void {
    if (this.#outbox.chunks.length > 0) this.#wake();
  }

  #close(): void {
    const error = this.#error;
    this.#info = error ? { by: error.by, error } : { by: this.#firstToEnd ?? 'local' };
    const { by } = this.#info;
    this.#tell(() => ({ name: 'closed', by, ...(error && { error: error.message }) }));
    this.#inflow.end(error);
    this.#drained.complete();
    this.#resolveEnding?.();
    this.#resolveClosed(this.#info);
  }

  #tell(what: () => TransportTapEvent['what']): void {
    this.#tap?.event({ layer: 'transport', at: this.#clock.now(), connection: this.id, what: what() });
  }
}
