/*
 * Chatwire with the limits that it has out of the box, for the abuse benchmark, and with its plain-text door: only what its
 * load itself would hit is lifted, messages per second and connections of one address.
 */
import { DEFAULT_LIMITS } from '../../../lib/index.js';
import type { Peer } from '../peer.js';
import { serveChatwire, wire } from './chatwire.js';

const { helloTimeoutMs, dialogueTimeoutMs } = DEFAULT_LIMITS;

export const peer: Peer = {
  note: 'chatwire with its default limits, but for messages per second and connections of one address',
  serve: (groupCount) => serveChatwire(groupCount, { linesAt: 'text+tcp://127.0.0.1:0', limits: { helloTimeoutMs, dialogueTimeoutMs } }),
  wire,
};
