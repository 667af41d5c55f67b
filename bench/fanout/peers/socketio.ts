/*
 * socket.io as a group-chat server: WebSocket transport only, rooms, a join that is acknowledged, `to(room).emit` for a text.
 * Heartbeats are slower than a run so that members need not answer any. Its members in the load are hand-written.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { groupNames, type Peer, type PeerServer, type Wire } from '../peer.js';
import { frameLength, headerLength, maskedFrame, opcode, upgradeAnswerLength, upgradeRequest } from './websocket-wire.js';

function serve(groupCount: number): Promise<PeerServer> {
  const http = createServer();
  const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false, pingInterval: 600_000 });
  io.on('connection', (socket) => {
    socket.on('join', (group: string, name: string, joined: () => void) => {
      void socket.join(group);
      socket.on('say', (text: string) => void socket.to(group).emit('message', name, text));
      joined();
    });
  });
  return new Promise((resolve, reject) => {
    http.on('error', reject);
    http.listen({ host: '127.0.0.1', port: 0, backlog: 1024 }, () => {
      resolve({ port: (http.address() as AddressInfo).port, groups: groupNames(groupCount), close: () => void io.close() });
    });
  });
}

/** A packet of socket.io in a masked text frame: '40' connects, '42' is an event, '420' an event that asks for acknowledgement 0. */
const packet = (prefix: string, args?: readonly string[]) =>
  maskedFrame(opcode.text, Buffer.from(prefix + (args ? JSON.stringify(args) : '')));

const digit = (value: number) => 0x30 + value;

const wire: Wire = {
  opening: () => upgradeRequest('/socket.io/?EIO=4&transport=websocket'),
  joinStep(bytes, group, name) {
    if (bytes[0] !== opcode.text) {
      const upgraded = upgradeAnswerLength(bytes);
      return upgraded === 0 ? undefined : { consumed: upgraded, joined: false };
    }
    const consumed = bytes.length < 4 ? 0 : frameLength(bytes, 0);
    if (consumed === 0 || bytes.length < consumed) return undefined;
    const packetType = bytes.toString('latin1', headerLength(bytes, 0), headerLength(bytes, 0) + 2);
    if (packetType === '0{') return { consumed, send: packet('40'), joined: false };
    if (packetType === '40') return { consumed, send: packet('420', ['join', group, name]), joined: false };
    return { consumed, joined: packetType === '43' };
  },
  say: (text) => packet('42', ['say', text.toString('latin1')]),
  frameAt(bytes, at, end) {
    if (end - at < 2) return 0;
    const payloadAt = at + headerLength(bytes, at);
    if (end < payloadAt + 2) return 0;
    const length = frameLength(bytes, at);
    return bytes[payloadAt] === digit(4) && bytes[payloadAt + 1] === digit(2) ? length : -length;
  },
  bytesAfterText: 2,
};

export const peer: Peer = { note: 'socket.io 4, WebSocket only, rooms', serve, wire };
