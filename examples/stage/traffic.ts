/*
 * Counts frames from taps at both ends, to know when everything that the server has sent has arrived. That is
 * how an example waits without sleeping, and how it can show that somebody was NOT sent a message. At the plain-text
 * door, where the server's tap shows bytes and no frames, a line counts as one.
 */
import type { Clock, Tap } from '../../lib/index.js';

const LF = 10;

/** The frames that are on their way from the server to the clients. */
export interface Traffic {
  /** Goes to the server. */
  readonly serverTap: Tap;
  /** Goes to every client. */
  readonly clientTap: Tap;
  /** Resolves when nothing is on its way. */
  settled(): Promise<void>;
}

/**
 * Begins to count. If the frames take longer than `patienceMs` by the clock, something must be wrong. `isText` tells of a
 * connection whether it came by the plain-text door.
 */
export function traffic(clock: Clock, patienceMs: number, isText: (connection: string) => boolean): Traffic {
  let onTheirWay = 0;
  const waiting = new Set<() => void>();

  const count = (change: number) => {
    onTheirWay += change;
    if (onTheirWay === 0) for (const settled of waiting) settled();
  };

  return {
    serverTap: {
      event(event) {
        if (event.layer === 'frame' && event.direction === 'sent') count(1);
        const isLines = event.layer === 'transport' && isText(event.connection);
        if (isLines && event.what.name === 'bytes' && event.what.direction === 'sent') count(linesIn(event.what.bytes));
      },
    },
    clientTap: {
      event(event) {
        if (event.layer === 'frame' && event.direction === 'received') count(-1);
      },
    },
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

function linesIn(bytes: Uint8Array): number {
  return bytes.reduce((lines, byte) => lines + Number(byte === LF), 0);
}
