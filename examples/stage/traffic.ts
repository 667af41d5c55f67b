/*
 * Counts frames from taps at both ends, to know when everything that the server has sent has arrived. That is
 * how an example waits without sleeping, and how it can show that somebody was NOT sent a message.
 */
import type { Clock, Tap } from '../../lib/index.js';

/** The frames that are on their way from the server to the clients. */
export interface Traffic {
  /** Goes to the server. */
  readonly serverTap: Tap;
  /** Goes to every client. */
  readonly clientTap: Tap;
  /** Resolves when nothing is on its way. */
  settled(): Promise<void>;
}

/** Begins to count. If the frames take longer than `patienceMs` by the clock, something must be wrong. */
export function traffic(clock: Clock, patienceMs: number): Traffic {
  let onTheirWay = 0;
  const waiting = new Set<() => void>();

  const counting = (direction: 'sent' | 'received', change: number): Tap => ({
    event(event) {
      if (event.layer !== 'frame' || event.direction !== direction) return;
      onTheirWay += change;
      if (onTheirWay === 0) for (const settled of waiting) settled();
    },
  });

  return {
    serverTap: counting('sent', +1),
    clientTap: counting('received', -1),
    async settled() {
      if (onTheirWay === 0) return;
      await new Promise<void>((resolve, reject) => {
        const late = clock.setTimer(patienceMs, () => {
          waiting.delete(done);
          reject(new Error(`${onTheirWay} frames of the server’s did not arrive.`));
        });
        const done = () => {
          late.cancel();
          waiting.delete(done);
          resolve();
        };
        waiting.add(done);
      });
    },
  };
}
