/*
 * The browser as the machine beneath lib/client.
 */
import type { Host } from '../../lib/host.js';
import { browserClock, sharedHttp } from '../../transports/http/browser.js';
import workerUrl from '../../transports/http/shared-worker.js?sharedworker&url';

/** This browser. It hashes no passwords, since it is no server. */
export const browser: Host = {
  clock: browserClock,
  randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  // all tabs share one stream, since a browser has six connections for a server and each stream keeps one
  transports: [sharedHttp(workerUrl)],
};
