/*
 * One TCP segment as bytes (RFC 9293 section 3.1), in an IP packet. What it says is decided elsewhere (conversation.ts).
 */
import { ByteWriter } from '../../../lib/wire/bytes.js';
import { type Endpoint, ipPacket } from './ip.js';

/** A segment's control bits. */
export const FLAG = { FIN: 1, SYN: 2, RST: 4, PSH: 8, ACK: 16 } as const;

/** What a segment says. */
export interface Segment {
  readonly sequence: number;
  /** 0 without the ACK bit. */
  readonly acknowledgment: number;
  readonly flags: number;
  readonly payload: Uint8Array;
}

const HEADER_BYTES = 20;
const CHECKSUM_AT = 16;
const WINDOW = 0xffff;
/** Windows count in units of 2^10 bytes, so that nothing here ever fills one. RFC 7323 section 2. */
const WINDOW_SHIFT = 10;

/** How much data a segment carries at most: what fits an Ethernet's 1,500 bytes. RFC 9293 section 3.7.1. */
export const maxSegmentBytes = (end: Endpoint): number => (end.address.length === 16 ? 1440 : 1460);

/** A segment in an IP packet. */
export function tcpPacket(from: Endpoint, to: Endpoint, { sequence, acknowledgment, flags, payload }: Segment): Uint8Array {
  const isSyn = Math.floor(flags / FLAG.SYN) % 2 === 1;
  const writer = new ByteWriter(HEADER_BYTES + 8 + payload.length);
  writer.u16(from.port);
  writer.u16(to.port);
  writer.u32(sequence % 2 ** 32);
  writer.u32(acknowledgment % 2 ** 32);
  writer.u8(isSyn ? 0x70 : 0x50); // the header's length in words, in the high four bits
  writer.u8(flags);
  writer.u16(WINDOW);
  writer.u16(0);
  writer.u16(0);
  if (isSyn) {
    writer.raw(Uint8Array.of(2, 4)); // maximum segment size
    writer.u16(maxSegmentBytes(from));
    writer.raw(Uint8Array.of(3, 3, WINDOW_SHIFT, 1)); // window scale, and a filler
  }
  writer.raw(payload);
  return ipPacket('tcp', from.address, to.address, writer.written(), CHECKSUM_AT);
}
