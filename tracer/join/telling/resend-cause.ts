/*
 * Why a segment is sent again, where its sender was not observed: concluded from what both ends have said on the wire.
 */
import { ACK_NOW, type ConnectionPacket } from '../../../transports/udp/wire/packets.js';
import type { ResendCause } from '../../trace/trace.js';

/** What is known of a repetition. */
export interface Clues {
  readonly packet: ConnectionPacket;
  /** Whether it brings a new segment, too. */
  readonly brings: boolean;
  /** The newest packet of the sender's that was acknowledged, and the last one that had the segment. */
  readonly acked: number;
  readonly last: number;
}

/** The most likely cause. */
export function guessCause({ packet, brings, acked, last }: Clues): ResendCause {
  if (acked > last) return 'fast'; // a later packet has arrived, so the sender knows of the gap
  if (brings) return 'bundled'; // it came along with something new
  return (packet.flags & ACK_NOW) !== 0 ? 'probe' : 'timeout';
}
