/*
 * What a server process says of itself when it is read, as the fan-out's servers do.
 */
import { readingOf } from '../fanout/load/reading.js';

/** Usage so far; with `collect`, after two full collections of garbage. */
export function readServer({ collect }: { collect: boolean }) {
  if (collect) for (let times = 0; times < 2; times++) globalThis.gc?.();
  return { ...readingOf(0), rssBytes: process.memoryUsage.rss() };
}
