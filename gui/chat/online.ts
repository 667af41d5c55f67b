/*
 * Whether this device has a network at all, as far as the browser knows.
 */
import { signal } from '@preact/signals';

/** False: certainly none. */
export const isOnline = signal(navigator.onLine);

for (const name of ['online', 'offline']) {
  addEventListener(name, () => {
    isOnline.value = navigator.onLine;
  });
}
