/*
 * Which observers' ends belong to one connection. Two ends of TCP or memory have the same pair of addresses; a Unix
 * client has none, so its ends are paired in the order of dialling and accepting; UDP's have the same connection IDs,
 * which packets.ts reads; a proxy says which two legs are its own.
 *
 * A server may accept before the client's connect() has come back and told its address. As long as somebody dials
 * there, such an end waits, and what it saw with it; so does a proxy's dialling leg until it names the other one.
 */

import type { StateEvent, TraceEvent } from '../trace/trace.js';
import { type Cast, doorOf } from './cast.js';
import { joint, schemeOf } from './joint.js';
import type { Barrier, Draft, End, Joint, Seat } from './model.js';
import type { Timeline } from './timeline.js';

/** An event that an end reported. */
export type EndEvent = Extract<TraceEvent, { readonly connection: string }>;

/** All connections, by their ends. */
export interface Ends {
  readonly joints: readonly Joint[];
  /** The end of that name, if it is known. */
  get(name: string): End | undefined;
  /** The end that an event speaks of; an unknown one becomes a connection of its own. Nothing: the event waits. */
  endFor(event: EndEvent): End | undefined;
  /** Takes what a state says of addresses and pairs the ends that it can. Nothing: the event waits. */
  pair(event: StateEvent): End | undefined;
  /** Sits an end at a connection. */
  bind(end: End, to: Joint, seat: Seat): void;
  newEnd(name: string, by: string): End;
  newJoint(addresses?: { clientAddress?: string; serverAddress?: string; mayCome?: boolean }): Joint;
}

/** What the ends are kept with. */
export interface EndsParts {
  readonly cast: Cast;
  readonly timeline: Timeline<Draft>;
  /** Whether only a proxy observes. */
  readonly proxied: boolean;
  /** Takes an event that had to wait. */
  readonly replay: (event: TraceEvent) => void;
}

interface Waiting {
  readonly end: End;
  readonly events: TraceEvent[];
  readonly barrier: Barrier;
  /** The pair of addresses under which it would be found, and the door at which somebody dials. */
  readonly key: string;
  readonly door: string;
}

/** No end waits with more events than this. */
const MAX_WAITING_EVENTS = 10_000;

/** Makes the book of ends. */
export function ends({ cast, timeline, proxied, replay }: EndsParts): Ends {
  const all = new Map<string, End>();
  const joints: Joint[] = [];
  const waiting = new Map<string, Waiting>();
  /** Connections that lack the end of the accepting side, by their pair of addresses. */
  const opened = new Map<string, Joint[]>();
  /** Those that are being dialled, by door; and all that were dialled to an address whose clients have none. */
  const dialling = new Map<string, Set<Joint>>();
  const inOrder = new Map<string, Joint[]>();
  /** A proxy's leg that was named by the other one. */
  const legs = new Map<string, Joint>();

  const newJoint: Ends['newJoint'] = (addresses = {}) => {
    const made = joint(`c${joints.length + 1}`, { mayCome: !proxied, ...addresses });
    joints.push(made);
    return made;
  };

  const newEnd: Ends['newEnd'] = (name, by) => {
    const end = unnamedEnd(by, name);
    all.set(name, end);
    return end;
  };

  const bind: Ends['bind'] = (end, to, seat) => {
    end.joint = to;
    end.seat = seat;
    to.names.push(end.name);
    if (!to[seat]?.name) to[seat] = end;
    if (seat === 'server') remove(inOrder.get(plain(to.serverAddress)), to);
    release(end.name);
  };

  function hold(end: End, event: EndEvent, key: string, door: string): undefined {
    const barrier: Barrier = { kind: 'barrier', at: event.at, lifted: false, lift: () => release(end.name) };
    waiting.set(end.name, { end, events: [event], barrier, key, door });
    timeline.insert(barrier);
    return undefined;
  }

  /** It waits no longer: it is bound by now, or becomes a connection of its own. */
  function release(name: string): void {
    const held = waiting.get(name);
    if (!held) return;
    waiting.delete(name);
    if (!held.end.joint) bind(held.end, ownJoint(held), seatOf(held));
    for (const event of held.events) replay(event);
    held.barrier.lifted = true;
  }

  function seatOf({ end, events: [first] }: Waiting): Seat {
    const accepted = first?.kind === 'state' && first.state === 'accepted';
    if (cast.observer(end.by).role === 'proxy') return accepted ? 'near' : 'far';
    return accepted ? 'server' : 'client';
  }

  function ownJoint({ events: [first] }: Waiting): Joint {
    const { local = '', remote = '', state } = first as StateEvent;
    const made = newJoint(
      state === 'accepted' ? { clientAddress: remote, serverAddress: local } : { clientAddress: local, serverAddress: remote },
    );
    if (state === 'accepted') made.clientMayCome = false;
    return made;
  }

  /** Nobody dials there any more: who has accepted there has accepted a stranger. */
  function settleDoor(door: string): void {
    if ((dialling.get(door)?.size ?? 0) > 0) return;
    dialling.delete(door);
    for (const held of [...waiting.values()]) if (held.door === door) release(held.end.name);
  }

  function startDial(end: End, address: string): void {
    const made = end.joint ?? newJoint({ serverAddress: address });
    if (!end.joint) bind(end, made, 'client');
    if (made.serverAddress === '' || end.seat === 'far') made.serverAddress = address;
    const door = doorOf(address);
    const dials = dialling.get(door) ?? new Set();
    dialling.set(door, dials.add(made));
    if (schemeOf(address) !== 'udp') append(inOrder, plain(address), made);
  }

  function stopDial(end: End, to: Joint): string {
    const door = doorOf(to.serverAddress);
    dialling.get(door)?.delete(to);
    if (end.closed) remove(inOrder.get(plain(to.serverAddress)), to);
    return door;
  }

  function takeDialling(event: StateEvent): End | undefined {
    const end = all.get(event.connection) ?? newEnd(event.connection, event.by);
    const leg = legs.get(event.connection) ?? all.get(event.leg ?? '')?.joint;
    if (leg && !end.joint) bind(end, leg, 'far');
    else if (cast.observer(event.by).role === 'proxy' && !end.joint) return hold(end, event, '', '');
    startDial(end, event.remote ?? '');
    return end;
  }

  function takeOpen(event: StateEvent): End | undefined {
    const { local = '', remote = '', leg } = event;
    const end = all.get(event.connection) ?? newEnd(event.connection, event.by);
    const other = leg === undefined ? undefined : (all.get(leg)?.joint ?? undefined);
    if (!end.joint && other) bind(end, other, 'far');
    release(end.name); // a proxy's leg that nobody named is a connection of its own
    if (!end.joint) startDial(end, remote);
    const to = end.joint as unknown as Joint;
    const door = stopDial(end, to);
    if (end.seat === 'client') to.clientAddress = local;
    to.serverAddress = remote || to.serverAddress;
    if (local !== remote && !to.server) {
      const key = pairKey(local, remote);
      append(opened, key, to);
      for (const held of [...waiting.values()]) if (held.key === key) takeAccepted(held.events[0] as StateEvent);
    }
    settleDoor(door);
    return end;
  }

  function takeAccepted(event: StateEvent): End | undefined {
    const { local = '', remote = '', leg } = event;
    cast.listens(event.by, local);
    const end = all.get(event.connection) ?? newEnd(event.connection, event.by);
    const seat: Seat = leg !== undefined || cast.observer(event.by).role === 'proxy' ? 'near' : 'server';
    if (!end.joint) {
      const key = pairKey(remote, local);
      const hasOrder = remote === local || remote === '';
      const found = hasOrder ? inOrder.get(plain(local))?.find((each) => !each[seat]) : takeFirst(opened, key);
      const door = doorOf(local);
      if (!found && !hasOrder && (dialling.get(door)?.size ?? 0) > 0 && !waiting.has(end.name)) return hold(end, event, key, door);
      const to = found ?? newJoint({ clientAddress: remote, serverAddress: local });
      if (!found) to.clientMayCome = false;
      if (!found && proxied) to.serverMayCome = false;
      bind(end, to, seat);
      if (hasOrder) remove(inOrder.get(plain(local)), to);
    }
    if (leg !== undefined && end.joint) {
      legs.set(leg, end.joint);
      const other = all.get(leg);
      if (other && !other.joint) bind(other, end.joint, 'far');
    }
    return end;
  }

  return {
    joints,
    get: (name) => all.get(name),
    bind,
    newEnd,
    newJoint,
    pair(event) {
      switch (event.state) {
        case 'dialling':
          return takeDialling(event);
        case 'open':
          return takeOpen(event);
        case 'accepted':
          return takeAccepted(event);
        default: {
          const end = this.endFor(event);
          if (event.state !== 'closed') return end;
          if (end) end.closed = true;
          if (end?.joint) settleDoor(stopDial(end, end.joint));
          return end;
        }
      }
    },
    endFor(event) {
      const held = waiting.get(event.connection);
      if (held) {
        held.events.push(event);
        const hopeless = event.kind === 'state' && event.state === 'closed' && held.key === '';
        if (hopeless || held.events.length >= MAX_WAITING_EVENTS) release(event.connection);
        return undefined;
      }
      const end = all.get(event.connection) ?? newEnd(event.connection, event.by);
      if (end.joint) return end;
      const isServer = cast.observer(event.by).role === 'server';
      const made = legs.get(event.connection) ?? newJoint();
      if (isServer) made.clientMayCome = false;
      bind(end, made, legs.has(event.connection) ? 'far' : isServer ? 'server' : 'client');
      return end;
    },
  };
}

/** An end that has not sat down yet; without a name, it is known only by what it saw. */
export function unnamedEnd(by: string, name = ''): End {
  return { name, by, seat: 'client', joint: undefined, opened: false, closed: false, reset: false };
}

/** The pair of a connection's addresses; an IPv4 address stands for itself in IPv6, too. */
function pairKey(client: string, server: string): string {
  return `${plain(client)} ${plain(server)}`;
}

function plain(address: string): string {
  return (address.startsWith('text+') ? address.slice('text+'.length) : address).replace(/\[::ffff:([\d.]+)\]/, '$1');
}

function append<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}

function takeFirst<T>(map: Map<string, T[]>, key: string): T | undefined {
  const list = map.get(key);
  const first = list?.shift();
  if (list?.length === 0) map.delete(key);
  return first;
}

function remove<T>(list: T[] | undefined, item: T): void {
  const at = list?.indexOf(item) ?? -1;
  if (at >= 0) list?.splice(at, 1);
}
