/*
 * Which datagrams go into the file, and between which sockets: each of them once. Of a socket that somebody watched,
 * what it sent is taken, the lost ones too; of any other, what arrived from it at a socket that was watched.
 */
import { type Address, formatHostPort, parseHostPort } from '../../../lib/address.js';
import type { JoinedConnection } from '../../join/story.js';
import type { DatagramEvent, TraceEvent } from '../../trace/trace.js';

/** A datagram between two sockets. */
export interface Travelling {
  readonly event: DatagramEvent;
  readonly from: Address;
  readonly to: Address;
}

/** The datagrams of these connections, and those that belong to none. A doubled one comes twice. */
export function datagramsOf(events: readonly TraceEvent[], connections: readonly JoinedConnection[]): readonly Travelling[] {
  const seen = events.filter((event): event is DatagramEvent => event.kind === 'datagram');
  const place = socketPlaces(seen);
  const watched = new Set(seen.map(place));
  const isWanted = wanted(seen, connections, place);
  return seen.flatMap((event): Travelling[] => {
    const [local, remote] = [place(event), event.remote];
    if (!isWanted(event)) return [];
    if (event.direction === 'received') return watched.has(remote) ? [] : [{ event, from: remote, to: local }];
    const one = { event, from: local, to: remote };
    return event.fate === 'duplicated' ? [one, one] : [one];
  });
}

/** A socket that listens everywhere says so; where it was met is what the others call it. */
function socketPlaces(seen: readonly DatagramEvent[]): (event: DatagramEvent) => Address {
  const dialled = new Map(seen.map(({ local, remote }) => [local, remote]));
  return ({ local, remote }) => {
    const { host, port } = parseHostPort(local);
    if (host !== '0.0.0.0' && host !== '::') return local;
    const met = dialled.get(remote);
    if (met !== undefined && parseHostPort(met).port === port) return met;
    return formatHostPort('udp', { host: parseHostPort(remote).host.includes(':') ? '::1' : '127.0.0.1', port });
  };
}

/** A story may show a few connections only. A datagram of no connection goes with those between the same two sockets. */
function wanted(
  seen: readonly DatagramEvent[],
  connections: readonly JoinedConnection[],
  place: (event: DatagramEvent) => Address,
): (event: DatagramEvent) => boolean {
  const shown = new Set(connections.flatMap(({ ends }) => ends));
  const pairOf = (event: DatagramEvent) => [place(event), event.remote].sort().join(' ');
  const owners = new Map<string, boolean>();
  for (const event of seen) {
    if (event.connection !== undefined) owners.set(pairOf(event), owners.get(pairOf(event)) === true || shown.has(event.connection));
  }
  return (event) => (event.connection === undefined ? (owners.get(pairOf(event)) ?? true) : shown.has(event.connection));
}
