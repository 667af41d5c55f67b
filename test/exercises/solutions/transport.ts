/*
 * The transport between two ends in one process, finished: a solution of docs/exercises/transport. Whatever moves, moves when
 * a turn is over; an end sends as long as less than a window lies unread at the other one.
 */
import { Subject } from 'rxjs';
import { Inlet } from '../../../examples/transport/inlet.js';
import {
  type Address,
  type Clock,
  type CloseInfo,
  type Connection,
  type DialOptions,
  type Listener,
  type ListenOptions,
  parseAddress,
  type Side,
  type Tap,
  type Transport,
  TransportError,
  type TransportTapEvent,
} from '../../../lib/index.js';
import { clock as nodeClock } from '../../../transports/node.js';

const WINDOW_BYTES = 64 * 1024;

/** What an end is made of. */
interface Parts {
  readonly id: string;
  readonly local: Address;
  readonly remote: Address;
  readonly clock: Clock;
  readonly tap: Tap | undefined;
}

/** Takes a caller in, or has no room. */
type Door = (caller: Parts) => Connection | undefined;

let count = 0;
const nextId = () => `queue-${++count}`;

/** Makes a transport; names in it mean nothing in another. */
export function queueTransport(): Transport {
  const doors = new Map<Address, Door>();
  return {
    scheme: 'queue',
    reset: 'signalled',
    dial: (address, options) => dial(doors, address, options),
    listen: (address, options) => listen(doors, address, options),
  };
}

async function dial(doors: Map<Address, Door>, asked: Address, options: DialOptions = {}): Promise<Connection> {
  const { signal, tap, clock = nodeClock } = options;
  const address = named(asked);
  const id = nextId();
  const parts: Parts = { id, local: `${address}#${id}`, remote: address, clock, tap };
  const givenUp = () => new TransportError('aborted', `Dialling ${address} was given up.`, { cause: signal?.reason });
  if (signal?.aborted) throw givenUp();
  tell(parts, { name: 'dialling', remote: address });
  try {
    await new Promise<void>((resolve) => clock.afterTurn(resolve));
    if (signal?.aborted) throw givenUp();
    const connection = doors.get(address)?.(parts);
    if (!connection) throw new TransportError('refused', `Nobody listens at ${address}.`, { by: 'remote' });
    return connection;
  } catch (error) {
    const { by, message } = error as TransportError;
    tell(parts, { name: 'closed', by, error: message });
    throw error;
  }
}

async function listen(doors: Map<Address, Door>, asked: Address, options: ListenOptions = {}): Promise<Listener> {
  const { tap, clock = nodeClock, backlog = 1024 } = options;
  const address = named(asked);
  if (doors.has(address)) throw new TransportError('address-in-use', `Somebody listens at ${address} already.`);
  const arrivals = new Inlet<Connection>();
  const door: Door = (caller) => {
    if (arrivals.waiting >= backlog) return undefined;
    const [one, other] = QueueConnection.pair(caller, { id: nextId(), local: address, remote: caller.local, clock, tap });
    arrivals.push(other);
    return one;
  };
  doors.set(address, door);
  return {
    address,
    connections$: arrivals.items$,
    async close() {
      if (doors.get(address) === door) doors.delete(address);
      for (const untaken of arrivals.clear()) untaken.abort();
      arrivals.end();
    },
  };
}

/** One end. */
class QueueConnection implements Connection {
  readonly id: string;
  readonly local: Address;
  readonly remote: Address;
  readonly closed: Promise<CloseInfo>;
  readonly #parts: Parts;
  readonly #inlet = new Inlet<Uint8Array>({ taken: (bytes) => this.#taken(bytes), ended: () => this.#inputEnded() });
  readonly #drained = new Subject<void>();
  readonly received$ = this.#inlet.items$;
  readonly drained$ = this.#drained.asObservable();
  readonly #outbox: Uint8Array[] = [];
  bufferedBytes = 0;
  #peer!: QueueConnection;
  #unread = 0;
  #awake = false;
  #paused = false;
  #drainDue = false;
  #ending: Promise<void> | undefined;
  #ended = () => {};
  #outputOver = false;
  #inputOver = false;
  #firstToEnd: Side | undefined;
  #error: TransportError | undefined;
  #info: CloseInfo | undefined;
  #resolveClosed: (info: CloseInfo) => void = () => {};

  private constructor(parts: Parts) {
    this.#parts = parts;
    this.id = parts.id;
    this.local = parts.local;
    this.remote = parts.remote;
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
  }

  static pair(dialler: Parts, listener: Parts): readonly [QueueConnection, QueueConnection] {
    const [one, other] = [new QueueConnection(dialler), new QueueConnection(listener)];
    one.#peer = other;
    other.#peer = one;
    tell(dialler, { name: 'open', local: dialler.local, remote: dialler.remote });
    tell(listener, { name: 'accepted', local: listener.local, remote: listener.remote });
    return [one, other];
  }

  send(chunk: Uint8Array): boolean {
    if (this.#ending || this.#info) throw new TransportError('closed', `Nothing more can be sent to ${this.remote}.`);
    tell(this.#parts, { name: 'bytes', direction: 'sent', bytes: chunk });
    if (this.#error) return false;
    if (chunk.length > 0) this.#outbox.push(chunk);
    this.bufferedBytes += chunk.length;
    this.#wake();
    this.#drainDue ||= this.bufferedBytes >= WINDOW_BYTES;
    return this.bufferedBytes < WINDOW_BYTES;
  }

  pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    this.#inlet.pause();
    tell(this.#parts, { name: 'paused' });
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    tell(this.#parts, { name: 'resumed' });
    this.#parts.clock.afterTurn(() => {
      if (!this.#paused) this.#inlet.resume();
    });
  }

  end(): Promise<void> {
    if (this.#ending) return this.#ending;
    if (this.#info || this.#error) return Promise.resolve();
    this.#firstToEnd ??= 'local';
    tell(this.#parts, { name: 'end', direction: 'sent' });
    this.#ending = new Promise((resolve) => {
      this.#ended = resolve;
    });
    this.#wake();
    return this.#ending;
  }

  abort(error = new TransportError('aborted', `The connection to ${this.remote} was dropped here.`)): void {
    if (this.#info || this.#error) return;
    this.#ending ??= Promise.resolve();
    this.#break(error);
    this.#peer.#break(new TransportError('reset', `${this.local} dropped the connection.`, { by: 'remote' }));
  }

  #break(error: TransportError): void {
    if (this.#info || this.#error) return;
    this.#error = error;
    this.#outbox.length = 0;
    this.bufferedBytes = 0;
    this.#inlet.clear();
    this.#wake();
  }

  #wake(): void {
    if (this.#awake || this.#info) return;
    this.#awake = true;
    this.#parts.clock.afterTurn(() => this.#step());
  }

  #step(): void {
    this.#awake = false;
    if (!this.#error) this.#sendOut();
    if (this.#error || (this.#outputOver && this.#inputOver)) this.#finish();
  }

  #sendOut(): void {
    while (this.#outbox.length > 0 && this.#peer.#unread < WINDOW_BYTES) {
      const chunk = this.#outbox.shift() as Uint8Array;
      this.bufferedBytes -= chunk.length;
      this.#peer.#unread += chunk.length;
      this.#peer.#inlet.push(chunk);
      if (this.#error) return; // whoever read it has dropped the connection
    }
    if (this.#outbox.length > 0 || this.#outputOver) return;
    if (this.#ending) {
      this.#outputOver = true;
      this.#ended();
      this.#peer.#inlet.end();
    } else if (this.#drainDue) {
      this.#drainDue = false;
      tell(this.#parts, { name: 'drained' });
      this.#drained.next();
    }
  }

  #taken(bytes: Uint8Array): void {
    this.#unread -= bytes.length;
    tell(this.#parts, { name: 'bytes', direction: 'received', bytes });
    this.#peer.#wake();
  }

  #inputEnded(): void {
    this.#inputOver = true;
    this.#firstToEnd ??= 'remote';
    tell(this.#parts, { name: 'end', direction: 'received' });
    this.#wake();
  }

  #finish(): void {
    const error = this.#error;
    this.#info = error ? { by: error.by, error } : { by: this.#firstToEnd ?? 'local' };
    tell(this.#parts, { name: 'closed', by: this.#info.by, ...(error && { error: error.message }) });
    if (error) this.#inlet.fail(error);
    this.#drained.complete();
    this.#ended();
    this.#resolveClosed(this.#info);
  }
}

function tell({ id, tap, clock }: Parts, what: TransportTapEvent['what']): void {
  tap?.event({ layer: 'transport', at: clock.now(), connection: id, what });
}

/** The address, if it is `queue:` and a name. */
function named(asked: Address): Address {
  const { address } = parseAddress(asked);
  if (/^queue:[\w.-]+$/.test(address)) return address;
  throw new TransportError('unsupported', `"${asked}" is no queue: write it as queue:NAME, for example queue:lobby.`);
}
