/*
 * What the connections of one end have put on the wire.
 */
import type { UdpConnection } from '../../transports/udp/index.js';

/** Sums over all connections of an end. */
export interface Traffic {
  readonly bytes: number;
  readonly datagrams: number;
}

/** The sums so far. Bytes are those of the datagrams, without IP and UDP headers. */
export function sumOf(connections: readonly UdpConnection[]): Traffic {
  let [bytes, datagrams] = [0, 0];
  for (const { stats } of connections) {
    bytes += stats.bytesSent;
    datagrams += stats.datagramsSent;
  }
  return { bytes, datagrams };
}
