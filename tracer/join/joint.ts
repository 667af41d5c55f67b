/*
 * A connection of which nothing is known yet (model.ts).
 */
import { frameWalk } from './frame-walk.js';
import type { Flow, Joint } from './model.js';
import type { JoinedConnection } from './story.js';

/** An empty connection. */
export function joint(id: string, { clientAddress = '', serverAddress = '', mayCome = true } = {}): Joint {
  return {
    id,
    scheme: schemeOf(serverAddress || clientAddress),
    codec: 'unknown',
    clientAddress,
    serverAddress,
    names: [],
    client: undefined,
    server: undefined,
    near: undefined,
    far: undefined,
    clientMayCome: mayCome,
    serverMayCome: mayCome,
    inferredClient: undefined,
    inferredServer: undefined,
    claimedName: undefined,
    clientName: undefined,
    asked: undefined,
    clientId: undefined,
    open: false,
    offered: new Map(),
    handshake: 'none',
    syn: undefined,
    synAnswered: false,
    up: flow(),
    down: flow(),
  };
}

function flow(): Flow {
  return {
    frames: new Map(),
    framesUpTo: 0,
    chunks: [],
    readUpTo: 0,
    readAt: 0,
    packets: new Map(),
    unnumbered: [],
    fin: undefined,
    rst: undefined,
    toldPackets: new Map(),
    toldUnnumbered: new Map(),
    toldSegments: new Map(),
    ackedPacket: 0,
    finSegment: undefined,
    firstOf: new Map(),
    walk: frameWalk(),
    nextByte: 0,
    nextSegment: 0,
  };
}

const SCHEMES = ['tcp', 'unix', 'udp', 'memory', 'http'] as const;

/** The scheme of an address, as a story names it. */
export function schemeOf(address: string): JoinedConnection['scheme'] {
  const plain = address.startsWith('text+') ? address.slice('text+'.length) : address;
  return SCHEMES.find((scheme) => plain.startsWith(`${scheme}:`)) ?? 'other';
}
