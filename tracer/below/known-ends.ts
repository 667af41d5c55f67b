/*
 * The ends of connections that the taps have told of, to be found by their addresses: whose is a packet or a socket that
 * was seen from below? A dial that never got through has no address of its own; it is found in the order of dialling.
 */
import type { TraceEvent } from '../trace/trace.js';

/** An end, as its own observer told of it. */
export interface KnownEnd {
  readonly by: string;
  readonly connection: string;
  readonly dialled: boolean;
  /** Addresses without the codec: `tcp://127.0.0.1:4000`. Absent, if the end never knew. */
  local: string | undefined;
  remote: string | undefined;
  /** The address that was dialled, as it was written, and when: nanoseconds since the trace's start. */
  readonly asked: string | undefined;
  readonly askedAt: number;
}

/** The ends of a trace. */
export interface KnownEnds {
  /** In the order in which they began. */
  readonly all: readonly KnownEnd[];
  /** The end with these addresses; of several one after the other, the one at that place. */
  at(local: string, remote: string, place?: number): KnownEnd | undefined;
  /** Who listens there. */
  listener(local: string): string | undefined;
}

/** Finds all ends of a trace. */
export function knownEnds(events: readonly TraceEvent[]): KnownEnds {
  const ends = new Map<string, KnownEnd>();
  const listeners = new Map<string, string>();
  for (const event of events) {
    if (event.kind !== 'state') continue;
    const { state, by, connection, local, remote } = event;
    if (state !== 'dialling' && state !== 'open' && state !== 'accepted') continue;
    const known = ends.get(connection);
    const asked = state === 'dialling' ? remote : undefined;
    const end = known ?? { by, connection, dialled: state !== 'accepted', local: undefined, remote: undefined, asked, askedAt: event.at };
    if (!known) ends.set(connection, end);
    if (local !== undefined) end.local = plainAddress(local);
    if (remote !== undefined) end.remote = plainAddress(remote);
    if (state === 'accepted' && local !== undefined) listeners.set(plainAddress(local), by);
  }
  const all = [...ends.values()];
  const byPair = new Map<string, KnownEnd[]>();
  for (const end of all) {
    if (end.local === undefined || end.remote === undefined) continue;
    const key = `${end.local} ${end.remote}`;
    byPair.set(key, [...(byPair.get(key) ?? []), end]);
  }
  return {
    all,
    at(local, remote, place = 0) {
      const found = byPair.get(`${local} ${remote}`);
      return found?.[Math.min(place, found.length - 1)];
    },
    listener: (local) => listeners.get(local),
  };
}

/** An address without its codec; an IPv4 address within IPv6 stands for itself. */
export function plainAddress(address: string): string {
  return (address.startsWith('text+') ? address.slice('text+'.length) : address).replace(/\[::ffff:([\d.]+)\]/, '$1');
}
