/*
 * The browser as the machine beneath lib/client, and where the server is: where the page came from.
 */
import type { Host } from '../../lib/host.js';
import { browserClock, http } from '../../transports/http/browser.js';

/** This browser. It hashes no passwords, since it is no server. */
export const browser: Host = {
  clock: browserClock,
  randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  transports: [http],
};

/** The server that handed out this page. */
export const home = `http://${location.hostname}:${location.port || '80'}`;
