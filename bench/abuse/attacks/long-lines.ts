/*
 * Ten connections that each send a line of 1 MB, where lines are read: at a plain-text door, if there is one. Told is how many
 * got an answer to it and how many were cut off; one that skips the line may do the first and need not do the second.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Attack } from '../attack.js';

const lines = 10;
const lineBytes = 1_000_000;
/** A server that speaks first has said its greeting by then. */
const greetingMs = 500;

export const longLines: Attack = {
  seconds: 3,
  async start({ linePort: port }) {
    const line = Buffer.alloc(lineBytes + 1, 'x');
    line[lineBytes] = 0x0a;
    const answered = new Set<number>();
    let cut = 0;
    const sockets = Array.from({ length: lines }, () => connect({ port, host: '127.0.0.1' }));
    for (const socket of sockets) socket.resume().on('error', () => socket.destroy());
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    await new Promise((resolve) => setTimeout(resolve, greetingMs));
    for (const [index, socket] of sockets.entries()) {
      socket.once('close', () => cut++);
      socket.on('data', () => answered.add(index));
      socket.write(line);
    }
    return () => {
      const outcome = { lines, answered: answered.size, cut };
      for (const socket of sockets) socket.destroy();
      return outcome;
    };
  },
};
