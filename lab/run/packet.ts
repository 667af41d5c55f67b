/*
 * A packet as a run tells of it: who sent it, what is in it, and each of its flights, from one end to wherever it ended.
 */
import type { Resent } from '../../lib/trace.js';
import { decodePacket } from '../../transports/udp/wire/decode.js';
import { type Frame, type PacketType, TRAILER_BYTES } from '../../transports/udp/wire/packets.js';

/** Who sends. The attacker stands where the sender does, and writes another's address on what it sends. */
export type Origin = 'sender' | 'receiver' | 'attacker';
/** Who gets it: `elsewhere` is where the attacker says that it is. */
export type Destination = 'sender' | 'receiver' | 'elsewhere';

/** What is in a frame, without its bytes. */
export interface FrameNote {
  readonly type: Frame['type'];
  /** Of DATA and FIN. */
  readonly segment?: number;
  /** Of DATA. */
  readonly bytes?: number;
  /** Of an ACK: all segments before this one have arrived. */
  readonly next?: number;
  /** Of an ACK: packets that have arrived, newest first. */
  readonly ranges?: readonly (readonly [number, number])[];
}

/** A place on the way at a time: 0 is where it was sent, 1 where it goes. */
export interface Waypoint {
  readonly at: number;
  readonly share: number;
}

/** How a flight ended: there, on the line, before a full queue, or by somebody's hand. */
export type FlightEnd = 'arrived' | 'lost' | 'overflow' | 'killed';

/** One flight of a packet; a copy has its own. */
export interface Flight {
  readonly packet: RunPacket;
  readonly datagram: Uint8Array;
  /** Where it is when; the last one is where it ends, as things stand. */
  readonly path: Waypoint[];
  end: FlightEnd | undefined;
}

/** A packet of a run. */
export interface RunPacket {
  /** Its place among all that were sent, from 1. */
  readonly n: number;
  readonly from: Origin;
  readonly to: Destination;
  readonly sentAt: number;
  readonly bytes: number;
  readonly type: PacketType;
  /** Its own number on its connection. */
  readonly number: number;
  readonly frames: readonly FrameNote[];
  /** The segments in it that were sent before, and why again. */
  readonly again: readonly Resent[];
  readonly flights: Flight[];
}

/** Reads a datagram that the engine has made. */
export function packetOf(datagram: Uint8Array, parts: Pick<RunPacket, 'n' | 'from' | 'to' | 'sentAt' | 'again'>): RunPacket {
  const checksum = new DataView(datagram.buffer, datagram.byteOffset).getUint32(datagram.length - TRAILER_BYTES);
  const packet = decodePacket(datagram, () => checksum); // the engine at the other end will check it
  return {
    ...parts,
    bytes: datagram.length,
    type: packet.type,
    number: packet.number,
    frames: 'frames' in packet ? packet.frames.map(noteOf) : [],
    flights: [],
  };
}

/** The segments that a packet carries. */
export function segmentsOf({ frames }: Pick<RunPacket, 'frames'>): number[] {
  return frames.flatMap(({ segment }) => (segment === undefined ? [] : [segment]));
}

/** Where a flight is, 0 to 1; nothing before it began and after it ended. */
export function shareAt({ path }: Pick<Flight, 'path'>, at: number): number | undefined {
  for (const [index, after] of path.entries()) {
    if (after.at < at) continue;
    const before = path[index - 1];
    if (!before) return after.at === at ? after.share : undefined;
    return before.share + ((at - before.at) / (after.at - before.at)) * (after.share - before.share);
  }
  return undefined;
}

function noteOf(frame: Frame): FrameNote {
  switch (frame.type) {
    case 'DATA':
      return { type: frame.type, segment: frame.segment, bytes: frame.data.length };
    case 'FIN':
      return { type: frame.type, segment: frame.segment };
    case 'ACK':
      return { type: frame.type, next: frame.next, ranges: frame.ranges.map(({ first, last }) => [first, last] as const) };
    case 'PADDING':
    case 'PING':
    case 'CLOSE':
    case 'PATH_CHALLENGE':
    case 'PATH_RESPONSE':
      return { type: frame.type };
  }
}
