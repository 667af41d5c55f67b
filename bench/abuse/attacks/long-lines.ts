/*
 * Ten connections that each send a line of 1 MB as the first thing they say. Told is how many the server cut off for it.
 */
import { connect } from 'node:net';
import type { Attack } from '../attack.js';

const lines = 10;
const lineBytes = 1_000_000;

export const longLines: Attack = {
  seconds: 3,
  start({ port }) {
    const line = Buffer.alloc(lineBytes + 1, 'x');
    line[lineBytes] = 0x0a;
    let cut = 0;
    const sockets = Array.from({ length: lines }, () => {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.resume().on('error', () => socket.destroy());
      socket.once('close', () => cut++);
      socket.write(line);
      return socket;
    });
    return Promise.resolve(() => {
      const outcome = { lines, cut };
      for (const socket of sockets) socket.destroy();
      return outcome;
    });
  },
};
