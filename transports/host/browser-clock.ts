/*
 * Time as a browser has it. A turn of the event loop is over when a message to oneself arrives: setTimeout would wait
 * four milliseconds there, and for a second in a tab that nobody looks at.
 */
import type { Clock, Timer } from '../../lib/clock.js';

/** The longest timer that a browser can hold; a longer one would fire at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** The machine's time, in a browser. Timers are rounded up to whole milliseconds and last at most 24 days. */
export const browserClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  setTimer(delayMs, callback): Timer {
    const timeout = setTimeout(callback, Math.min(Math.ceil(delayMs), LONGEST_MS));
    return { cancel: () => clearTimeout(timeout) };
  },
  afterTurn(callback) {
    waiting.push(callback);
    if (waiting.length > 1) return;
    port ??= messagePort();
    port.postMessage(undefined);
  },
};

/** A MessagePort as browsers have it: Node's types know only its own. */
interface Port {
  onmessage: (() => void) | null;
  postMessage(message: unknown): void;
}

let port: Port | undefined;
let waiting: (() => void)[] = [];

function messagePort(): Port {
  const { port1, port2 } = new MessageChannel() as unknown as { readonly port1: Port; readonly port2: Port };
  port1.onmessage = () => {
    const due = waiting;
    waiting = [];
    for (const callback of due) callback();
  };
  return port2;
}
