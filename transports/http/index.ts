/*
 * HTTP: `http://HOST:PORT`, for browsers and for networks that let nothing else through. A connection is a session that
 * outlives the requests that carry it: POSTs up, one long GET down, both resumed where they broke. In Node it dials and
 * listens; a page imports browser.ts.
 */
import type { Transport } from '../../lib/transport.js';
import { clock as nodeClock } from '../host/clock.js';
import { dial } from './client/dial.js';
import { Downlink } from './client/downlink.js';
import { nodePort } from './client/node-port.js';
import { listen } from './server/listen.js';
import { type HttpOptions, withDefaults } from './server/options.js';

export { SECURITY_HEADERS, secure } from './server/guard.js';
export type { HttpOptions } from './server/options.js';

/** Makes the transport with limits of one's own, or with pages beside it. */
export function httpTransport(options: HttpOptions = {}): Transport {
  const settings = withDefaults(options);
  return {
    scheme: 'http',
    reset: 'signalled',
    dial: (asked, { signal, tap, clock = nodeClock } = {}) =>
      dial(asked, { ...(signal && { signal }), tap, clock }, (origin) => {
        const port = nodePort();
        const ground = { port, clock, settings, origin };
        return { ground, downlink: new Downlink(ground), released: () => port.close() };
      }),
    listen: (asked, listenOptions = {}) => listen(asked, listenOptions, settings),
  };
}

/** The HTTP transport. A peer sees an abort as a reset. */
export const http: Transport = httpTransport();
