/*
 * No congestion control: what the ARQ's window and the peer's credit allow is sent. What textbooks assume before they
 * come to congestion, and what a shared network must be spared.
 */
import type { Controller } from './controller.js';

/** A controller that holds nothing back. */
export function none(): Controller {
  return {
    window: Number.POSITIVE_INFINITY,
    slowStart: false,
    onAcked: () => undefined,
    onLost: () => undefined,
    onDatagramSize: () => undefined,
  };
}
