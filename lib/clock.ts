/*
 * The contract of time. Whatever needs the time, a timer or the end of a turn of the event loop asks
 * a Clock for it, so that the same code runs on a machine's time, in a browser and in virtual time.
 */

/** A timer that was set. */
export interface Timer {
  /** Forgets it; harmless when it has fired. */
  cancel(): void;
}

/** Where the time comes from. */
export interface Clock {
  /** Milliseconds since 1970, with a fraction; never goes back. */
  now(): number;
  /** Calls back once, `delayMs` from now (0 or more), never within this call. */
  setTimer(delayMs: number, callback: () => void): Timer;
  /**
   * Calls back once this turn of the event loop is over, when all that had arrived was handled:
   * what is gathered in a turn is sent there, in one piece.
   */
  afterTurn(callback: () => void): void;
}
