/*
 * Two thousand connections that are opened and say nothing. Told is how many of them the server still held at the end.
 */

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Attack } from '../attack.js';

const connections = 2000;
const atOnce = 50;

export const halfOpen: Attack = {
  seconds: 15,
  async start({ port }) {
    const open = new Set<Socket>();
    for (let made = 0; made < connections; made += atOnce) {
      const batch = Array.from({ length: atOnce }, () => connect({ port, host: '127.0.0.1' }));
      for (const socket of batch) {
        open.add(socket);
        socket.resume().on('error', () => socket.destroy());
        socket.on('close', () => open.delete(socket));
      }
      await Promise.all(batch.map((socket) => once(socket, 'connect')));
    }
    return () => {
      const stillHeld = open.size;
      for (const socket of open) socket.destroy();
      return { opened: connections, stillHeld };
    };
  },
};
