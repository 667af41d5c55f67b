/*
 * A node:net socket as a Connection. Node's stream does the buffering, the flow control and the half-close;
 * this adds the contract: nothing read before somebody listens, one typed reason for every end, a real reset.
 * A server holds thousands of these, so what few ask for (streams, promises, the local address) is made when
 * asked for, and the socket's events go to shared functions that find the connection on the socket.
 */
import type { Socket } from 'node:net';
import { Observable, Subject, type Subscriber } from 'rxjs';
import type { TransportTapEvent } from '../../lib/trace.js';
import { type Address, type CloseInfo, type Connection, type Side, TransportError } from '../../lib/transport.js';
import { oneSubscriber } from '../arrivals.js';
import { asBuffer, unsentBytes } from './buffer.js';
import { explain } from './errors.js';
import type { Place } from './family.js';

const owner = Symbol('connection');

interface OwnedSocket extends Socket {
  [owner]: StreamConnection;
}

/** A connection over a stream socket that is open and paused. The `take` methods are for the socket's events below. */
export class StreamConnection implements Connection {
  readonly id: string;
  readonly remote: Address;
  readonly #socket: Socket;
  readonly #place: Place;
  #local: Address | undefined;
  #subscriber: Subscriber<Uint8Array> | undefined;
  #drained: Subject<void> | undefined;
  #paused = false;
  /** The peer half-closed; received$ completes once it may. */
  #peerEnded = false;
  #firstToEnd: Side | undefined;
  #ending: Promise<void> | undefined;
  /** Why it broke, once it did. */
  #error: TransportError | undefined;
  /** How it ended, once it has. */
  #info: CloseInfo | undefined;
  #closed: Promise<CloseInfo> | undefined;
  #resolveClosed: ((info: CloseInfo) => void) | undefined;

  constructor(socket: Socket, place: Place, id: string, opened: 'open' | 'accepted') {
    this.#socket = socket;
    this.#place = place;
    this.id = id;
    this.remote = place.family.remoteAddress(socket, place.asked) ?? place.asked;
    (socket as OwnedSocket)[owner] = this;
    socket.on('data', onData).on('end', onEnd).on('drain', onDrain).on('error', onError).on('close', onClose);
    // `asked` is this end's address where it was accepted, and the peer's where it dialled; a closed socket knows neither
    if (opened === 'open') this.#local = place.family.localAddress(socket, place.asked);
    if (place.tap) this.#tell({ name: opened, local: this.local, remote: this.remote });
  }

  get local(): Address {
    this.#local ??= this.#place.family.localAddress(this.#socket, this.#place.asked);
    return this.#local ?? this.#place.asked;
  }

  get received$(): Observable<Uint8Array> {
    return new Observable((subscriber) => this.#subscribe(subscriber));
  }

  get drained$(): Observable<void> {
    if (!this.#drained) {
      this.#drained = new Subject();
      if (this.#info) this.#drained.complete();
    }
    return this.#drained;
  }

  get bufferedBytes(): number {
    return unsentBytes(this.#socket);
  }

  get closed(): Promise<CloseInfo> {
    if (this.#info) return Promise.resolve(this.#info);
    this.#closed ??= new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
    return this.#closed;
  }

  send(chunk: Uint8Array): boolean {
    if (this.#ending || this.#info) throw this.#sentTooLate();
    if (this.#place.tap) this.#tell({ name: 'bytes', direction: 'sent', bytes: chunk });
    return this.#socket.write(asBuffer(chunk));
  }

  pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    this.#socket.pause();
    if (this.#place.tap) this.#tell({ name: 'paused' });
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    if (this.#place.tap) this.#tell({ name: 'resumed' });
    if (!this.#subscriber) return;
    this.#socket.resume();
    if (this.#peerEnded) queueMicrotask(() => this.#passEnd());
  }

  end(): Promise<void> {
    if (this.#ending) return this.#ending;
    if (this.#info || this.#error) return Promise.resolve();
    this.#firstToEnd ??= 'local';
    if (this.#place.tap) this.#tell({ name: 'end', direction: 'sent' });
    this.#ending = new Promise((resolve) => {
      this.#socket.end(() => resolve());
    });
    return this.#ending;
  }

  abort(error = new TransportError('aborted', `The connection to ${this.remote} was dropped here.`)): void {
    if (this.#info || this.#error || this.#socket.destroyed) return;
    this.#error = error;
    this.#ending ??= Promise.resolve();
    this.#socket.pause();
    if (this.#place.family.reset === 'looks-like-end') this.#socket.destroy();
    else if (isShuttingDown(this.#socket)) this.#socket.once('finish', resetNow);
    else this.#socket.resetAndDestroy();
  }

  /** Bytes came. If the subscriber has left, which is noticed here, they are put back and reading stops until another comes. */
  take(chunk: Uint8Array): void {
    const subscriber = this.#subscriber;
    if (!subscriber || subscriber.closed) {
      this.#socket.pause();
      this.#socket.unshift(chunk);
      return;
    }
    if (this.#place.tap) this.#tell({ name: 'bytes', direction: 'received', bytes: chunk });
    subscriber.next(chunk);
  }

  /** The peer will send no more. */
  takeEnd(): void {
    if (this.#error) return;
    this.#peerEnded = true;
    this.#firstToEnd ??= 'remote';
    if (this.#place.tap) this.#tell({ name: 'end', direction: 'received' });
    this.#passEnd();
  }

  /** The send buffer is empty again. */
  takeDrain(): void {
    if (this.#place.tap) this.#tell({ name: 'drained' });
    this.#drained?.next();
  }

  /** It broke. */
  takeError(cause: unknown): void {
    this.#error ??= explain('talk', this.remote, cause, this.#place.family.sentences);
  }

  /** Both directions are done. */
  takeClose(): void {
    const error = this.#error;
    this.#info = error ? { by: error.by, error } : { by: this.#firstToEnd ?? 'local' };
    if (this.#place.tap) this.#tell({ name: 'closed', by: this.#info.by, ...(error && { error: error.message }) });
    this.#settle(error);
    this.#drained?.complete();
    this.#resolveClosed?.(this.#info);
  }

  // No teardown is returned: it would cost each idle connection some 240 bytes. take() looks at `closed` instead.
  #subscribe(subscriber: Subscriber<Uint8Array>): void {
    if (this.#subscriber && !this.#subscriber.closed) {
      subscriber.error(oneSubscriber('received$'));
      return;
    }
    this.#subscriber = subscriber;
    if (this.#info) this.#settle(this.#info.error);
    else if (!this.#paused) {
      this.#socket.resume();
      this.#passEnd();
    }
  }

  /** Completes received$ if the peer has ended and nobody asked to wait: like bytes, the end does not come while paused. */
  #passEnd(): void {
    if (this.#peerEnded && !this.#paused && !this.#subscriber?.closed) this.#settle(undefined);
  }

  #settle(error: TransportError | undefined): void {
    const subscriber = this.#subscriber;
    this.#subscriber = undefined;
    if (error) subscriber?.error(error);
    else subscriber?.complete();
  }

  #sentTooLate(): TransportError {
    const why = this.#info ? 'it is closed' : 'it was ended here';
    return new TransportError('closed', `Nothing more can be sent to ${this.remote}: ${why}.`);
  }

  #tell(what: TransportTapEvent['what']): void {
    const { tap, clock } = this.#place;
    tap?.event({ layer: 'transport', at: clock.now(), connection: this.id, what });
  }
}

/** True between the last byte's leaving and the end's: a reset in that moment would fail and leave the socket open. */
function isShuttingDown(socket: Socket): boolean {
  return socket.writableEnded && !socket.writableFinished && socket.writableLength === 0;
}

function resetNow(this: Socket): void {
  this.resetAndDestroy();
}

function onData(this: OwnedSocket, chunk: Uint8Array): void {
  this[owner].take(chunk);
}

function onEnd(this: OwnedSocket): void {
  this[owner].takeEnd();
}

function onDrain(this: OwnedSocket): void {
  this[owner].takeDrain();
}

function onError(this: OwnedSocket, cause: unknown): void {
  this[owner].takeError(cause);
}

function onClose(this: OwnedSocket): void {
  this[owner].takeClose();
}
