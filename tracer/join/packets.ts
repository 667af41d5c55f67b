/*
 * Datagrams of the UDP transport to arrows. Which connection a datagram belongs to, its connection IDs say; which one it
 * is, its packet number, that is never used twice. SYN, COOKIE and RST have none and are told apart by their order.
 */

import { REFUSED } from '../../transports/udp/wire/packets.js';
import type { DatagramEvent } from '../trace/trace.js';
import type { Cast } from './cast.js';
import { arrow, see } from './draft.js';
import { type Ends, unnamedEnd } from './ends.js';
import type { ArrowDraft, Draft, Flow, Joint, PacketContent, Seat, Station, Way } from './model.js';
import { type PacketHead, packetHead } from './packet-head.js';
import { posts } from './stations.js';
import type { Timeline } from './timeline.js';
import { isUnnumberedCopy, unnumberedOne } from './unnumbered.js';

/** Takes datagrams. */
export interface Packets {
  take(event: DatagramEvent): void;
  /** The connection whose handshake came last from an address to an observer: the one that it accepts now. */
  lastFrom(by: string, remote: string): Joint | undefined;
}

interface Place {
  readonly joint: Joint;
  readonly way: Way;
}

/** So many connections between the same two addresses are remembered. */
const SHARING = 64;

/** Makes the part that takes datagrams. */
export function packets(ends: Ends, cast: Cast, timeline: Timeline<Draft>): Packets {
  const byId = new Map<number, { readonly joint: Joint; readonly of: 'client' | 'server' }>();
  /** By a pair of addresses, the newest last: a client’s socket may have several connections. */
  const byAddresses = new Map<string, Joint[]>();
  const lastFrom = new Map<string, Joint>();

  function lastAt(event: DatagramEvent): Joint | undefined {
    return byAddresses.get(pair(event))?.at(-1);
  }

  function remember(event: DatagramEvent, joint: Joint): void {
    const key = pair(event);
    const known = byAddresses.get(key);
    if (!known) byAddresses.set(key, [joint]);
    else if (!known.includes(joint) && known.push(joint) > SHARING) known.shift();
  }

  /** Of a datagram that cannot be read: the connection of those addresses on which one was spoilt and is still awaited. */
  function whereSpoilt(event: DatagramEvent, seat: Seat | undefined, station: Station): Joint | undefined {
    if (!isSpoilt(event)) return undefined;
    return byAddresses.get(pair(event))?.find((joint) => spoiltOne(joint[wayByObserver(event, joint, seat)], station, 0) !== undefined);
  }

  /** The connection, by the IDs; where they say nothing, by the observer's own name of it, or by the addresses. */
  function placeOf(event: DatagramEvent, head: PacketHead | undefined, isProxy: boolean): Place {
    const named = event.connection === undefined ? undefined : ends.get(event.connection);
    const known = !isProxy && named?.joint ? named.joint : undefined;
    // Spoilt on the way out, and shown as it went: its head may say anything.
    if (isProxy && event.fate === 'corrupted' && named?.joint) {
      return { joint: named.joint, way: wayByObserver(event, named.joint, named.seat) };
    }
    if (!head) {
      const station = stationOf(event, isProxy);
      const joint = known ?? whereSpoilt(event, named?.seat, station) ?? lastAt(event) ?? named?.joint ?? stranger(event);
      return { joint, way: wayByObserver(event, joint, named?.seat) };
    }
    switch (head.type) {
      case 'SYN':
      case 'CONNECT': {
        const joint = known ?? byId.get(head.given)?.joint ?? unborn(named?.joint) ?? strange(lastAt(event)) ?? shaken(event);
        joint.clientId ??= head.given;
        byId.set(head.given, { joint, of: 'client' });
        if (head.type === 'CONNECT') byId.set(head.destination, { joint, of: 'server' });
        remember(event, joint);
        if (event.direction === 'received') lastFrom.set(`${event.by} ${event.remote}`, joint);
        return { joint, way: 'up' };
      }
      case 'COOKIE': {
        const joint = known ?? byId.get(head.destination)?.joint ?? lastAt(event) ?? stranger(event);
        byId.set(head.given, { joint, of: 'server' });
        return { joint, way: 'down' };
      }
      case 'OPEN':
      case 'RST': {
        const found = byId.get(head.destination);
        const joint = known ?? found?.joint ?? named?.joint ?? lastAt(event) ?? stranger(event);
        if (!found) return { joint, way: wayByObserver(event, joint, named?.seat) };
        // An RST echoes the ID that its sender does not know; one that refuses names the client's.
        const echoes = head.type === 'RST' && (head.flags & REFUSED) === 0;
        return { joint, way: (found.of === 'server') === echoes ? 'down' : 'up' };
      }
    }
  }

  /** A proxy's connection to which no handshake belongs yet. */
  function unborn(joint: Joint | undefined): Joint | undefined {
    return joint?.clientId === undefined ? joint : undefined;
  }

  /** One that is known only by datagrams that could not be read. */
  function strange(joint: Joint | undefined): Joint | undefined {
    return joint?.names.length === 0 ? unborn(joint) : undefined;
  }

  /** Somebody who was not seen dialling shakes hands. */
  function shaken({ direction, local, remote }: DatagramEvent): Joint {
    const [clientAddress, serverAddress] = direction === 'received' ? [remote, local] : [local, remote];
    const made = ends.newJoint({ clientAddress, serverAddress });
    made.clientMayCome = false;
    return made;
  }

  /** A datagram of no connection that is known. */
  function stranger(event: DatagramEvent): Joint {
    const isServer = cast.observer(event.by).role !== 'client';
    const [clientAddress, serverAddress] = isServer ? [event.remote, event.local] : [event.local, event.remote];
    const made = ends.newJoint({ clientAddress, serverAddress });
    made.clientMayCome = false;
    made.serverMayCome = false;
    remember(event, made);
    return made;
  }

  /** Sits the observer down at the connection, if it is not. */
  function seat(event: DatagramEvent, { joint, way }: Place, isProxy: boolean): void {
    if (isProxy) {
      joint.near ??= unnamedEnd(event.by);
      joint.far ??= unnamedEnd(event.by); // what came in on one leg is waited for on the other
    }
    if (event.connection === undefined) return;
    const end = ends.get(event.connection) ?? ends.newEnd(event.connection, event.by);
    const seatThere: Seat = isProxy ? ((way === 'up') === (event.direction === 'received') ? 'near' : 'far') : sideOf(event, way);
    if (!end.joint) ends.bind(end, joint, seatThere);
  }

  function observe(event: DatagramEvent, head: PacketHead | undefined, { joint, way }: Place, isProxy: boolean): void {
    const flow = joint[way];
    const station = stationOf(event, isProxy);
    const spoilt = isSpoilt(event);
    const number = head && (spoilt || event.fate !== 'malformed') ? head.number : 0;
    const flipped = station === 'outAt' && event.fate === 'corrupted' ? flippedOne(flow, event.bytes) : undefined;
    const known = () => (number > 0 ? flow.packets.get(number) : unnumberedOne(flow, head, station));
    const found = spoilt ? spoiltOne(flow, station, number) : (flipped ?? known());
    if (found && found[station] === undefined) {
      see(found, station, event.at);
      found.fate = worse(found.fate, event.fate);
      if (event.again) (found.content as PacketContent).again = event.again;
      addUnseenCopy(event, found, station);
      return;
    }
    const told = number > 0 && !spoilt ? flow.toldPackets.get(number) : undefined;
    const copy =
      found !== undefined ||
      (told !== undefined && !told.missing) ||
      (number === 0 && !spoilt && isUnnumberedCopy(flow, head, station, event.at));
    if (copy && !isLastStation(joint, way, station)) return;
    const { bytes, masks, again } = event;
    const draft = arrow(event.at, event.basis, joint, way, { is: 'packet', bytes, masks, number: spoilt ? 0 : number, again });
    draft.copy = copy;
    draft.fate = spoilt ? 'corrupted' : event.fate;
    see(draft, station, event.at);
    timeline.insert(draft);
    if (copy || told || (spoilt && isLastStation(joint, way, station))) draft.forced = true;
    else if (number > 0 && !spoilt) flow.packets.set(number, draft);
    else flow.unnumbered.push(draft);
    addUnseenCopy(event, draft, station);
  }

  /** The link has doubled it, and nobody beyond will tell of the second one. */
  function addUnseenCopy(event: DatagramEvent, { joint, way, content }: ArrowDraft, station: Station): void {
    if (event.fate !== 'duplicated' || !nobodyBeyond(joint, way)) return;
    const second = arrow(event.at, 'inferred', joint, way, content);
    Object.assign(second, { copy: true, forced: true, [station]: event.at });
    timeline.insert(second);
  }

  return {
    take(event) {
      const observer = cast.observer(event.by);
      const isProxy = observer.role === 'proxy';
      if (observer.role === 'server') cast.listens(event.by, event.local);
      const head = packetHead(event.bytes);
      const place = placeOf(event, head, isProxy);
      seat(event, place, isProxy);
      if (isProxy && place.way === 'up' && event.direction === 'sent') place.joint.serverAddress = event.remote;
      if (!place.joint.clientAddress && place.way === 'up' && !isProxy && event.direction === 'sent')
        place.joint.clientAddress = event.local;
      observe(event, head, place, isProxy);
    },
    lastFrom: (by, remote) => lastFrom.get(`${by} ${remote}`),
  };
}

function isSpoilt({ direction, fate }: DatagramEvent): boolean {
  return direction === 'received' && (fate === 'corrupted' || fate === 'malformed');
}

function stationOf({ direction }: DatagramEvent, isProxy: boolean): Station {
  if (direction === 'sent') return isProxy ? 'outAt' : 'sentAt';
  return isProxy ? 'inAt' : 'receivedAt';
}

/** A pair of addresses, whoever of the two looks. */
function pair({ local, remote }: DatagramEvent): string {
  return local < remote ? `${local} ${remote}` : `${remote} ${local}`;
}

function sideOf({ direction }: DatagramEvent, way: Way): 'client' | 'server' {
  return (way === 'up') === (direction === 'sent') ? 'client' : 'server';
}

/** Which way a datagram goes that says nothing of itself. */
function wayByObserver({ direction, local, remote }: DatagramEvent, joint: Joint, seat: Seat | undefined): Way {
  const faces = seat ?? (remote === joint.clientAddress || local === joint.serverAddress ? 'server' : 'client');
  const towardsServer = faces === 'client' || faces === 'far' ? direction === 'sent' : direction === 'received';
  return towardsServer ? 'up' : 'down';
}

/** The one that arrived spoilt: the sender's link may have said which. */
function spoiltOne(flow: Flow, station: Station, number: number): ArrowDraft | undefined {
  const free = (draft: ArrowDraft) => draft.fate === 'corrupted' && draft[station] === undefined;
  for (const draft of flow.packets.values()) if (free(draft)) return draft;
  const unnumbered = flow.unnumbered.find(free);
  if (unnumbered) return unnumbered;
  const byNumber = flow.packets.get(number);
  return byNumber && byNumber[station] === undefined && byNumber.fate === undefined ? byNumber : undefined;
}

/** The one that left a proxy with one bit flipped, or with its bytes shown as they had come. */
function flippedOne(flow: Flow, bytes: Uint8Array): ArrowDraft | undefined {
  const isIt = ({ outAt, content }: ArrowDraft) => {
    const came = (content as PacketContent).bytes;
    return outAt === undefined && came.length === bytes.length && came.filter((byte, at) => byte !== bytes[at]).length <= 1;
  };
  return [...flow.packets.values(), ...flow.unnumbered].find(isIt);
}

function worse(one: DatagramEvent['fate'], other: DatagramEvent['fate']): DatagramEvent['fate'] {
  if (one === 'corrupted' || other === 'corrupted' || other === 'malformed') return 'corrupted';
  return other ?? one;
}

/** Whether copies are counted there: at the receiver, or at the last one before it who sees. */
function isLastStation(joint: Joint, way: Way, station: Station): boolean {
  const { outOf, target, targetMayCome } = posts(joint, way);
  if (station === 'receivedAt') return true;
  return station === 'outAt' ? !target && !targetMayCome : station === 'inAt' && !target && !targetMayCome && !outOf;
}

function nobodyBeyond(joint: Joint, way: Way): boolean {
  const { target, targetMayCome } = posts(joint, way);
  return !target && !targetMayCome;
}
