/*
 * The connections that were really on the wire. A joined connection is one, or, through a proxy, two: one leg from the
 * client to the proxy, another from there to the server. Each leg has what its one or two observers reported.
 */
import type { Address } from '../../../lib/address.js';
import type { JoinedConnection } from '../../join/story.js';
import type { ChunkEvent, FrameEvent, StateEvent, TraceEvent } from '../../trace/trace.js';
import type { Side } from './conversation.js';

/** What one observer reported of one connection. */
export interface ObservedEnd {
  readonly name: string;
  readonly by: string;
  readonly states: readonly StateEvent[];
  readonly chunks: readonly ChunkEvent[];
  readonly frames: { readonly sent: readonly FrameEvent[]; readonly received: readonly FrameEvent[] };
}

/** A connection on the wire, with an observer at one end or at both. */
export interface Leg {
  readonly connection: JoinedConnection;
  readonly client?: ObservedEnd;
  readonly server?: ObservedEnd;
  /** Actors' ids. */
  readonly actors: Readonly<Record<Side, string>>;
  readonly addresses: Readonly<Record<Side, Address>>;
}

/** A trace's events of each connection, by its observer's name of it. */
export function eventsByConnection(events: readonly TraceEvent[]): ReadonlyMap<string, readonly TraceEvent[]> {
  const found = new Map<string, TraceEvent[]>();
  for (const event of events) {
    if (!('connection' in event) || event.connection === undefined) continue;
    const list = found.get(event.connection);
    if (list) list.push(event);
    else found.set(event.connection, [event]);
  }
  return found;
}

/** The legs of a joined connection, in the order of their first event. */
export function legsOf(connection: JoinedConnection, events: ReadonlyMap<string, readonly TraceEvent[]>): readonly Leg[] {
  const ends = connection.ends.flatMap((name) => {
    const seen = events.get(name);
    return seen?.length ? [observedEnd(name, seen)] : [];
  });
  const clients = ends.filter((end) => sideOf(end, connection) === 'client');
  const servers = ends.filter((end) => sideOf(end, connection) === 'server');
  if (clients.length < 2 && servers.length < 2 && !ends.some(isProxys))
    return ends.length > 0 ? [leg(connection, clients[0], servers[0])] : [];
  const places = new Set([...servers, ...clients].map(placeOf));
  return [...places].map((place) =>
    leg(
      connection,
      clients.find((end) => placeOf(end) === place),
      servers.find((end) => placeOf(end) === place),
    ),
  );
}

function observedEnd(name: string, events: readonly TraceEvent[]): ObservedEnd {
  const of = <K extends TraceEvent['kind']>(kind: K) =>
    events.filter((event): event is Extract<TraceEvent, { kind: K }> => event.kind === kind);
  const by = events.flatMap((event) => ('by' in event ? [event.by] : []))[0] as string;
  const frames = of('frame');
  const going = (way: FrameEvent['direction']) => frames.filter(({ direction }) => direction === way);
  return { name, by, states: of('state'), chunks: of('chunk'), frames: { sent: going('sent'), received: going('received') } };
}

function sideOf({ by, states }: ObservedEnd, { server }: JoinedConnection): Side {
  const opening = states.find(({ state }) => state === 'dialling' || state === 'open' || state === 'accepted')?.state;
  if (opening === undefined) return by === server ? 'server' : 'client';
  return opening === 'accepted' ? 'server' : 'client';
}

const isProxys = ({ states }: ObservedEnd): boolean => states.some(({ leg: other }) => other !== undefined);

/** The address that was dialled: of the accepting end its own, of the dialling end the other's. */
function placeOf({ states }: ObservedEnd): Address | undefined {
  const accepted = states.find(({ state }) => state === 'accepted');
  if (accepted) return accepted.local;
  return (states.find(({ state }) => state === 'open') ?? states.find(({ state }) => state === 'dialling'))?.remote;
}

function leg(connection: JoinedConnection, client: ObservedEnd | undefined, server: ObservedEnd | undefined): Leg {
  const opened = client?.states.find(({ state }) => state === 'open');
  const accepted = server?.states.find(({ state }) => state === 'accepted');
  return {
    connection,
    ...(client && { client }),
    ...(server && { server }),
    actors: { client: client?.by ?? connection.client, server: server?.by ?? connection.server },
    addresses: {
      client: opened?.local ?? accepted?.remote ?? connection.clientAddress,
      server: accepted?.local ?? (client && placeOf(client)) ?? connection.serverAddress,
    },
  };
}
