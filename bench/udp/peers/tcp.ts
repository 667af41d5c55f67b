/*
 * The kernel's TCP through `node:net`, with Nagle off; what is written in one callback goes in one system call (cork), as any
 * careful program has it. Its buffers are the kernel's affair: Node cannot set them.
 */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Attach, Peer } from '../peer.js';
import { attachStream } from './stream.js';

function attachCorked(socket: Socket, attach: Attach): void {
  const uncork = () => socket.uncork();
  const write = (bytes: Uint8Array) => {
    if (socket.writableCorked === 0) {
      socket.cork();
      process.nextTick(uncork);
    }
    return socket.write(bytes);
  };
  attachStream({ write, on: (event, listener) => socket.on(event, listener) }, attach);
}

export const peer: Peer = {
  note: 'node:net over loopback, no delay, one write per callback: the kernel does the work, with segments of up to 64 KiB',
  bulkBytes: 64 * 1024,
  serve(_task, attach) {
    const server = createServer({ noDelay: true }, (socket) => attachCorked(socket, attach));
    return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
  },
  dial(_task, port, attach) {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.once('connect', () => resolve(attachCorked(socket, attach)));
    });
  },
};
