/*
 * utp-native, if it is installed: BitTorrent's uTP (libutp, C++) as streams.
 */
import { type Peer, socketBufferBytes } from '../peer.js';
import { attachStream, type Stream } from './stream.js';

interface Buffers {
  setRecvBufferSize(bytes: number): void;
  setSendBufferSize(bytes: number): void;
}

interface UtpServer extends Buffers {
  listen(port: number, host: string, done: () => void): void;
  address(): { port: number };
}

interface Utp {
  createServer(onConnection: (stream: Stream) => void): UtpServer;
  connect(port: number, host: string): Stream & { readonly _utp: Buffers };
}

function enlarge(socket: Buffers): void {
  socket.setRecvBufferSize(socketBufferBytes);
  socket.setSendBufferSize(socketBufferBytes);
}

/** The peer, given what the package exports. */
export function utpPeer(exported: unknown): Peer {
  const utp = exported as Utp;
  return {
    note: 'utp-native (C++, libutp): LEDBAT congestion control; chooses its own datagram size',
    bulkBytes: 64 * 1024,
    serve(_task, attach) {
      const server = utp.createServer((stream) => attachStream(stream, attach));
      return new Promise((resolve) =>
        server.listen(0, '127.0.0.1', () => {
          enlarge(server);
          resolve(server.address().port);
        }),
      );
    },
    dial(task, port, attach) {
      const stream = utp.connect(port, '127.0.0.1');
      return new Promise((resolve) =>
        stream.on('connect', () => {
          enlarge(stream._utp);
          if (task === 'bulk') stream.write(Buffer.from('hello')); // nothing can be sent to who has never sent anything
          resolve(attachStream(stream, attach));
        }),
      );
    },
  };
}
