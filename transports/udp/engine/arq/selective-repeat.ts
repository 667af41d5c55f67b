/*
 * Selective repeat as textbooks have it (Kurose and Ross, section 3.4.4): the receiver keeps what comes early and
 * acknowledges each packet, the sender has a timer for each and repeats just the one whose timer is over. The window
 * spans from the oldest unacknowledged segment.
 */
import type { ArqPolicy } from './policy.js';
import { TimerRecovery } from './retransmission-timer.js';

/** Selective repeat. */
export const selectiveRepeat: ArqPolicy = {
  name: 'selective-repeat',
  keepsEarly: true,
  rhythm: { every: 1, stretch: 1 },
  bundles: false,
  discovers: false,
  window: ({ arqWindowSegments }) => arqWindowSegments,
  recovery: (rtt, settings) => new TimerRecovery(rtt, settings, 'expired'),
};
