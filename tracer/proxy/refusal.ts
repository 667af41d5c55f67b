/*
 * What a server's machine says when nobody listens at its port reaches only the proxy (ICMP, by way of the socket). It
 * is passed on to the client in the only words that a datagram has for it: the RST that the server itself would send.
 */

import { crc32 } from 'node:zlib';
import { REFUSALS } from '../../transports/udp/driver/complaints.js';
import { decodePacket } from '../../transports/udp/wire/decode.js';
import { PacketWriter } from '../../transports/udp/wire/encode.js';
import { type Packet, REFUSED, SMALLEST_BYTES } from '../../transports/udp/wire/packets.js';

/**
 * The RST that answers a client's datagram; nothing if none is due, or the datagram is no packet. An open connection
 * bears as many refusals in a row as it does without a proxy.
 */
export function refusalOf(datagram: Uint8Array, refusalsInARow: number): Uint8Array | undefined {
  const packet = packetOf(datagram);
  const writer = new PacketWriter(crc32);
  switch (packet?.type) {
    case 'SYN':
    case 'CONNECT':
      return writer.packet('RST', { flags: REFUSED, destination: packet.client }, {});
    case 'OPEN':
      if (refusalsInARow < REFUSALS || datagram.length <= SMALLEST_BYTES) return undefined;
      return writer.packet('RST', { destination: packet.destination }, {});
    default:
      return undefined;
  }
}

function packetOf(datagram: Uint8Array): Packet | undefined {
  try {
    return decodePacket(datagram, crc32);
  } catch {
    return undefined;
  }
}
