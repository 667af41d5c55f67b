/*
 * A clock that reads the same in all threads of a process: each thread's own counts from when that thread began.
 */
import type { Clock } from '../../../lib/index.js';
import { node } from '../../../transports/node.js';

const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6;

/** What the main thread tells the others: where its clock begins. */
export const zeroHere = (): number => node.clock.now() - monotonicMs();

/** The clock with that zero. */
export const sharedClock = (zeroMs: number): Clock => ({
  now: () => zeroMs + monotonicMs(),
  setTimer: (delayMs, callback) => node.clock.setTimer(delayMs, callback),
  afterTurn: (callback) => node.clock.afterTurn(callback),
});
