/*
 * The first try at a transport between threads: every method of the contract is there, and a chat works. The
 * conformance suite says what is missing. It belongs to docs/write-a-transport.md; thread.ts is the finished one.
 */
// #region imports
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Subject } from 'rxjs';
import type { Address, CloseInfo, Connection, Transport } from '../../lib/index.js';

// #endregion
// #region transport
/** What is sent to the other thread to open a connection: the name that is dialled, and one end of a new channel. */
interface Call {
  readonly to: Address;
  readonly port: MessagePort;
}

/** A transport to the thread at the other end of a port. */
export function naiveTransport(toThread: MessagePort): Transport {
  return {
    scheme: 'thread',
    reset: 'signalled',
    async dial(address) {
      const { port1, port2 } = new MessageChannel();
      toThread.postMessage({ to: address, port: port2 } satisfies Call, [port2]);
      return new NaiveConnection(port1, address);
    },
    async listen(address) {
      const connections$ = new Subject<Connection>();
      toThread.on('message', ({ to, port }: Call) => {
        if (to === address) connections$.next(new NaiveConnection(port, address));
      });
      return { address, connections$, close: async () => connections$.complete() };
    },
  };
}
// #endregion

let count = 0;

// #region connection
class NaiveConnection implements Connection {
  readonly id = `thread-${++count}`;
  readonly local: Address;
  readonly remote: Address;
  readonly received$ = new Subject<Uint8Array>();
  readonly drained$ = new Subject<void>();
  readonly bufferedBytes = 0;
  readonly closed: Promise<CloseInfo>;
  readonly #port: MessagePort;

  constructor(port: MessagePort, address: Address) {
    this.local = this.remote = address;
    this.#port = port;
    port.on('message', (chunk: Uint8Array) => this.received$.next(chunk));
    this.closed = new Promise((resolve) => {
      port.on('close', () => {
        this.received$.complete();
        this.drained$.complete();
        resolve({ by: 'remote' });
      });
    });
  }

  send(chunk: Uint8Array): boolean {
    this.#port.postMessage(new Uint8Array(chunk)); // a copy of these bytes alone, not of all the memory that they lie in
    return true;
  }

  pause(): void {} // a port knows no pause

  resume(): void {}

  async end(): Promise<void> {
    this.#port.close();
  }

  abort(): void {
    this.#port.close();
  }
}
// #endregion
