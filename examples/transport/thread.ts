/*
 * The finished transport between threads: `thread:NAME`. Two threads that share a MessagePort can dial each other; it
 * passes the whole conformance suite. docs/write-a-transport.md builds it from naive.ts on.
 */
import { MessageChannel, type MessagePort, threadId } from 'node:worker_threads';
import {
  type Address,
  type Connection,
  type DialOptions,
  type Listener,
  type ListenOptions,
  parseAddress,
  type Transport,
  TransportError,
} from '../../lib/index.js';
import { clock as nodeClock } from '../../transports/node.js';
import { type EndSettings, ThreadConnection, tell } from './connection.js';
import { Inlet } from './inlet.js';

// #region transport
/** What is sent to the other thread to open a connection. */
interface Call {
  readonly to: Address;
  readonly from: Address;
  /** The other thread's end of the new connection. */
  readonly port: MessagePort;
}

/** What a listener does for the transport. */
interface Door {
  /** Takes a caller in, or says no. */
  open(call: Call): boolean;
  /** Nobody will come any more. */
  wallUp(error: TransportError): void;
}

/** A transport to the thread at the other end of a port. */
export function threadTransport(toThread: MessagePort): Transport {
  const doors = new Map<Address, Door>();
  toThread.on('message', (call: Call) => {
    const isIn = doors.get(call.to)?.open(call);
    if (!isIn) call.port.close(); // the caller sees it, and knows that it is refused
  });
  toThread.on('close', () => {
    for (const door of doors.values()) door.wallUp(new TransportError('reset', 'The other thread has ended.', { by: 'remote' }));
  });
  toThread.unref(); // a listener keeps the thread alive, but not the mere possibility to listen
  return {
    scheme: 'thread',
    reset: 'signalled',
    dial: (address, options) => dial(toThread, address, options),
    listen: (address, options) => listen(toThread, doors, address, options),
  };
}
// #endregion

// #region dial
function dial(toThread: MessagePort, to: Address, { signal, tap, clock = nodeClock }: DialOptions = {}): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const id = nextId();
    const settings: EndSettings = { id, local: `${named(to)}#${id}`, remote: to, tap, clock };
    const givenUp = () => new TransportError('aborted', `Dialling ${to} was given up.`, { cause: signal?.reason });
    if (signal?.aborted) throw givenUp();

    const { port1, port2 } = new MessageChannel();
    const settle = () => {
      port1.off('message', accepted).off('close', refused);
      signal?.removeEventListener('abort', giveUp);
    };
    const fail = (error: TransportError) => {
      settle();
      tell(settings, { name: 'closed', by: error.by, error: error.message });
      reject(error);
    };
    const accepted = () => {
      settle();
      resolve(new ThreadConnection(port1, settings, 'open'));
    };
    const refused = () => fail(new TransportError('refused', `Nobody listens at ${to} in the other thread.`, { by: 'remote' }));
    const giveUp = () => {
      fail(givenUp());
      port1.close(); // whoever has accepted sees a reset
    };
    port1.on('message', accepted).on('close', refused);
    signal?.addEventListener('abort', giveUp);
    tell(settings, { name: 'dialling', remote: to });
    toThread.postMessage({ to, from: settings.local, port: port2 } satisfies Call, [port2]);
  });
}
// #endregion

// #region listen
async function listen(
  toThread: MessagePort,
  doors: Map<Address, Door>,
  asked: Address,
  { tap, clock = nodeClock, backlog = 1024 }: ListenOptions = {},
): Promise<Listener> {
  const address = named(asked);
  if (doors.has(address)) throw new TransportError('address-in-use', `This thread listens at ${address} already: choose another name.`);
  const arrivals = new Inlet<Connection>();
  const door: Door = {
    open({ from, port }) {
      if (arrivals.waiting >= backlog) return false;
      port.postMessage('accepted');
      arrivals.push(new ThreadConnection(port, { id: nextId(), local: address, remote: from, tap, clock }, 'accepted'));
      return true;
    },
    wallUp: (error) => arrivals.fail(error),
  };
  doors.set(address, door);
  toThread.ref();
  return {
    address,
    connections$: arrivals.items$,
    async close() {
      if (doors.get(address) === door) doors.delete(address);
      if (doors.size === 0) toThread.unref();
      for (const untaken of arrivals.clear()) untaken.abort();
      arrivals.end();
    },
  };
}
// #endregion

// #region names
/** The address, if it is `thread:` and a name. */
function named(asked: Address): Address {
  const { address } = parseAddress(asked);
  if (/^thread:[\w.-]+$/.test(address)) return address;
  throw new TransportError('unsupported', `"${asked}" names nothing in a thread: write it as thread:NAME, for example thread:lobby.`);
}

let count = 0;

/** A name for a connection. Each thread counts for itself, so the number of the thread is in it. */
function nextId(): string {
  count += 1;
  return `thread-${threadId}-${count}`;
}
// #endregion
