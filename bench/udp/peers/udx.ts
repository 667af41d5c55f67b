/*
 * udx-native, if it is installed: reliable streams over UDP in C, made for peer-to-peer programs. It has no handshake, so both
 * ends are told where the other is: the dialling end sends a first datagram, and the numbers of the streams are agreed.
 */
import { type Peer, socketBufferBytes } from '../peer.js';
import { attachStream, type Stream } from './stream.js';

interface UdxSocket {
  bind(port: number, host: string): void;
  address(): { port: number };
  setRecvBufferSize(bytes: number): void;
  setSendBufferSize(bytes: number): void;
  once(event: 'message', listener: (datagram: Uint8Array, from: { port: number }) => void): void;
  send(datagram: Uint8Array, port: number, host: string): Promise<boolean>;
}

interface Udx {
  createSocket(): UdxSocket;
  createStream(id: number): Stream & { connect(socket: UdxSocket, remoteId: number, port: number, host: string): void };
}

const host = '127.0.0.1';
const ids = { server: 1, client: 2 } as const;

/** The peer, given what the package exports. */
export function udxPeer(exported: unknown): Peer {
  const udx = new (exported as new () => Udx)();
  const socketOf = () => {
    const socket = udx.createSocket();
    socket.bind(0, host);
    socket.setRecvBufferSize(socketBufferBytes);
    socket.setSendBufferSize(socketBufferBytes);
    return socket;
  };
  return {
    note: 'udx-native (C): reliable streams, no handshake; finds its own datagram size',
    bulkBytes: 64 * 1024,
    serve(_task, attach) {
      const socket = socketOf();
      const stream = udx.createStream(ids.server);
      socket.once('message', (_, { port }) => {
        stream.connect(socket, ids.client, port, host);
        attachStream(stream, attach);
      });
      return Promise.resolve(socket.address().port);
    },
    async dial(_task, port, attach) {
      const socket = socketOf();
      const stream = udx.createStream(ids.client);
      stream.connect(socket, ids.server, port, host);
      await socket.send(Buffer.from('hello'), port, host);
      await new Promise((resolve) => setTimeout(resolve, 50));
      attachStream(stream, attach);
    },
  };
}
