/*
 * The ws library as a group-chat server: binary messages, no compression, one `send` per member per message. What is inside
 * the messages is what naive has on its wire. Its members in the load are hand-written (websocket-wire.ts).
 */
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { groupNames, type Peer, type PeerServer, type Wire } from '../peer.js';
import { frame, headerBytes, kind, labelled, messageFrame, readLabel } from './length-framed.js';
import { frameLength, headerLength, maskedFrame, opcode, upgradeAnswerLength, upgradeRequest } from './websocket-wire.js';

const asBinary = { binary: true, compress: false } as const;

function serve(groupCount: number): Promise<PeerServer> {
  const groups = new Map<string, Set<WebSocket>>();
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, backlog: 1024, perMessageDeflate: false });
  server.on('connection', (socket) => {
    let group: Set<WebSocket> | undefined;
    let label = Buffer.alloc(0);
    socket.on('message', (data: Buffer) => {
      const payload = data.subarray(headerBytes);
      if (group) {
        const message = messageFrame(label, payload);
        for (const member of group) if (member !== socket && member.readyState === WebSocket.OPEN) member.send(message, asBinary);
        return;
      }
      const { label: groupName, rest: name } = readLabel(payload, 0);
      group = groups.get(groupName) ?? new Set();
      groups.set(groupName, group);
      label = labelled(name.toString(), Buffer.alloc(0)) as Buffer<ArrayBuffer>;
      group.add(socket);
      socket.send(frame(kind.joined, Buffer.alloc(0)), asBinary);
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => group?.delete(socket));
  });
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.on('listening', () =>
      resolve({ port: (server.address() as AddressInfo).port, groups: groupNames(groupCount), close: () => server.close() }),
    );
  });
}

const wire: Wire = {
  opening: () => upgradeRequest('/'),
  joinStep(bytes, group, name) {
    if (bytes[0] !== opcode.binary) {
      const consumed = upgradeAnswerLength(bytes);
      const join = frame(kind.join, labelled(group, Buffer.from(name)));
      return consumed === 0 ? undefined : { consumed, send: maskedFrame(opcode.binary, join), joined: false };
    }
    const consumed = 2 + headerBytes;
    return bytes.length < consumed ? undefined : { consumed, joined: true };
  },
  say: (text) => maskedFrame(opcode.binary, frame(kind.say, text)),
  frameAt(bytes, at, end) {
    if (end - at < 2 || end - at < headerLength(bytes, at)) return 0;
    const length = frameLength(bytes, at);
    return bytes[at] === opcode.binary ? length : -length;
  },
  bytesAfterText: 0,
};

export const peer: Peer = { note: 'ws 8, binary messages, no compression', serve, wire };
