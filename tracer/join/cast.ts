/*
 * Who takes part: the actors that a trace names, and those that are known only by what their other end saw. An actor
 * that nobody observed is called by the name that the dialogue gives it, else `client 1`, `client 2`, ...
 */

import { cleanLine } from '../../lib/wire/clean.js';
import type { Role, TraceEvent } from '../trace/trace.js';
import type { Joint } from './model.js';
import type { Actor } from './story.js';

/** Somebody who observes. */
export interface Observer {
  readonly id: string;
  name: string;
  role: Role;
  /** Its last report. */
  lastAt: number;
}

/** All who take part. */
export interface Cast {
  /** As the views see them. A proxy stands between the ends and has no column. */
  readonly actors: readonly Actor[];
  /** Names an observer, or renames it. */
  name(id: string, name: string, role: Role): void;
  /** The observer of an event; one that was never named is called by its id. */
  observer(id: string, role?: Role): Observer;
  /** Somebody observes at an address where servers listen. */
  listens(id: string, address: string): void;
  /** Who observes there, if that is known. */
  listenerAt(address: string): Observer | undefined;
  /** The actor at one end of a connection. */
  actor(joint: Joint, side: 'client' | 'server'): string;
  /** The dialogue has named the client of a connection. */
  clientIs(joint: Joint, name: string): void;
}

/** Where servers will have listened, if the whole trace is known: whose door it is. */
export type Doors = ReadonlyMap<string, string>;

/**
 * The doors of the servers that a trace names. The kernels shake hands before accept() is back, so a packet is told before
 * its server says where it listens.
 */
export function doorsIn(events: readonly TraceEvent[]): Doors {
  const servers = new Set(events.flatMap((event) => (event.kind === 'actor' && event.role === 'server' ? [event.id] : [])));
  const doors = new Map<string, string>();
  for (const event of events) {
    const isAccepted = event.kind === 'state' && event.state === 'accepted';
    if ((!isAccepted && event.kind !== 'datagram') || !servers.has(event.by)) continue;
    if (event.local !== undefined) doors.set(doorOf(event.local), event.by);
  }
  return doors;
}

/** An empty cast. */
export function cast(doors: Doors = new Map()): Cast {
  const observers = new Map<string, Observer>();
  const inferred = new Map<string, { id: string; name: string; role: Role }>();
  const listeners = new Map<string, string>();
  const serversByDoor = new Map<string, string>();
  /** Ids in the order in which they first took part. */
  const order: string[] = [];
  let clients = 0;

  function infer(id: string, name: string, role: Role): string {
    inferred.set(id, { id, name, role });
    order.push(id);
    return id;
  }

  function clientOf(joint: Joint): string {
    if (joint.client) return joint.client.by;
    if (joint.inferredClient !== undefined) return joint.inferredClient;
    clients += 1;
    joint.inferredClient = infer(`?client-${clients}`, joint.clientName ?? `client ${clients}`, 'client');
    return joint.inferredClient;
  }

  function serverOf(joint: Joint): string {
    if (joint.server) return joint.server.by;
    if (joint.inferredServer !== undefined) return joint.inferredServer;
    const listener = self.listenerAt(joint.serverAddress) ?? onlyServer();
    if (listener) return listener.id;
    const door = doorOf(joint.serverAddress);
    const known = serversByDoor.get(door);
    const number = serversByDoor.size + 1;
    joint.inferredServer = known ?? infer(`?server-${number}`, number === 1 ? 'server' : `server ${number}`, 'server');
    serversByDoor.set(door, joint.inferredServer);
    return joint.inferredServer;
  }

  /** A server that has not told yet where it listens. */
  function onlyServer(): Observer | undefined {
    const servers = [...observers.values()].filter(({ role }) => role === 'server');
    const [server] = servers;
    return servers.length === 1 && server && ![...listeners.values()].includes(server.id) ? server : undefined;
  }

  const self: Cast = {
    get actors() {
      return order.flatMap((id): Actor[] => {
        const observer = observers.get(id);
        if (observer) return observer.role === 'proxy' ? [] : [{ id, name: observer.name, role: observer.role, basis: 'observed' }];
        const known = inferred.get(id);
        return known ? [{ ...known, basis: 'inferred' }] : [];
      });
    },
    name(id, name, role) {
      const observer = self.observer(id, role);
      observer.name = cleanLine(name);
      observer.role = role;
    },
    observer(id, role = 'client') {
      let observer = observers.get(id);
      if (!observer) {
        observer = { id, name: cleanLine(id), role, lastAt: 0 };
        observers.set(id, observer);
        order.push(id);
      }
      return observer;
    },
    listens(id, address) {
      if (observers.get(id)?.role === 'server') listeners.set(doorOf(address), id);
    },
    listenerAt(address) {
      const door = doorOf(address);
      const id = listeners.get(door) ?? doors.get(door);
      return id === undefined ? undefined : observers.get(id);
    },
    actor: (joint, side) => (side === 'client' ? clientOf(joint) : serverOf(joint)),
    clientIs(joint, name) {
      joint.clientName = cleanLine(name);
      const known = inferred.get(joint.inferredClient ?? '');
      if (known) known.name = joint.clientName;
    },
  };
  return self;
}

/** Where one knocks: scheme and port, since one machine has many addresses; the whole address where there is no port. */
export function doorOf(address: string): string {
  const plain = address.startsWith('text+') ? address.slice('text+'.length) : address;
  const match = /^([a-z][a-z0-9-]*):\/\/.*:(\d+)\/?$/.exec(plain);
  return match ? `${match[1]}:${match[2]}` : plain;
}
