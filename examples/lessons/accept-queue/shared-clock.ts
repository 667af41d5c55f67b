/*
 * A clock that reads the same in all processes of this machine: each one's own counts from when it began.
 */
import type { Clock } from '../../../lib/index.js';
import { node } from '../../../transports/node.js';

const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6;

/** What one process tells the others: where its clock begins. */
export const zeroHere = (): number => node.clock.now() - monotonicMs();

/** The clock with that zero. */
export const sharedClock = (zeroMs: number): Clock => ({ ...node.clock, now: () => zeroMs + monotonicMs() });
