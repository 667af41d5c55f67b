/*
 * Where an arrow is seen on its way, and who is there to see it. The way of a chunk, a frame or a datagram is: sent by
 * one end, into a proxy, out of it, received by the other end; any of them may be unobserved.
 */

import type { Direction } from '../trace/trace.js';
import type { End, Joint, Seat, Station, Way } from './model.js';

/** What an observer sees from its seat. */
interface View {
  readonly way: Way;
  readonly station: Station;
}

const VIEWS: Readonly<Record<Seat, Readonly<Record<Direction, View>>>> = {
  client: { sent: { way: 'up', station: 'sentAt' }, received: { way: 'down', station: 'receivedAt' } },
  server: { sent: { way: 'down', station: 'sentAt' }, received: { way: 'up', station: 'receivedAt' } },
  near: { sent: { way: 'down', station: 'outAt' }, received: { way: 'up', station: 'inAt' } },
  far: { sent: { way: 'up', station: 'outAt' }, received: { way: 'down', station: 'inAt' } },
};

/** Which way something goes that an observer sent or received, and where that is on its way. */
export function view(seat: Seat, direction: Direction): View {
  return VIEWS[seat][direction];
}

/** The observers along a way. */
export interface Posts {
  readonly origin: End | undefined;
  readonly into: End | undefined;
  readonly outOf: End | undefined;
  readonly target: End | undefined;
  /** Whether the target may still turn out to be observed. */
  readonly targetMayCome: boolean;
}

/** Who observes along a way. */
export function posts({ client, near, far, server, clientMayCome, serverMayCome }: Joint, way: Way): Posts {
  return way === 'up'
    ? { origin: client, into: near, outOf: far, target: server, targetMayCome: serverMayCome }
    : { origin: server, into: far, outOf: near, target: client, targetMayCome: clientMayCome };
}

/** The first and the last place where something that goes that way is seen. */
export function firstAndLast(joint: Joint, way: Way): { readonly first: Station; readonly last: Station } {
  const { origin, into, outOf, target } = posts(joint, way);
  const first = origin ? 'sentAt' : into ? 'inAt' : outOf ? 'outAt' : 'receivedAt';
  const last = target ? 'receivedAt' : outOf ? 'outAt' : into ? 'inAt' : 'sentAt';
  return { first, last };
}
