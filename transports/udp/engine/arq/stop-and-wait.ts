/*
 * Stop-and-wait (Kurose and Ross, section 3.4.1, rdt 3.0; the alternating-bit protocol of Bartlett, Scantlebury and
 * Wilkinson, 1969): one segment at a time, and nothing else before it is acknowledged. Segment numbers take the place
 * of the one alternating bit, since a datagram may be late by more than one turn.
 */
import type { ArqPolicy } from './policy.js';
import { TimerRecovery } from './retransmission-timer.js';

/** Stop-and-wait. */
export const stopAndWait: ArqPolicy = {
  name: 'stop-and-wait',
  keepsEarly: false,
  rhythm: { every: 1, stretch: 1 },
  bundles: false,
  discovers: false,
  window: () => 1,
  recovery: (rtt, settings) => new TimerRecovery(rtt, settings, 'all'), // all is one
};
