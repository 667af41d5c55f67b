/*
 * The peers by name, in the order of the table. Each is loaded only where it runs, so that no server carries another's code
 * in its memory.
 */
import type { Peer } from '../peer.js';

const loaders: Readonly<Record<string, () => Promise<{ peer: Peer }>>> = {
  naive: () => import('./naive.js'),
  coalesced: () => import('./coalesced.js'),
  ws: () => import('./ws.js'),
  'socket.io': () => import('./socketio.js'),
  redis: () => import('./redis.js'),
  chatwire: () => import('./chatwire.js'),
  'chatwire-limits': () => import('./chatwire-limits.js'),
  'chatwire-silent': () => import('./chatwire-silent.js'),
};

export const peerNames: readonly string[] = Object.keys(loaders);

/** Loads one peer; an unknown name is an error that lists the known ones. */
export async function loadPeer(name: string): Promise<Peer> {
  const load = loaders[name];
  if (!load) throw new Error(`no peer is called "${name}"; there are: ${peerNames.join(', ')}`);
  return (await load()).peer;
}
