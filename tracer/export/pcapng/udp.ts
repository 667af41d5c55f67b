/*
 * One UDP datagram as bytes (RFC 768), in an IP packet.
 */
import { ByteWriter } from '../../../lib/wire/bytes.js';
import { type Endpoint, ipPacket } from './ip.js';

const HEADER_BYTES = 8;
const CHECKSUM_AT = 6;

/** A datagram in an IP packet. */
export function udpPacket(from: Endpoint, to: Endpoint, payload: Uint8Array): Uint8Array {
  const writer = new ByteWriter(HEADER_BYTES + payload.length);
  writer.u16(from.port);
  writer.u16(to.port);
  writer.u16(HEADER_BYTES + payload.length);
  writer.u16(0);
  writer.raw(payload);
  return ipPacket('udp', from.address, to.address, writer.written(), CHECKSUM_AT);
}
