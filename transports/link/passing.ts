/*
 * A datagram in the air: somebody may hold it, and says what becomes of it. The proxy between real sockets (tracer/proxy)
 * and the network in virtual time (transports/virtual) hand out such datagrams; tracer/proxy/holder.ts holds them.
 */
import type { LinkSide } from './faults.js';
import type { Fate } from './line.js';

/** A packet on its way through, and what may be done with it. */
export interface Passing {
  /** Whose it is. */
  readonly from: LinkSide;
  readonly datagram: Uint8Array;
  /** When it came. */
  readonly atMs: number;
  /** It goes on; says what the network behind does to it, if it does something. */
  pass(): Fate | undefined;
  /** It goes on, and a copy of it as well. */
  twice(): void;
  /** It is lost. */
  drop(): void;
}
