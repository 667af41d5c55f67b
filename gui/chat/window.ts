/*
 * Which part of the transcript is on the page: the end of it, or some place further up where somebody reads. So many rows
 * at most, whatever there is; reading on moves the window by a part of itself.
 */
import { signal } from '@preact/signals';
import type { Entry } from './transcript.js';

/** Rows on the page. */
export const WINDOW_ROWS = 200;
const STEP_ROWS = 80;

/** The window on a transcript. */
export class Window {
  /** The ID of the first entry shown; undefined: the end is shown, and followed. */
  readonly from = signal<number | undefined>(undefined);

  /** The entries that are shown, and how many stand below them. */
  over(entries: readonly Entry[]): { readonly rows: readonly Entry[]; readonly below: number } {
    const { value } = this.from;
    if (value === undefined) return { rows: entries.slice(-WINDOW_ROWS), below: 0 };
    const start = Math.min(this.#indexOf(entries, value), Math.max(0, entries.length - WINDOW_ROWS));
    const rows = entries.slice(start, start + WINDOW_ROWS);
    return { rows, below: entries.length - start - rows.length };
  }

  /** Follows the end. */
  follow(): void {
    this.from.value = undefined;
  }

  /** Stays where it is, whatever comes. */
  stay(entries: readonly Entry[]): void {
    if (this.from.value === undefined) this.from.value = entries[Math.max(0, entries.length - WINDOW_ROWS)]?.id;
  }

  /** Moves towards the beginning (-1) or the end (1); false if it stands there. */
  move(entries: readonly Entry[], direction: -1 | 1): boolean {
    this.stay(entries);
    if (this.from.value === undefined) return false;
    const last = Math.max(0, entries.length - WINDOW_ROWS);
    const start = Math.min(this.#indexOf(entries, this.from.value), last);
    const next = Math.min(Math.max(0, start + direction * STEP_ROWS), last);
    this.from.value = entries[next]?.id;
    return next !== start;
  }

  /** By halves: IDs grow. An entry that is gone stands before all. */
  #indexOf(entries: readonly Entry[], id: number): number {
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((entries[middle] as Entry).id < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
