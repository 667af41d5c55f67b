/*
 * The one driver over node:net that TCP and Unix sockets share: a family of sockets in, a transport out.
 */
import type { Transport } from '../../lib/transport.js';
import { dial } from './dial.js';
import type { Family } from './family.js';
import { listen } from './listener.js';

export type { Doing, Sentence, Sentences } from './errors.js';
export type { Family } from './family.js';
export { PORT_SENTENCES } from './port-sentences.js';

/** The transport of a family of stream sockets. */
export function streamTransport(family: Family): Transport {
  return {
    scheme: family.scheme,
    reset: family.reset,
    dial: (address, options) => dial(family, address, options),
    listen: (address, options) => listen(family, address, options),
  };
}
