/*
 * The lab's measurement of the settings that are shown, as `chatwire lab` makes it, a little at a time beside the picture.
 */
import { effect, signal } from '@preact/signals';
import { measuring, utilisation } from '../../lab/index.js';
import { cell, settings } from './state.js';

/** How many packets are counted. */
export const PACKETS = 5000;
/** So long it waits for the next change before it begins, and so long it keeps the thread at a time. */
const PATIENCE_MS = 300;
const SLICE_MS = 6;

/** How far the measurement is, or what it came to. */
export type Measured = { readonly theory: number } & ({ readonly done: number } | { readonly measured: number });

/** The measurement of the settings; nothing where no formula holds. */
export const measured = signal<Measured | undefined>(undefined);

/** Begins to measure whatever is set. */
export function startMeasuring(): void {
  effect(() => {
    const of = cell.value;
    const { seed } = settings.value;
    if (!of) {
      measured.value = undefined;
      return;
    }
    const theory = utilisation(of);
    measured.value = { theory, done: 0 };
    const steps = measuring(of, { packets: PACKETS, seed });
    let timer = setTimeout(go, PATIENCE_MS);
    function go(): void {
      const until = performance.now() + SLICE_MS;
      for (let next = steps.next(); ; next = steps.next()) {
        if (next.done) {
          measured.value = { theory, measured: next.value.measured };
          return;
        }
        if (performance.now() < until) continue;
        measured.value = { theory, done: next.value };
        timer = setTimeout(go, 2 * SLICE_MS); // the picture goes first
        return;
      }
    }
    return () => clearTimeout(timer);
  });
}
