/*
 * Go-back-N as textbooks have it (Kurose and Ross, section 3.4.3): the receiver drops whatever is out of order and
 * says only what it has in a row; when the oldest packet's timer is over, the sender goes back to it and sends
 * everything again that it had sent since.
 */
import type { ArqPolicy } from './policy.js';
import { TimerRecovery } from './retransmission-timer.js';

/** Go-back-N. */
export const goBackN: ArqPolicy = {
  name: 'go-back-n',
  keepsEarly: false, // section 3.4.3: the receiver discards out-of-order packets
  rhythm: { every: 1, stretch: 1 }, // and acknowledges each that comes, the last one in order
  bundles: false,
  discovers: false,
  window: ({ arqWindowSegments }) => arqWindowSegments, // the N of its name
  recovery: (rtt, settings) => new TimerRecovery(rtt, settings, 'all'), // resends all that was sent and not acknowledged
};
