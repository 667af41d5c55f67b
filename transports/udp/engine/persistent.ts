/*
 * Persistent congestion: everything that was sent over more than three probe timeouts was lost. RFC 9002 section 7.6.
 */
import { GRAIN_MS, MAX_ACK_DELAY_MS, type Rtt } from './rtt.js';
import type { SentPacket } from './sent-packets.js';

/** RFC 9002 section 7.6.1, kPersistentCongestionThreshold. */
const THRESHOLD = 3;

/** Whether packets that were lost, oldest first, show that nothing got through for so long. */
export function isPersistent(lost: readonly SentPacket[], rtt: Rtt): boolean {
  if (!rtt.sampled || lost.length < 2) return false; // section 7.6.2: only after a sample, and two packets make a time
  const duration = THRESHOLD * (rtt.smoothed + Math.max(4 * rtt.variation, GRAIN_MS) + MAX_ACK_DELAY_MS); // section 7.6.1
  let first = lost[0] as SentPacket;
  for (const [index, packet] of lost.entries()) {
    const before = lost[index - 1];
    if (before && packet.order !== before.order + 1) first = packet; // one between them arrived
    if (packet.sentAt - first.sentAt > duration) return true;
  }
  return false;
}
