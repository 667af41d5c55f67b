/*
 * The page's keys. They are nobody's while somebody types, and the space bar is a button's while one has the focus.
 */
import { isTyped } from '../design/typing.js';
import { handle } from './hand.js';
import { back, restart, selected, shift, step, toggle } from './state.js';

const KEYS: Readonly<Record<string, () => void>> = {
  ' ': toggle,
  '.': step,
  n: step,
  ',': back,
  b: back,
  Home: restart,
  '+': () => shift(1),
  '-': () => shift(-1),
  k: () => handle('kill', selected.peek()),
  d: () => handle('delay', selected.peek()),
  c: () => handle('copy', selected.peek()),
};

/** Begins to listen. */
export function startKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || isTyped(event)) return;
    const { target } = event;
    const isPressing = event.key === ' ' && target instanceof Element && target.closest('button, summary, a, input') !== null;
    const does = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (isPressing || !does) return;
    event.preventDefault();
    does();
  });
}
