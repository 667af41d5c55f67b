/*
 * How evenly a page draws: the times from one frame to the next, counted by the page itself, and the share of the time
 * in which its main thread had work.
 */
import type { Page } from 'playwright-core';

/** What was counted between the beginning and the end. */
export interface Frames {
  /** Milliseconds from each frame to the next. */
  readonly gaps: readonly number[];
  readonly seconds: number;
  /** The share of the time, from 0 to 1. */
  readonly mainThread: number;
}

/** Begins to count; the function that it gives ends it. */
export async function countFrames(page: Page): Promise<() => Promise<Frames>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const busy = async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  await page.evaluate(`
    globalThis.gaps = []; globalThis.isOver = false;
    let last = performance.now();
    const frame = (now) => { gaps.push(now - last); last = now; if (!isOver) requestAnimationFrame(frame); };
    requestAnimationFrame(frame);
    undefined`);
  const [before, begun] = [await busy(), performance.now()];
  return async () => {
    const seconds = (performance.now() - begun) / 1000;
    const mainThread = ((await busy()) - before) / seconds;
    const gaps = await page.evaluate<number[]>('isOver = true; gaps');
    await session.detach();
    return { gaps, seconds, mainThread };
  };
}

/** Frames a second; the times between them in milliseconds: median, 99th percentile, longest; and the main thread's share. */
export function tellFrames({ gaps, seconds, mainThread }: Frames): readonly string[] {
  return [
    ms(gaps.length / seconds),
    ms(quantile(gaps, 0.5)),
    ms(quantile(gaps, 0.99)),
    ms(Math.max(...gaps)),
    `${Math.round(mainThread * 100)}%`,
  ];
}

/** One digit after the point. */
export const ms = (value: number): string => value.toFixed(1);

/** The value below which a share of all stands. */
export function quantile(numbers: readonly number[], q: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}
