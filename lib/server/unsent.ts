/*
 * Watches what members have not read yet. One who does not read must cost the others nothing: it is cut off
 * when too much waits for it, when nothing moves for too long, or when it is the largest of too much in all.
 */
import type { ServerLimits } from './limits.js';
import type { Peer } from './peer.js';

/** The unsent bytes of all connections. */
export class Unsent<Link> {
  readonly #waiting = new Set<Peer<Link>>();
  #totalBytes = 0;

  constructor(private readonly limits: ServerLimits) {}

  /** What a connection has not sent yet; a peer that must be cut off comes back. */
  update(peer: Peer<Link>, bufferedBytes: number, now: number): Peer<Link> | undefined {
    const taken = peer.sentBytes - bufferedBytes;
    if (taken > peer.takenBytes || peer.unsentBytes === 0) peer.progressAt = now;
    peer.takenBytes = taken;
    this.#set(peer, bufferedBytes);
    if (bufferedBytes > this.limits.maxUnsentBytes || now >= this.stalledAt(peer)) return peer;
    return this.#totalBytes > this.limits.maxTotalUnsentBytes ? this.#largest() : undefined;
  }

  forget(peer: Peer<Link>): void {
    this.#set(peer, 0);
  }

  /** When the peer counts as stalled, if nothing moves. */
  stalledAt(peer: Peer<Link>): number {
    if (peer.unsentBytes <= this.limits.stalledUnsentBytes) return Number.POSITIVE_INFINITY;
    return peer.progressAt + this.limits.stalledAfterMs;
  }

  #set(peer: Peer<Link>, bytes: number): void {
    this.#totalBytes += bytes - peer.unsentBytes;
    peer.unsentBytes = bytes;
    if (bytes > 0) this.#waiting.add(peer);
    else this.#waiting.delete(peer);
  }

  #largest(): Peer<Link> | undefined {
    let largest: Peer<Link> | undefined;
    for (const peer of this.#waiting) if (!largest || peer.unsentBytes > largest.unsentBytes) largest = peer;
    return largest;
  }
}
