/*
 * Node's clock, counting the timers that are set and have neither fired nor been cancelled: everything that Chatwire waits for, in
 * server and transport alike.
 */
import type { Clock, Timer } from '../../../lib/index.js';
import { clock } from '../../../transports/node.js';

const waiting = new Set<Timer>();

/** The clock to give to a host. */
export const countingClock: Clock = {
  ...clock,
  setTimer(delayMs, callback) {
    const inner = clock.setTimer(delayMs, () => {
      waiting.delete(timer);
      callback();
    });
    const timer: Timer = {
      cancel() {
        waiting.delete(timer);
        inner.cancel();
      },
    };
    waiting.add(timer);
    return timer;
  },
};

/** How many timers wait now: by this clock, or by Node's own count if that is larger. */
export function timersWaiting(): number {
  const byNode = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  return Math.max(waiting.size, byNode);
}
