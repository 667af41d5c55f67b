/*
 * How wide an element is, so that what is drawn in it keeps the size of its letters.
 */
import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** The width of an element in pixels, as it changes. */
export function useWidth(of: RefObject<Element | null>, first: number): number {
  const [width, setWidth] = useState(first);
  useEffect(() => {
    const { current } = of;
    if (!current) return;
    const watcher = new ResizeObserver(() => setWidth(Math.round(current.clientWidth)));
    watcher.observe(current);
    return () => watcher.disconnect();
  }, []);
  return width;
}
