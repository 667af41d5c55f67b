/*
 * How large an element is, so that what is drawn in it keeps the size of its letters.
 */
import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A size in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size of an element, as it changes. */
export function useSize(of: RefObject<Element | null>, first: Size): Size {
  const [size, setSize] = useState(first);
  useEffect(() => {
    const { current } = of;
    if (!current) return;
    const watcher = new ResizeObserver(() => setSize({ width: current.clientWidth, height: current.clientHeight }));
    watcher.observe(current);
    return () => watcher.disconnect();
  }, []);
  return size;
}
