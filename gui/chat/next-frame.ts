/*
 * What comes in a flood is drawn once a frame. A tab that nobody sees has no frames, but its title still counts, so there
 * a timer does it.
 */

/** Longest wait, in milliseconds. */
const LATEST_MS = 250;

/** Makes a function that has `work` done once, soon, however often it is called until then. */
export function oncePerFrame(work: () => void): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    const done = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      isDue = false;
      work();
    };
    const frame = requestAnimationFrame(done);
    const timer = setTimeout(done, LATEST_MS);
  };
}
