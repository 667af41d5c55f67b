/*
 * The part of a `node:net` chat server that naive and coalesced have in common: it listens, takes the JOIN, and keeps who is
 * in which group. What happens to a text is each one's own.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { groupNames, type PeerServer } from '../peer.js';
import { frame, frameReader, kind, labelled, readLabel } from './length-framed.js';

export interface Group {
  readonly members: Set<Member>;
  /** What was said in this turn of the event loop (coalesced only). */
  turn: Said[];
}

export interface Member {
  readonly socket: Socket;
  readonly group: Group;
  /** The name as it stands in a MESSAGE. */
  readonly label: Buffer;
}

export interface Said {
  readonly speaker: Member;
  readonly message: Buffer;
}

/** Listens on a free port of loopback and calls `onText` for everything that members say. */
export function serveGroups(groupCount: number, onText: (speaker: Member, text: Buffer) => void): Promise<PeerServer> {
  const groups = new Map<string, Group>();
  const server = createServer({ noDelay: true }, (socket) => {
    let member: Member | undefined;
    const read = frameReader((frameKind, payload) => {
      if (member) return onText(member, payload);
      if (frameKind !== kind.join) return void socket.destroy();
      const { label: groupName, rest: name } = readLabel(payload, 0);
      const group = groups.get(groupName) ?? { members: new Set(), turn: [] };
      groups.set(groupName, group);
      member = { socket, group, label: labelled(name.toString(), Buffer.alloc(0)) };
      group.members.add(member);
      socket.write(frame(kind.joined, Buffer.alloc(0)));
    });
    socket.on('data', read);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => member?.group.members.delete(member));
  });
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen({ host: '127.0.0.1', port: 0, backlog: 1024 }, () => {
      const { port } = server.address() as AddressInfo;
      resolve({ port, groups: groupNames(groupCount), close: () => server.close() });
    });
  });
}
