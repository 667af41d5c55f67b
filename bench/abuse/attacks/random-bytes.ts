/*
 * Noise: random bytes from one seed, and the first words of other protocols, sent by strangers and by members who have joined.
 * A server that trusts its input dies of this, and takes every group along. Told is how many it cut off.
 */
import { connect, type Socket } from 'node:net';
import { connectMember, emptyGroup } from '../../fanout/load/members.js';
import { seededRandom } from '../../fanout/load/seeded-random.js';
import type { Attack } from '../attack.js';

const noiseBytes = 16 * 1024;
const strangers = 100;
const members = 20;

const otherProtocols: readonly Buffer[] = [
  Buffer.from('GET / HTTP/1.1\r\nHost: chat\r\n\r\n'),
  Buffer.from('SSH-2.0-OpenSSH_9.6\r\n'),
  Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03]),
  Buffer.from([0xff, 0xfb, 0x1f, 0xff, 0xfd, 0x01]),
  Buffer.alloc(noiseBytes),
  Buffer.alloc(noiseBytes, 0xff),
];

export const randomBytes: Attack = {
  seconds: 3,
  async start({ port, wire, group: name }) {
    const random = seededRandom(7);
    const noise = () => Buffer.from(Uint8Array.from({ length: noiseBytes }, () => random() * 256));
    let cut = 0;
    const watched = (socket: Socket): Socket => {
      socket.on('error', () => socket.destroy());
      socket.once('close', () => cut++);
      return socket;
    };

    const group = emptyGroup(name, 1);
    const joined = await Promise.all(Array.from({ length: members }, (_, index) => connectMember(port, wire, group, `noisy-${index}`)));
    const sockets = joined.map(({ socket }) => watched(socket));
    for (let index = 0; index < strangers; index++) sockets.push(watched(connect({ port, host: '127.0.0.1' }).resume()));
    for (const [index, socket] of sockets.entries()) socket.write(otherProtocols[index % (2 * otherProtocols.length)] ?? noise());

    return () => {
      const outcome = { noisy: sockets.length, cut };
      for (const socket of sockets) socket.destroy();
      return outcome;
    };
  },
};
