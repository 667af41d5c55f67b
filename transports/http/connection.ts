/*
 * A Channel as a Connection: subscribers, promises, taps. The same at both ends, in Node and in a browser; whoever
 * carries the records (client/, server/) is told when there are some to carry, and hands in those that came.
 */
import { type Observable, Subject } from 'rxjs';
import type { Clock } from '../../lib/clock.js';
import type { Tap, TransportTapEvent } from '../../lib/trace.js';
import { type Address, type CloseInfo, type Connection, type Side, TransportError } from '../../lib/transport.js';
import { Inflow } from '../inflow.js';
import { Channel } from './engine/channel.js';
import type { Record, RecordOf } from './wire/records.js';

/** How many bytes may wait for their acknowledgement before send() says false. */
export const HIGH_WATER_MARK = 128 * 1024;

/** Who carries a connection's records. */
export interface Carrier {
  /** There is something to carry, or there soon will be: see the channel's `urgency`. Must not call back within the call. */
  wake(): void;
  /** Both directions are done, or it broke: carries the last word, if there is one, then calls `gone`. */
  finish(gone: () => void): void;
}

/** What a connection is made of. */
export interface ConnectionSettings {
  readonly id: string;
  readonly local: Address;
  readonly remote: Address;
  readonly clock: Clock;
  readonly tap: Tap | undefined;
  readonly end: 'client' | 'server';
}

let count = 0;

/** A name for a connection, unique in the process: `http-1`. */
export function nextId(): string {
  count += 1;
  return `http-${count}`;
}

/** A connection that outlives the requests which carry it. */
export class HttpConnection implements Connection {
  readonly id: string;
  readonly local: Address;
  readonly remote: Address;
  readonly received$: Observable<Uint8Array>;
  readonly drained$: Observable<void>;
  readonly closed: Promise<CloseInfo>;
  /** The records of this end. */
  readonly channel: Channel;

  readonly #clock: Clock;
  readonly #tap: Tap | undefined;
  readonly #carrier: Carrier;
  readonly #inflow = new Inflow(() => queueMicrotask(() => this.#read()));
  readonly #drained = new Subject<void>();
  #paused = false;
  #reading = false;
  #inDone = false;
  #ending: Promise<void> | undefined;
  #resolveEnding: (() => void) | undefined;
  #firstToEnd: Side | undefined;
  #error: TransportError | undefined;
  #finishing = false;
  #info: CloseInfo | undefined;
  #resolveClosed: (info: CloseInfo) => void = () => undefined;

  constructor({ id, local, remote, clock, tap, end }: ConnectionSettings, carrier: Carrier) {
    this.id = id;
    this.local = local;
    this.remote = remote;
    this.#clock = clock;
    this.#tap = tap;
    this.#carrier = carrier;
    this.channel = new Channel(end);
    this.received$ = this.#inflow.bytes$;
    this.drained$ = this.#drained.asObservable();
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
    this.#tell(() => ({ name: end === 'client' ? 'open' : 'accepted', local, remote }));
  }

  get bufferedBytes(): number {
    return this.channel.out.kept;
  }

  /** Whether it is over, or was broken off and only the last word is still carried. */
  get isOver(): boolean {
    return this.#info !== undefined || this.#error !== undefined || this.#finishing;
  }

  send(chunk: Uint8Array): boolean {
    if (this.#ending || this.#info) {
      const why = this.#info ? 'it is closed' : 'it was ended here';
      throw new TransportError('closed', `Nothing more can be sent to ${this.remote}: ${why}.`);
    }
    this.#tell(() => ({ name: 'bytes', direction: 'sent', bytes: chunk }));
    if (this.#error) return false;
    this.channel.out.put(chunk);
    this.channel.drainDue ||= this.channel.out.kept >= HIGH_WATER_MARK;
    this.#carrier.wake();
    return !this.channel.drainDue;
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
    queueMicrotask(() => this.#read());
  }

  end(): Promise<void> {
    if (this.#ending) return this.#ending;
    if (this.#info || this.#error) return Promise.resolve();
    this.#firstToEnd ??= 'local';
    this.#tell(() => ({ name: 'end', direction: 'sent' }));
    this.#ending = new Promise((resolve) => {
      this.#resolveEnding = resolve;
    });
    this.channel.out.end();
    this.#carrier.wake();
    return this.#ending;
  }

  abort(error = new TransportError('aborted', `The connection to ${this.remote} was dropped here.`)): void {
    if (this.isOver) return;
    this.channel.reset('aborted');
    this.#break(error);
  }

  /** Takes a record that came for it. */
  take(record: Record): void {
    if (this.isOver) return;
    try {
      const taken = this.channel.take(record);
      if (taken === 'reset') return this.#break(wasReset(record as RecordOf<'RESET'>, this.remote));
      if (taken === 'acknowledged') this.#acknowledged();
      if (taken === 'data') this.#read();
    } catch (cause) {
      this.breakRules(cause);
      return;
    }
    this.#wakeIfDue();
  }

  /** The peer broke the rules. */
  breakRules(cause: unknown): void {
    if (this.isOver) return;
    const what = (cause as Error).message;
    this.channel.reset('protocol', what);
    this.#break(new TransportError('protocol', `${this.remote} broke the rules of the transport: ${what}.`, { by: 'remote', cause }));
  }

  /** How far the peer's stream has come. */
  get received(): number {
    return this.channel.in.received;
  }

  /** Its requests fail for good. */
  lost(cause: unknown): void {
    const sentence =
      cause instanceof TransportError ? cause.message : `${this.remote} dropped the connection: its server cannot be reached any more.`;
    this.fail(new TransportError('reset', sentence, { by: 'remote', cause }));
  }

  /** It cannot be carried any more; the peer may be told, if it ever asks. */
  fail(error: TransportError): void {
    if (this.isOver) return;
    this.channel.reset(error.code === 'timeout' ? 'timeout' : 'aborted');
    this.#break(error);
  }

  #break(error: TransportError): void {
    this.#error = error;
    this.#ending ??= Promise.resolve();
    this.#resolveEnding?.();
    const dropped = error.by === 'local' || error.code === 'protocol' || error.code === 'timeout';
    if (!dropped) this.channel.drop();
    queueMicrotask(() => {
      this.#inflow.end(error);
      this.#carrier.finish(() => this.#close());
    });
  }

  #acknowledged(): void {
    const { channel } = this;
    if (channel.out.kept === 0 && channel.drainDue) {
      channel.drainDue = false;
      this.#tell(() => ({ name: 'drained' }));
      this.#drained.next();
    }
    if (channel.out.done) this.#resolveEnding?.();
    this.#finishIfDone();
  }

  /** Hands over what has come, for as long as it is wanted; then the end, if that is next. */
  #read(): void {
    if (this.#reading) return;
    this.#reading = true;
    while (this.#wanted && this.channel.in.ready) {
      const bytes = this.channel.in.next() as Uint8Array;
      this.#tell(() => ({ name: 'bytes', direction: 'received', bytes }));
      this.#inflow.next(bytes);
    }
    this.#reading = false;
    this.#wakeIfDue();
    if (!this.#wanted || this.#inDone || !this.channel.in.ended || this.channel.in.ready) return;
    this.#inDone = true;
    this.#firstToEnd ??= 'remote';
    this.#tell(() => ({ name: 'end', direction: 'received' }));
    this.#inflow.end();
    this.#finishIfDone();
  }

  get #wanted(): boolean {
    return !this.#paused && !this.#error && this.#inflow.isWanted;
  }

  #wakeIfDue(): void {
    if (this.channel.urgency !== 'never') this.#carrier.wake();
  }

  #finishIfDone(): void {
    if (this.#finishing || this.#error || !this.#inDone || !this.channel.out.done) return;
    this.#finishing = true;
    queueMicrotask(() => this.#carrier.finish(() => this.#close()));
  }

  #close(): void {
    if (this.#info) return;
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

function wasReset({ code, text }: RecordOf<'RESET'>, remote: Address): TransportError {
  switch (code) {
    case 'aborted':
      return new TransportError('reset', `${remote} dropped the connection.`, { by: 'remote' });
    case 'timeout':
      return new TransportError('reset', `${remote} dropped the connection: it had heard nothing for too long.`, { by: 'remote' });
    case 'unknown':
      return new TransportError('reset', `${remote} dropped the connection: it was restarted, or had heard nothing for too long.`, {
        by: 'remote',
      });
    case 'protocol':
      return new TransportError('reset', `${remote} dropped the connection: it says that a rule was broken here: ${text}.`, {
        by: 'remote',
      });
  }
}
