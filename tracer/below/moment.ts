/*
 * Times of a capture on the trace's own line. Wall clocks may be set while they are read: within a lane time never goes
 * back, and a step is counted, so that somebody can be told.
 */

/** Turns times into those of the trace. */
export interface Moments {
  /** Nanoseconds since the trace's start; before it, a negative number. */
  of(seconds: number, nanoseconds: number): number;
  /** How far the clock was set back in all, milliseconds. */
  readonly setBackMs: number;
}

/** A time goes back by so much when processors take turns; that is no step. */
const NOTICEABLE_NS = 50e6;

/** For a trace that began at that time. `skewMs` is how far its clock was ahead of the wall clock. */
export function moments(startedAtMs: number, skewMs = 0): Moments {
  const startSeconds = Math.floor(startedAtMs / 1000);
  const startNs = (startedAtMs - startSeconds * 1000 - skewMs) * 1e6;
  let last = Number.NEGATIVE_INFINITY; // a capture may have begun before the trace
  let setBackNs = 0;
  let shift = 0;
  return {
    of(seconds, nanoseconds) {
      const at = Math.round((seconds - startSeconds) * 1e9 + nanoseconds - startNs) + shift;
      if (at < last - NOTICEABLE_NS) {
        setBackNs += last - at;
        shift += last - at; // the clock goes on from there, and so does the lane
      }
      last = Math.max(last, at);
      return last;
    },
    get setBackMs() {
      return setBackNs / 1e6;
    },
  };
}
