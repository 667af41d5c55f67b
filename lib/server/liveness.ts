/*
 * When a connection needs looking at, and what is due then. Two pure functions over what is known of a peer.
 */
import type { ServerLimits } from './limits.js';
import type { Peer } from './peer.js';

/** How often a connection with something unsent is measured, ms. */
export const MEASURE_EVERY_MS = 1_000;

/** What time has brought. */
export type Due =
  | 'overdue' // it was told goodbye and has not ended since
  | 'allowed' // it may speak again
  | 'too slow' // it is not in a group yet
  | 'dead' // nothing was heard of it for too long
  | 'silent' // it wants a ping
  | 'unsent'; // something waits for it: measure how much, and whether it moves

/** When a peer is to be looked at next; Infinity: not for the sake of time. */
export function nextLook<Link>(peer: Peer<Link>, limits: ServerLimits): number {
  if (peer.farewell) return Math.min(peer.dropAt, peer.measureAt);
  let at = peer.measureAt;
  if (peer.throttled) at = Math.min(at, peer.bucket.nextAt);
  if (peer.session.state !== 'chatting') at = Math.min(at, dialogueUntil(peer, limits));
  else if (isWatched(peer)) at = Math.min(at, peer.lastHeard + (peer.pinged ? limits.deadAfterMs : limits.pingAfterMs));
  return at;
}

/** What is due for a peer. */
export function whatIsDue<Link>(peer: Peer<Link>, limits: ServerLimits, now: number): Due[] {
  if (peer.farewell && now >= peer.dropAt) return ['overdue'];
  const due: Due[] = now >= peer.measureAt ? ['unsent'] : [];
  if (peer.farewell) return due;
  if (peer.throttled && peer.bucket.has(now)) due.push('allowed');
  if (peer.session.state !== 'chatting') {
    if (now >= dialogueUntil(peer, limits)) due.push('too slow');
  } else if (isWatched(peer)) {
    if (now >= peer.lastHeard + limits.deadAfterMs) return ['dead'];
    if (!peer.pinged && now >= peer.lastHeard + limits.pingAfterMs) due.push('silent');
  }
  return due;
}

/** A line of text cannot be pinged, and of a paused connection nothing can be heard. */
function isWatched<Link>(peer: Peer<Link>): boolean {
  return peer.framed && !peer.paused;
}

function dialogueUntil<Link>(peer: Peer<Link>, limits: ServerLimits): number {
  return peer.session.state === 'greeting' ? peer.connectedAt + limits.helloTimeoutMs : peer.dialogueUntil;
}
