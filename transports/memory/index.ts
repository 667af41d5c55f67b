/*
 * Connections within one process: `memory:NAME`. The same contract as a socket's, with real backpressure, in real
 * time or, with a virtual clock handed in, in virtual time. For tests, for the simulator, and for a server and a
 * client that share a program.
 */
import {
  type Address,
  type Connection,
  type DialOptions,
  type Listener,
  type ListenOptions,
  parseAddress,
  type Transport,
  TransportError,
} from '../../lib/transport.js';
import { Arrivals } from '../arrivals.js';
import { clock as nodeClock } from '../host/clock.js';
import { type EndSettings, MemoryConnection } from './connection.js';

/** Takes a dialler in, or says that there is no room. */
type Door = (dialler: EndSettings) => MemoryConnection | undefined;

let count = 0;

/** Makes a network of its own: names in it mean nothing in another. */
export function memoryNetwork(): Transport {
  const doors = new Map<Address, Door>();
  return {
    scheme: 'memory',
    reset: 'signalled',
    dial: (address, options) => dial(doors, address, options),
    listen: (address, options) => listen(doors, address, options),
  };
}

/** The network in memory that a whole process shares. */
export const memory: Transport = memoryNetwork();

async function dial(doors: Map<Address, Door>, asked: Address, options: DialOptions = {}): Promise<Connection> {
  const { signal, tap, clock = nodeClock } = options;
  const address = named(asked);
  const id = nextId();
  const givenUp = () => new TransportError('aborted', `Dialling ${address} was given up.`, { cause: signal?.reason });
  if (signal?.aborted) throw givenUp();
  tap?.event({ layer: 'transport', at: clock.now(), connection: id, what: { name: 'dialling', remote: address } });
  try {
    await new Promise<void>((resolve) => clock.afterTurn(resolve));
    if (signal?.aborted) throw givenUp();
    const connection = doors.get(address)?.({ id, local: `${address}#${id}`, remote: address, clock, tap });
    if (connection) return connection;
    throw new TransportError('refused', `Nobody listens at ${address}: start the server first, or check the address.`, { by: 'remote' });
  } catch (error) {
    const { by, message } = error as TransportError;
    tap?.event({ layer: 'transport', at: clock.now(), connection: id, what: { name: 'closed', by, error: message } });
    throw error;
  }
}

async function listen(doors: Map<Address, Door>, asked: Address, options: ListenOptions = {}): Promise<Listener> {
  const { tap, clock = nodeClock, backlog = 1024 } = options;
  const address = named(asked);
  if (doors.has(address)) {
    throw new TransportError('address-in-use', `Somebody listens at ${address} already: close that listener, or choose another name.`);
  }
  const arrivals = new Arrivals<Connection>();
  const door: Door = (dialler) => {
    if (arrivals.kept >= backlog) return undefined;
    const [dialled, accepted] = MemoryConnection.join(dialler, { id: nextId(), local: address, remote: dialler.local, clock, tap });
    arrivals.push(accepted);
    return dialled;
  };
  doors.set(address, door);
  return {
    address,
    connections$: arrivals.items$,
    async close() {
      if (doors.get(address) === door) doors.delete(address);
      for (const untaken of arrivals.close()) untaken.abort();
    },
  };
}

/** The address, if it is `memory:` and a name of letters, digits, `.`, `_` and `-`. */
function named(asked: Address): Address {
  const { address } = parseAddress(asked);
  if (/^memory:[\w.-]+$/.test(address)) return address;
  throw new TransportError('unsupported', `"${asked}" names nothing in memory: write it as memory:NAME, for example memory:lobby.`);
}

function nextId(): string {
  count += 1;
  return `memory-${count}`;
}
