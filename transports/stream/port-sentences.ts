/*
 * What to say when a port cannot be listened at: the same for every transport that has ports, TCP and UDP.
 */
import { type Address, parseHostPort } from '../../lib/transport.js';
import type { Sentences } from './errors.js';

/** The sentences of a transport whose addresses have ports. */
export const PORT_SENTENCES: Sentences = {
  dial: {},
  listen: {
    EACCES: ['unreachable', (at) => `Not permitted to listen at ${at}: ${whyNotPermitted(at)}.`],
    EADDRINUSE: [
      'address-in-use',
      (at) => `Somebody listens at ${at} already: stop that program, or choose another port (port 0 takes a free one).`,
    ],
  },
  talk: {},
};

function whyNotPermitted(address: Address): string {
  return parseHostPort(address).port < 1024 ? 'ports below 1024 need root; choose a higher one' : 'choose another port';
}
