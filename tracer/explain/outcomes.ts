/*
 * What it means for the two ends that something arrived late, spoilt, twice or not at all.
 */
import type { ArrowStep } from '../join/story.js';

/** A further sentence for what did not simply arrive; empty otherwise. */
export function whyOutcome(outcome: ArrowStep['outcome'], isDatagram: boolean): string {
  switch (outcome) {
    case 'lost':
      return isDatagram
        ? ' It is lost on the way: nobody is told, and its sender finds out only because no ACK comes.'
        : ' The connection ended before the other end had read it.';
    case 'corrupted':
      return ' Bits of it are changed on the way: the CRC-32 no longer fits, so the receiver drops it, which is a loss like any other.';
    case 'under-way':
      return ' It is still on its way.';
    case 'arrived':
    case 'duplicate':
    case 'unseen':
      return '';
  }
}
