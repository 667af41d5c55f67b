/*
 * The script of the SharedWorker that carries the streams of all tabs of one browser: `new SharedWorker` loads it, and
 * sharedHttp (browser.ts) is given its URL by whoever bundles the page.
 */
import { browserClock } from '../host/browser-clock.js';
import { fetchPort } from './client/fetch-port.js';
import { CLIENT_SETTINGS } from './client/settings.js';
import type { TabPort } from './shared/messages.js';
import { tabDesk } from './shared/worker-side.js';

const take = tabDesk((origin) => ({ port: fetchPort, clock: browserClock, settings: CLIENT_SETTINGS, origin }));

/** Takes in the tabs that connect; it is set as the worker's own handler, too. */
export const onconnect = ({ ports }: { readonly ports: readonly TabPort[] }): void => {
  for (const port of ports) take(port);
};

(globalThis as { onconnect?: unknown }).onconnect = onconnect;
