/*
 * Where a run may stop that lets packets go on by themselves: the same that one may look for in a story (tracer/step),
 * told from a packet in the air.
 */
import { readPacket } from '../join/packet-head.js';
import type { Stop } from './holder.js';

/** Before a packet of a handshake, before one that carries frames of the chat, and after a loss or a packet that was spoiled. */
export const STOPS: Readonly<Record<'handshake' | 'frame' | 'loss', Stop>> = {
  handshake: { before: ({ datagram }) => ['SYN', 'COOKIE', 'CONNECT'].includes(readPacket(datagram)?.type ?? '') },
  frame: {
    before({ datagram }) {
      const packet = readPacket(datagram);
      return packet !== undefined && 'frames' in packet && packet.frames.some(({ type }) => type === 'DATA');
    },
  },
  loss: { after: (fate) => fate?.fate === 'lost' || fate?.fate === 'corrupted' },
};
