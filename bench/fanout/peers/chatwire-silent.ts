/*
 * Chatwire when nobody is told who comes and goes: what the other peers do, too. The difference to chatwire is
 * what PRESENCE costs a join, a write to each member who is there already.
 */
import type { Peer } from '../peer.js';
import { serveChatwire, wire } from './chatwire.js';

export const peer: Peer = {
  note: 'chatwire that tells nobody who comes and goes (presenceUpTo: 0), as the other peers do not',
  serve: (groupCount) => serveChatwire(groupCount, { limits: { presenceUpTo: 0 } }),
  wire,
};
