/*
 * Whose is a socket: the end of a connection that a tap has told of, or a listener. TCP's and UDP's are known by their
 * addresses. A Unix client has none, and neither has a dial that failed: these are matched in the order of connect() and
 * accept(), and are therefore inferred.
 */
import { type KnownEnd, type KnownEnds, plainAddress } from '../below/known-ends.js';
import type { Basis } from '../trace/trace.js';
import type { Socket } from './sockets.js';

/** The owner of a socket. */
export interface Owner {
  readonly by: string;
  /** Absent: the socket listens, or has many peers. */
  readonly end: KnownEnd | undefined;
  readonly basis: Basis;
}

/** Finds the owners of sockets, given in the order in which they were made. Those that are missing belong to nobody in the trace. */
export function owners(sockets: readonly Socket[], ends: KnownEnds): ReadonlyMap<Socket, Owner> {
  const found = new Map<Socket, Owner>();
  const places = new Map<string, number>();
  const taken = new Set<KnownEnd>();
  const own = (socket: Socket, end: KnownEnd | undefined, basis: Basis) => {
    if (!end) return;
    taken.add(end);
    found.set(socket, { by: end.by, end, basis });
  };

  for (const socket of sockets) {
    const { kind, local, remote } = socket;
    if (kind === 'unix' || local === undefined || remote === undefined) continue;
    const pair = `${plainAddress(local)} ${plainAddress(remote)}`;
    const place = places.get(pair) ?? 0;
    places.set(pair, place + 1);
    own(socket, ends.at(plainAddress(local), plainAddress(remote), place), 'observed');
  }
  for (const socket of sockets) {
    const { local, accepted, dialled } = socket;
    if (found.has(socket)) continue;
    const isFree = (end: KnownEnd) => !taken.has(end);
    if (accepted?.local !== undefined) {
      const at = accepted.local;
      own(
        socket,
        ends.all.find((end) => isFree(end) && !end.dialled && end.local === at),
        'inferred',
      );
    } else if (dialled !== undefined) {
      const to = plainAddress(dialled);
      const isLost = (end: KnownEnd) => end.remote === to && (socket.kind === 'unix' || end.local === undefined);
      own(
        socket,
        ends.all.find((end) => isFree(end) && end.dialled && isLost(end)),
        'inferred',
      );
    } else if (local !== undefined) {
      const by = ends.listener(plainAddress(local));
      if (by !== undefined) found.set(socket, { by, end: undefined, basis: 'observed' });
    }
  }
  return found;
}
