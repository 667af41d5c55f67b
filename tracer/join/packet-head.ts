/*
 * The first bytes of a UDP packet: as much as it takes to know to which connection it belongs and which one it is. The
 * whole of it is read when it is told (telling/packets.ts).
 */
import { decodePacket } from '../../transports/udp/wire/decode.js';
import {
  HEADER_BYTES,
  PACKET_BY_CODE,
  type Packet,
  type PacketType,
  SMALLEST_BYTES,
  TRAILER_BYTES,
  VERSION,
} from '../../transports/udp/wire/packets.js';

/** What a packet's head says. */
export interface PacketHead {
  readonly type: PacketType;
  readonly flags: number;
  readonly destination: number;
  readonly number: number;
  /** The ID that SYN, COOKIE and CONNECT give in their bodies: the client's, but in a COOKIE the server's. */
  readonly given: number;
}

/** Reads the head; nothing if this is no packet. */
export function packetHead(bytes: Uint8Array): PacketHead | undefined {
  if (bytes.length < SMALLEST_BYTES) return undefined;
  const first = bytes[0] as number;
  const type = first >> 4 === VERSION ? PACKET_BY_CODE.get(first & 0xf)?.type : undefined;
  if (!type) return undefined;
  const hasBody = type !== 'OPEN' && type !== 'RST' && bytes.length >= HEADER_BYTES + 8;
  return {
    type,
    flags: bytes[1] as number,
    destination: u32(bytes, 2) * 2 ** 32 + u32(bytes, 6),
    number: u32(bytes, 10),
    given: hasBody ? u32(bytes, HEADER_BYTES) * 2 ** 32 + u32(bytes, HEADER_BYTES + 4) : 0,
  };
}

/** Reads a whole packet, whatever its checksum; nothing if it is none. Whether it was spoilt, the trace says. */
export function readPacket(bytes: Uint8Array): Packet | undefined {
  if (bytes.length < SMALLEST_BYTES) return undefined;
  const checksum = u32(bytes, bytes.length - TRAILER_BYTES);
  try {
    return decodePacket(bytes, () => checksum);
  } catch {
    return undefined;
  }
}

function u32(bytes: Uint8Array, at: number): number {
  const [a, b, c, d] = [bytes[at] as number, bytes[at + 1] as number, bytes[at + 2] as number, bytes[at + 3] as number];
  return a * 0x1000000 + ((b << 16) | (c << 8) | d);
}
