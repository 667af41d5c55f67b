/*
 * What most people write first, and the 1.0 of every ratio: a `node:net` server that, for each message it receives, calls
 * `socket.write` for each other member of the group at once. The message is encoded once. Nothing is bounded.
 */
import type { Peer } from '../peer.js';
import { lengthFramedWire, messageFrame } from './length-framed.js';
import { serveGroups } from './net-groups.js';

export const peer: Peer = {
  note: 'node:net, one write per member per message',
  serve: (groupCount) =>
    serveGroups(groupCount, (speaker, text) => {
      const message = messageFrame(speaker.label, text);
      for (const member of speaker.group.members) if (member !== speaker) member.socket.write(message);
    }),
  wire: lengthFramedWire,
};
