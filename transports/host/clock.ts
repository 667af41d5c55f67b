/*
 * Time as Node has it. `now` is the monotonic clock set to the wall clock's start, so that it reads as a
 * date and never goes back; a turn of the event loop is over when setImmediate's callbacks run.
 */
import type { Clock, Timer } from '../../lib/clock.js';

/** The longest timer that Node can hold; a longer one would fire at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** When the process began, by the wall clock. */
const START_MS = performance.timeOrigin;

class NodeTimer implements Timer {
  readonly #timeout: NodeJS.Timeout;

  constructor(timeout: NodeJS.Timeout) {
    this.#timeout = timeout;
  }

  cancel(): void {
    clearTimeout(this.#timeout);
  }
}

/** The machine's time. Timers keep the process alive, are rounded up to whole milliseconds, and last at most 24 days. */
export const clock: Clock = {
  now: () => START_MS + performance.now(),
  setTimer: (delayMs, callback) => new NodeTimer(setTimeout(callback, Math.min(Math.ceil(delayMs), LONGEST_MS))),
  afterTurn: (callback) => {
    setImmediate(callback);
  },
};
