/*
 * The page's side of the strings: connections that are Node's, held like one's own. They hide nothing: what was sent and
 * has not left Node counts as buffered, and what comes while paused waits here.
 */
import { Observable, Subject, type Subscriber } from 'rxjs';
import { type CloseInfo, type Connection, type Listener, TransportError, type TransportErrorCode } from '../../../../lib/transport.js';
import { json, type Kind, type Message, read, type Told, write } from './messages.js';

const HIGH_WATER_MARK = 128 * 1024;

type Say = (kind: Kind, content?: Uint8Array | object) => void;

class Puppet implements Connection {
  readonly received$ = new Observable<Uint8Array>((subscriber) => this.#subscribe(subscriber));
  readonly closed: Promise<CloseInfo>;
  readonly #drained = new Subject<void>();
  readonly drained$ = this.#drained.asObservable();
  readonly #inbox: Uint8Array[] = [];
  #subscriber: Subscriber<Uint8Array> | undefined;
  #isSubscribed = false;
  #isPaused = false;
  #over: { readonly error?: TransportError } | undefined;
  #isEnded = false;
  #inFlight = 0;
  #atNode = 0;
  #isFull = false;
  #resolveEnd: () => void = () => undefined;
  readonly #ended = new Promise<void>((resolve) => (this.#resolveEnd = resolve));
  #resolveClosed: (info: CloseInfo) => void = () => undefined;

  constructor(
    readonly id: string,
    readonly local: string,
    readonly remote: string,
    private readonly say: Say,
  ) {
    this.closed = new Promise((resolve) => (this.#resolveClosed = resolve));
  }

  get bufferedBytes(): number {
    return this.#inFlight + this.#atNode;
  }

  send(chunk: Uint8Array): boolean {
    if (this.#isEnded) throw new TransportError('closed', 'It was ended here.');
    this.#inFlight += chunk.length;
    this.say('send', chunk);
    this.#isFull ||= this.bufferedBytes >= HIGH_WATER_MARK;
    return !this.#isFull;
  }

  pause(): void {
    this.#isPaused = true;
    this.say('pause');
  }

  resume(): void {
    this.#isPaused = false;
    this.say('resume');
    queueMicrotask(() => this.#read());
  }

  end(): Promise<void> {
    if (!this.#isEnded) this.say('end');
    this.#isEnded = true;
    return this.#ended;
  }

  abort(error = new TransportError('aborted', 'The connection was dropped here.')): void {
    this.#isEnded = true;
    this.#inbox.length = 0;
    this.#over = { error };
    queueMicrotask(() => this.#read());
    this.say('abort', { code: error.code, message: error.message, by: error.by });
  }

  take(message: Message): void {
    switch (message.kind) {
      case 'data':
        if (!this.#over) this.#inbox.push(message.bytes.slice());
        return this.#read();
      case 'over': {
        const told = json<Partial<Told>>(message);
        this.#over ??= told.code === undefined ? {} : { error: errorOf(told as Told) };
        return this.#read();
      }
      case 'taken': {
        const { bytes = 0, buffered, isFull, end } = json<{ bytes?: number; buffered: number; isFull: boolean; end?: boolean }>(message);
        this.#inFlight -= bytes;
        this.#atNode = buffered;
        if (end) this.#resolveEnd();
        if (!this.#isFull || this.#inFlight > 0 || isFull) return;
        this.#isFull = false;
        return this.#drained.next();
      }
      case 'closed': {
        const { by, error } = json<{ by: 'local' | 'remote'; error?: Told }>(message);
        this.#isEnded = true;
        this.#inFlight = 0;
        this.#atNode = 0;
        this.#over ??= error ? { error: errorOf(error) } : {};
        this.#read();
        this.#drained.complete();
        this.#resolveEnd();
        return this.#resolveClosed({ by, ...(error && { error: errorOf(error) }) });
      }
      default:
    }
  }

  #subscribe(subscriber: Subscriber<Uint8Array>): void {
    if (this.#subscriber && !this.#subscriber.closed) {
      subscriber.error(new TransportError('unsupported', 'received$ has its one subscriber already.'));
      return;
    }
    this.#subscriber = subscriber;
    if (!this.#isSubscribed) this.say('subscribe');
    this.#isSubscribed = true;
    queueMicrotask(() => this.#read());
  }

  #read(): void {
    while (this.#subscriber && !this.#subscriber.closed && !this.#isPaused && this.#inbox.length > 0) {
      this.#subscriber.next(this.#inbox.shift() as Uint8Array);
    }
    if (!this.#over || (!this.#over.error && (this.#isPaused || this.#inbox.length > 0))) return;
    const subscriber = this.#subscriber;
    this.#subscriber = undefined;
    if (this.#over.error) subscriber?.error(this.#over.error);
    else subscriber?.complete();
  }
}

function errorOf({ code, message, by }: Told): TransportError {
  return new TransportError(code as TransportErrorCode, message, { by });
}

/** The listening that a page can do: at its own origin, by Node. */
export async function remoteListen(url: string, origin: string): Promise<() => Promise<Listener>> {
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  const puppets = new Map<number, Puppet>();
  const listeners: { subscriber: Subscriber<Connection> | undefined; readonly kept: Connection[] }[] = [];
  socket.addEventListener('message', ({ data }) => {
    const message = read(new Uint8Array(data as ArrayBuffer));
    if (message.kind !== 'accepted') return puppets.get(message.connection)?.take(message);
    const { id, local, remote } = json<{ id: string; local: string; remote: string }>(message);
    const puppet = new Puppet(id, local, remote, (kind, content) => socket.send(write(kind, message.connection, content)));
    puppets.set(message.connection, puppet);
    const waits = listeners.find(({ subscriber }) => subscriber && !subscriber.closed);
    if (waits) waits.subscriber?.next(puppet);
    else listeners.at(-1)?.kept.push(puppet);
  });
  return () => {
    const listener: (typeof listeners)[number] = { subscriber: undefined, kept: [] };
    listeners.push(listener);
    return Promise.resolve({
      address: origin,
      connections$: new Observable<Connection>((subscriber) => {
        for (const connection of listener.kept.splice(0)) subscriber.next(connection);
        listener.subscriber = subscriber;
      }),
      close: () => {
        const at = listeners.indexOf(listener);
        if (at >= 0) listeners.splice(at, 1);
        listener.subscriber?.complete();
        for (const connection of listener.kept) connection.abort();
        return Promise.resolve();
      },
    });
  };
}
