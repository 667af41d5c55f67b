/*
 * Node's side of the strings: every connection that arrives at a listener is told to the page, and does what it says.
 */

import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Connection, type Listener, TransportError, type TransportErrorCode } from '../../../../lib/transport.js';
import { json, type Kind, read, type Told, write } from './messages.js';

/** Where a page gets hold of the strings. */
export interface Strings {
  readonly url: string;
  close(): void;
}

/** Hands the connections of a listener to the page that asks. */
export async function strings(listener: Listener): Promise<Strings> {
  const server = createHttpServer();
  const sockets = new WebSocketServer({ server });
  const connections: Connection[] = [];
  let page: WebSocket | undefined;
  const say = (kind: Kind, number: number, content?: Uint8Array | object) => page?.send(write(kind, number, content));

  sockets.on('connection', (socket) => {
    page = socket;
    socket.on('message', (data: Buffer) => {
      const message = read(data);
      const connection = connections[message.connection];
      if (connection) pull(connection, message.connection, message.kind, message.bytes.slice(), () => json<Told>(message));
    });
  });
  listener.connections$.subscribe((connection) => {
    const number = connections.push(connection) - 1;
    const { id, local, remote } = connection;
    connection.drained$.subscribe(() => say('taken', number, { buffered: 0, isFull: false }));
    void connection.closed.then(({ by, error }) => say('closed', number, { by, ...(error && { error: toldOf(error) }) }));
    say('accepted', number, { id: `${id} in Node`, local, remote });
  });

  function pull(connection: Connection, number: number, kind: Kind, bytes: Uint8Array, error: () => Told): void {
    if (kind === 'send') {
      let isFull = false;
      try {
        isFull = !connection.send(bytes);
      } catch {
        // it has broken; `closed` says so
      }
      say('taken', number, { bytes: bytes.length, buffered: connection.bufferedBytes, isFull });
    }
    if (kind === 'pause') connection.pause();
    if (kind === 'resume') connection.resume();
    if (kind === 'end') void connection.end().then(() => say('taken', number, { end: true, buffered: 0, isFull: false }));
    if (kind === 'abort') {
      const { code, message } = error();
      connection.abort(new TransportError(code as TransportErrorCode, message));
    }
    if (kind !== 'subscribe') return;
    connection.received$.subscribe({
      next: (chunk) => say('data', number, chunk),
      complete: () => say('over', number, {}),
      error: (reason: TransportError) => say('over', number, toldOf(reason)),
    });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      server.close();
    },
  };
}

/** A port at which nobody listens. */
export async function deserted(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function toldOf({ code, message, by }: TransportError): Told {
  return { code, message, by };
}
