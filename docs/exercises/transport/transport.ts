/*
 * Your transport: `queue:NAME`, between two ends in one process. One can dial, listen and chat over it; it does not keep what
 * it promises. Grade it with
 *
 *   npm run -s exercise -- transport
 */
import { Subject } from 'rxjs';
import { Inlet } from '../../../examples/transport/inlet.js';
import {
  type Address,
  type CloseInfo,
  type Connection,
  type DialOptions,
  type Listener,
  type ListenOptions,
  parseAddress,
  type Transport,
  TransportError,
} from '../../../lib/index.js';

/** Makes a transport; names in it mean nothing in another. */
export function queueTransport(): Transport {
  const doors = new Map<Address, (connection: Connection) => void>();
  return {
    scheme: 'queue',
    reset: 'signalled',
    dial: (address, options) => dial(doors, address, options),
    listen: (address, options) => listen(doors, address, options),
  };
}

async function dial(
  doors: Map<Address, (connection: Connection) => void>,
  asked: Address,
  _options: DialOptions = {},
): Promise<Connection> {
  const address = named(asked);
  const door = doors.get(address);
  if (!door) throw new TransportError('refused', `Nobody listens at ${address}.`, { by: 'remote' });
  // TODO: a signal that gives it up; a tap that is told; a clock that says when a turn is over
  const [one, other] = [new QueueConnection(`${address}#1`, address), new QueueConnection(address, `${address}#1`)];
  one.peer = other;
  other.peer = one;
  door(other);
  return one;
}

async function listen(
  doors: Map<Address, (connection: Connection) => void>,
  asked: Address,
  _options: ListenOptions = {},
): Promise<Listener> {
  const address = named(asked);
  // TODO: somebody may listen there already
  const arrivals = new Inlet<Connection>();
  doors.set(address, (connection) => arrivals.push(connection));
  return {
    address,
    connections$: arrivals.items$,
    async close() {
      arrivals.end(); // TODO: nobody can dial any more; those whom nobody took are dropped
    },
  };
}

let count = 0;

/** One end: what is sent here goes straight into the inlet of the other one. */
class QueueConnection implements Connection {
  readonly id = `queue-${++count}`;
  readonly local: Address;
  readonly remote: Address;
  peer!: QueueConnection;
  readonly #inlet = new Inlet<Uint8Array>();
  readonly received$ = this.#inlet.items$;
  readonly drained$ = new Subject<void>();
  readonly bufferedBytes = 0;
  readonly closed: Promise<CloseInfo>;
  #close: (info: CloseInfo) => void = () => {};

  constructor(local: Address, remote: Address) {
    this.local = local;
    this.remote = remote;
    this.closed = new Promise((resolve) => {
      this.#close = resolve;
    });
  }

  send(chunk: Uint8Array): boolean {
    this.peer.#inlet.push(chunk); // TODO: what if the other end does not read?
    return true;
  }

  pause(): void {
    this.#inlet.pause();
  }

  resume(): void {
    this.#inlet.resume();
  }

  async end(): Promise<void> {
    this.peer.#inlet.end(); // TODO: nothing can be sent after it, and one end is not the close
    this.drained$.complete();
    this.#close({ by: 'local' });
  }

  abort(): void {
    void this.end(); // TODO: that is no abort
  }
}

/** The address, if it is `queue:` and a name. */
function named(asked: Address): Address {
  const { address } = parseAddress(asked);
  if (/^queue:[\w.-]+$/.test(address)) return address;
  throw new TransportError('unsupported', `"${asked}" is no queue: write it as queue:NAME, for example queue:lobby.`);
}
