/*
 * A window that never changes: the sliding window of textbooks. Fair to nobody; for experiments, and for networks
 * that one has to oneself.
 */
import type { Controller } from './controller.js';

/** A controller with a window of so many bytes. */
export function fixed(windowBytes: number): Controller {
  return {
    window: windowBytes,
    slowStart: false,
    threshold: Number.POSITIVE_INFINITY,
    onAcked: () => undefined,
    onLost: () => undefined,
    onDatagramSize: () => undefined,
  };
}
