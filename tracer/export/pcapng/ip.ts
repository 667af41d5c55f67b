/*
 * Headers that a trace does not have, made up right: IPv4 (RFC 791) and IPv6 (RFC 8200), and the Internet checksum
 * (RFC 1071) that TCP and UDP share with them.
 */
import { ByteWriter } from '../../../lib/wire/bytes.js';

/** A host and a port. */
export interface Endpoint {
  /** 4 or 16 bytes. */
  readonly address: Uint8Array;
  readonly port: number;
}

/** Numbers of the protocols above. */
const PROTOCOL = { tcp: 6, udp: 17 } as const;

const HOPS = 64;
const V4_HEADER_BYTES = 20;
const V6_HEADER_BYTES = 40;

/**
 * Puts a payload into an IP packet, with the payload's checksum filled in.
 * @param checksumAt where in the payload its checksum stands, 0 as yet
 */
export function ipPacket(
  protocol: keyof typeof PROTOCOL,
  from: Uint8Array,
  to: Uint8Array,
  payload: Uint8Array,
  checksumAt: number,
): Uint8Array {
  const isV6 = from.length === 16 || to.length === 16;
  const [source, destination] = isV6 ? [asV6(from), asV6(to)] : [from, to];
  const writer = new ByteWriter((isV6 ? V6_HEADER_BYTES : V4_HEADER_BYTES) + payload.length);
  if (isV6) writeV6(writer, PROTOCOL[protocol], source, destination, payload.length);
  else writeV4(writer, PROTOCOL[protocol], source, destination, payload.length);
  const start = writer.length;
  writer.raw(payload);
  const sum = internetChecksum(pseudoHeader(PROTOCOL[protocol], source, destination, payload.length), payload);
  // RFC 768: a sum of 0 is sent as its other form, since 0 means "none" in UDP.
  writer.setU16(start + checksumAt, sum === 0 && protocol === 'udp' ? 0xffff : sum);
  return writer.written();
}

function writeV4(writer: ByteWriter, protocol: number, from: Uint8Array, to: Uint8Array, length: number): void {
  writer.u16(0x4500); // version 4, a header of 5 words
  writer.u16(V4_HEADER_BYTES + length);
  writer.u16(0);
  writer.u16(0x4000); // do not fragment
  writer.u8(HOPS);
  writer.u8(protocol);
  writer.u16(0);
  writer.raw(from);
  writer.raw(to);
  writer.setU16(10, internetChecksum(writer.written()));
}

function writeV6(writer: ByteWriter, protocol: number, from: Uint8Array, to: Uint8Array, length: number): void {
  writer.u32(0x60000000);
  writer.u16(length);
  writer.u8(protocol);
  writer.u8(HOPS);
  writer.raw(from);
  writer.raw(to);
}

/** What TCP and UDP add to their checksum of the header below. */
function pseudoHeader(protocol: number, from: Uint8Array, to: Uint8Array, length: number): Uint8Array {
  const writer = new ByteWriter(40);
  writer.raw(from);
  writer.raw(to);
  writer.u32(length); // 16 bits wide in IPv4, and the sum is the same
  writer.u32(protocol);
  return writer.written();
}

/** The one's complement of the one's complement sum of all 16-bit words; every piece but the last must be even. */
function internetChecksum(...pieces: readonly Uint8Array[]): number {
  let sum = 0;
  for (const bytes of pieces) {
    for (let i = 0; i < bytes.length; i++) sum += (i & 1) === 0 ? (bytes[i] as number) << 8 : (bytes[i] as number);
  }
  while (sum > 0xffff) sum = (sum % 0x10000) + Math.floor(sum / 0x10000);
  return 0xffff - sum;
}

/** An IPv4 address as IPv6 writes it: `::ffff:192.0.2.1`. */
function asV6(address: Uint8Array): Uint8Array {
  if (address.length === 16) return address;
  const mapped = new Uint8Array(16);
  mapped.set([0xff, 0xff, ...address], 10);
  return mapped;
}
