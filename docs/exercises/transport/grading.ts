/*
 * What is asked of a transport: the package's own conformance suite, every sentence of the contract in lib/transport.ts.
 */
import type { Transport } from '../../../lib/index.js';
import { conformance } from '../../../transports/conformance/index.js';
import { type Exercise, exported } from '../grading.js';

/** Smaller than for a transport over sockets: what is between two ends here is the transport's own. */
const LIMITS = { largestBytes: 8 * 1024 * 1024, floodBytes: 4 * 1024 * 1024, timeLimitMs: 4000 } as const;

/** The exercise. */
export const exercise: Exercise = {
  cases(work) {
    const make = exported<() => Transport>(work, 'queueTransport');
    let names = 0;
    return conformance({ name: 'queue', transport: make(), address: () => `queue:suite-${++names}`, ...LIMITS });
  },
};
