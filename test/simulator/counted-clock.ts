/*
 * Virtual time that knows what still waits for it: at the end of a run nothing may, and a run in which something calls
 * itself without end is stopped.
 */
import type { Clock, Timer } from '../../lib/clock.js';
import { VirtualClock } from '../../lib/virtual-clock.js';
import { Violation } from './journal.js';

/** No run of the simulator comes near this. */
const MOST_CALLS = 3_000_000;

/** A virtual clock and how many timers are set. */
export class CountedClock implements Clock {
  readonly #inner: VirtualClock;
  #calls = 0;
  waiting = 0;

  /** @param start milliseconds since 1970; as in VirtualClock. */
  constructor(start?: number) {
    this.#inner = new VirtualClock(start);
  }

  now(): number {
    return this.#inner.now();
  }

  setTimer(delayMs: number, callback: () => void): Timer {
    let open = true;
    const close = () => {
      if (open) this.waiting--;
      open = false;
    };
    this.waiting++;
    const timer = this.#inner.setTimer(delayMs, () => {
      close();
      this.#count();
      callback();
    });
    return {
      cancel: () => {
        close();
        timer.cancel();
      },
    };
  }

  afterTurn(callback: () => void): void {
    this.#inner.afterTurn(() => {
      this.#count();
      callback();
    });
  }

  advance(ms: number): void {
    this.#inner.advance(ms);
  }

  #count(): void {
    if (++this.#calls > MOST_CALLS) throw new Violation('this never comes to rest');
  }
}
