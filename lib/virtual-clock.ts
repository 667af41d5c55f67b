/*
 * Time that passes when it is told to. Everything that asks a Clock for the time, a timer or the end of a
 * turn runs under it unchanged: tests and the simulator see an hour in a moment, and the same one each time.
 */
import type { Clock, Timer } from './clock.js';
import { Deadlines } from './deadlines.js';

interface VirtualTimer extends Timer {
  scheduledAt: number;
  readonly callback: () => void;
}

/** When virtual time begins, unless told otherwise: 2023-01-01, the day the assignment was due. */
const START = Date.UTC(2023, 0, 1);

/** A {@link Clock} that stands still until it is moved. */
export class VirtualClock implements Clock {
  readonly #timers = new Deadlines<VirtualTimer>();
  #afterTurn: (() => void)[] = [];
  readonly #stands: () => boolean;
  #now: number;

  /**
   * @param start milliseconds since 1970
   * @param stands while it says so, the clock cannot be moved: nothing ends its turn, and no timer fires
   */
  constructor(start = START, stands: () => boolean = () => false) {
    this.#now = start;
    this.#stands = stands;
  }

  now(): number {
    return this.#now;
  }

  setTimer(delayMs: number, callback: () => void): Timer {
    const timer: VirtualTimer = {
      scheduledAt: Number.POSITIVE_INFINITY,
      callback,
      cancel: () => this.#timers.cancel(timer),
    };
    this.#timers.schedule(timer, this.#now + Math.max(0, delayMs));
    return timer;
  }

  afterTurn(callback: () => void): void {
    this.#afterTurn.push(callback);
  }

  /** When the next timer is due; Infinity if none is set. */
  get next(): number {
    return this.#timers.next;
  }

  /**
   * Ends this turn: runs what waits for its end, and what that leads to, until nothing is left to do now.
   * @returns whether there was anything
   */
  endTurn(): boolean {
    for (let ran = false; ; ran = true) {
      if (this.#stands()) return ran;
      const waiting = this.#afterTurn;
      this.#afterTurn = [];
      for (const callback of waiting) callback();
      const due = waiting.length === 0 ? this.#timers.takeDue(this.#now) : undefined;
      due?.callback();
      if (waiting.length === 0 && !due) return ran;
    }
  }

  /** Lets time pass, timer by timer; each ends its turn before the next. */
  advance(ms: number): void {
    const until = this.#now + ms;
    this.endTurn();
    for (let next = this.#timers.next; next <= until && !this.#stands(); next = this.#timers.next) {
      this.#now = next;
      this.endTurn();
    }
    if (!this.#stands()) this.#now = until;
  }
}
