/*
 * TCP's connection states as RFC 9293 section 3.3.2 has them (its figure 5), with the socket call or the segment that
 * leads from one to the next. This is the protocol in the kernel, which Chatwire uses and does not implement.
 */
import type { Graph } from './graph.js';

const SETUP = '#e7f0fb';
const OPEN = '#e8f5ec';
const CLOSING = '#fff4e0';

/** The states as a graph. */
export const tcpStates: Graph = {
  direction: 'TB',
  rankGap: 0.4,
  boxes: [
    { id: 'CLOSED', label: 'CLOSED', fill: '#f0f0f0' },
    { id: 'LISTEN', label: 'LISTEN', fill: SETUP },
    { id: 'SYN-SENT', label: 'SYN-SENT', fill: SETUP },
    { id: 'SYN-RECEIVED', label: 'SYN-RECEIVED', fill: SETUP },
    { id: 'ESTABLISHED', label: 'ESTABLISHED', fill: OPEN },
    { id: 'FIN-WAIT-1', label: 'FIN-WAIT-1', fill: CLOSING },
    { id: 'FIN-WAIT-2', label: 'FIN-WAIT-2', fill: CLOSING },
    { id: 'CLOSING', label: 'CLOSING', fill: CLOSING },
    { id: 'TIME-WAIT', label: 'TIME-WAIT', fill: CLOSING },
    { id: 'CLOSE-WAIT', label: 'CLOSE-WAIT', fill: CLOSING },
    { id: 'LAST-ACK', label: 'LAST-ACK', fill: CLOSING },
  ],
  arrows: [
    { from: 'CLOSED', to: 'LISTEN', label: 'listen()' },
    { from: 'CLOSED', to: 'SYN-SENT', label: 'connect()\nsend SYN' },
    { from: 'LISTEN', to: 'SYN-RECEIVED', label: 'receive SYN\nsend SYN, ACK' },
    { from: 'SYN-SENT', to: 'ESTABLISHED', label: 'receive SYN, ACK\nsend ACK' },
    { from: 'SYN-SENT', to: 'SYN-RECEIVED', label: 'receive SYN\nsend SYN, ACK' },
    { from: 'SYN-RECEIVED', to: 'ESTABLISHED', label: 'receive ACK' },
    { from: 'ESTABLISHED', to: 'FIN-WAIT-1', label: 'shutdown()\nsend FIN' },
    { from: 'ESTABLISHED', to: 'CLOSE-WAIT', label: 'receive FIN\nsend ACK' },
    { from: 'FIN-WAIT-1', to: 'FIN-WAIT-2', label: 'receive ACK' },
    { from: 'FIN-WAIT-1', to: 'CLOSING', label: 'receive FIN\nsend ACK' },
    { from: 'FIN-WAIT-2', to: 'TIME-WAIT', label: 'receive FIN\nsend ACK' },
    { from: 'CLOSING', to: 'TIME-WAIT', label: 'receive ACK' },
    { from: 'CLOSE-WAIT', to: 'LAST-ACK', label: 'close()\nsend FIN' },
    { from: 'LAST-ACK', to: 'CLOSED', label: 'receive ACK', dashed: true },
    { from: 'TIME-WAIT', to: 'CLOSED', label: 'after 2 MSL', dashed: true },
  ],
};
