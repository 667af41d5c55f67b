/*
 * One end of a connection between two threads, over a MessagePort of its own: an inlet, an outlet, and how both come
 * to their end, in order or not. docs/write-a-transport.md builds it step by step.
 */
import type { MessagePort } from 'node:worker_threads';
import type { Address, Clock, CloseInfo, Connection, Side, Tap, TransportTapEvent } from '../../lib/index.js';
import { TransportError } from '../../lib/index.js';
import { Inlet } from './inlet.js';
import { type Message, Outlet } from './outlet.js';

// #region settings
/** What an end is called, and who watches it. */
export interface EndSettings {
  readonly id: string;
  readonly local: Address;
  readonly remote: Address;
  readonly tap: Tap | undefined;
  readonly clock: Clock;
}
// #endregion

// #region connection
/** One end of a connection between threads. */
export class ThreadConnection implements Connection {
  readonly id: string;
  readonly local: Address;
  readonly remote: Address;
  readonly closed: Promise<CloseInfo>;
  readonly #port: MessagePort;
  readonly #settings: EndSettings;
  readonly #outlet = new Outlet((message, move = []) => this.#port.postMessage(message, move));
  readonly #inlet = new Inlet<Uint8Array>({ taken: (bytes) => this.#taken(bytes), ended: () => this.#inputEnded() });
  readonly received$ = this.#inlet.items$;
  readonly drained$ = this.#outlet.drained$.asObservable();

  constructor(port: MessagePort, settings: EndSettings, opened: 'open' | 'accepted') {
    this.#port = port;
    this.#settings = settings;
    this.id = settings.id;
    this.local = settings.local;
    this.remote = settings.remote;
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
    port.on('message', (message: Message) => this.#receive(message));
    port.on('close', () => this.#portClosed());
    this.#tell({ name: opened, local: this.local, remote: this.remote });
    this.drained$.subscribe(() => this.#tell({ name: 'drained' }));
  }
  // #endregion

  // #region flow
  get bufferedBytes(): number {
    return this.#outlet.bufferedBytes;
  }

  send(chunk: Uint8Array): boolean {
    if (this.#outlet.isEnding || this.#error) throw new TransportError('closed', `Nothing more can be sent to ${this.remote}.`);
    this.#tell({ name: 'bytes', direction: 'sent', bytes: chunk });
    return this.#outlet.send(chunk);
  }

  #receive(message: Message): void {
    if (this.#error) return;
    if (message.is === 'bytes') this.#inlet.push(message.bytes);
    if (message.is === 'credit') this.#outlet.earn(message.bytes);
    if (message.is === 'end') this.#inlet.end();
    this.#closeIfDone();
  }

  #taken(bytes: Uint8Array): void {
    this.#tell({ name: 'bytes', direction: 'received', bytes });
    this.#port.postMessage({ is: 'credit', bytes: bytes.length } satisfies Message);
  }
  // #endregion

  // #region pause
  #paused = false;

  pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    this.#inlet.pause();
    this.#tell({ name: 'paused' });
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#tell({ name: 'resumed' });
    this.#inlet.resume();
  }
  // #endregion

  // #region half-close
  #firstToEnd: Side | undefined;
  #inputOver = false;

  end(): Promise<void> {
    if (this.#error) return Promise.resolve();
    if (!this.#outlet.isEnding) this.#tell({ name: 'end', direction: 'sent' });
    this.#firstToEnd ??= 'local';
    const taken = this.#outlet.end();
    this.#closeIfDone();
    return taken;
  }

  #inputEnded(): void {
    this.#tell({ name: 'end', direction: 'received' });
    this.#firstToEnd ??= 'remote';
    this.#inputOver = true;
    this.#closeIfDone();
  }

  #closeIfDone(): void {
    if (!this.#inputOver || !this.#outlet.isOver) return;
    if (this.#portGone) this.#finish();
    else this.#port.close(); // #portClosed() is called for it
  }
  // #endregion

  // #region abort
  #error: TransportError | undefined;
  #portGone = false;

  abort(error = new TransportError('aborted', `The connection to ${this.remote} was dropped here.`)): void {
    if (this.#error || this.#info) return;
    this.#break(error);
    if (this.#portGone) queueMicrotask(() => this.#finish());
    else this.#port.close();
  }

  /** The port is closed: by this side, by the other one, or because the other thread has died. */
  #portClosed(): void {
    this.#portGone = true;
    const inOrder = this.#inlet.hasEnd && this.#outlet.isOver;
    if (!inOrder) this.#break(new TransportError('reset', `${this.remote} dropped the connection.`, { by: 'remote' }));
    if (this.#error || this.#inputOver) this.#finish(); // otherwise there is something left to read
  }

  #break(error: TransportError): void {
    this.#error ??= error;
    this.#inlet.clear();
    this.#outlet.clear();
  }
  // #endregion

  // #region close
  #info: CloseInfo | undefined;
  #resolveClosed: (info: CloseInfo) => void = () => {};

  #finish(): void {
    if (this.#info) return;
    const error = this.#error;
    this.#info = error ? { by: error.by, error } : { by: this.#firstToEnd ?? 'local' };
    this.#tell({ name: 'closed', by: this.#info.by, ...(error && { error: error.message }) });
    if (error) this.#inlet.fail(error);
    this.#outlet.close();
    this.#resolveClosed(this.#info);
  }
  // #endregion

  #tell(what: TransportTapEvent['what']): void {
    tell(this.#settings, what);
  }
}

// #region taps
/** Tells a tap, if there is one. */
export function tell({ id, tap, clock }: EndSettings, what: TransportTapEvent['what']): void {
  tap?.event({ layer: 'transport', at: clock.now(), connection: id, what });
}
// #endregion
