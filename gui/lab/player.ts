/*
 * Lets the run's time pass, a frame at a time; for those who do not want motion, from event to event instead.
 */
import { effect } from '@preact/signals';
import { isOver, isPlaying, isSilentFrom, now, run, speed } from './state.js';

/** A frame that was late, as in a tab that nobody looked at, counts as no more than this. */
const LONGEST_FRAME_MS = 100;
/** With reduced motion: a new picture no more often than this. */
const CALM_MS = 400;
/** Times are multiples of this, so that an address tells them in few digits. */
const GRAIN_MS = 2 ** -4;

const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** Begins to listen to the play button. */
export function startPlayer(): void {
  effect(() => {
    if (!isPlaying.value) return;
    let last = performance.now();
    let shownAt = last;
    let time = now.peek();
    let frame = requestAnimationFrame(function pass(at) {
      time += Math.min(LONGEST_FRAME_MS, Math.max(0, at - last)) * speed.peek();
      last = at;
      if (!calm.matches) now.value = Math.max(now.peek(), Math.floor(time / GRAIN_MS) * GRAIN_MS);
      else if (at - shownAt >= CALM_MS) {
        shownAt = at;
        now.value = Math.max(now.peek(), lastEventBy(time));
      }
      // where only timers are left to end, there is nothing to wait for
      const isSilent = isSilentFrom(now.peek());
      const end = isSilent || isOver.peek() ? (run.peek().events.at(-1)?.at ?? 0) : Number.POSITIVE_INFINITY;
      if (isSilent || time >= end) {
        now.value = end;
        isPlaying.value = false;
      } else frame = requestAnimationFrame(pass);
    });
    return () => cancelAnimationFrame(frame);
  });
}

function lastEventBy(time: number): number {
  run.peek().advance(time);
  return run.peek().events[run.peek().countAt(time) - 1]?.at ?? 0;
}
