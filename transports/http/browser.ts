/*
 * HTTP in a browser: dials, and that is all. All connections of a page to one server come down by one GET, since a
 * browser has six sockets for a server and each GET keeps one.
 */
import type { Transport } from '../../lib/transport.js';
import { browserClock } from '../host/browser-clock.js';
import { dial, type Way } from './client/dial.js';
import { Downlink } from './client/downlink.js';
import { fetchPort } from './client/fetch-port.js';
import { CLIENT_SETTINGS, type Ground } from './client/settings.js';

export { browserClock } from '../host/browser-clock.js';

const ways = new Map<string, Way>();

/** The HTTP transport of a page: `http://HOST:PORT`, which must be the page's own origin. */
export const http: Transport = {
  scheme: 'http',
  reset: 'signalled',
  dial: (asked, { signal, tap, clock = browserClock } = {}) => dial(asked, { ...(signal && { signal }), tap, clock }, wayTo),
};

function wayTo(origin: string): Way {
  const known = ways.get(origin);
  if (known) return known;
  const ground: Ground = { port: fetchPort, clock: browserClock, settings: CLIENT_SETTINGS, origin };
  const way: Way = { ground, downlink: new Downlink(ground), released: () => undefined };
  ways.set(origin, way);
  return way;
}
