/*
 * How a connection goes: told goodbye and ended when it has read what is queued for it, dropped when it does not end in
 * time or may not stay, and forgotten when it is no more. What then becomes of a member's seat is the membership's affair.
 */
import type { SessionOutput } from '../session/session-requests.js';
import type { TransportErrorCode } from '../transport-error.js';
import type { ByeCode } from '../wire/frames.js';
import type { Intake } from './intake.js';
import type { ServerLimits } from './limits.js';
import type { Membership } from './membership.js';
import type { Outbound } from './outbound.js';
import type { CloseReason } from './output.js';
import type { Peer } from './peer.js';

/** What parting needs of the machine. */
export interface PartingPorts<Link> {
  readonly limits: Pick<ServerLimits, 'partingMs'>;
  readonly outbound: Outbound<Link>;
  readonly intake: Intake<Link>;
  readonly membership: Membership<Link>;
  readonly perform: (peer: Peer<Link>, outputs: readonly SessionOutput[]) => void;
  /** Something changed that may bring the peer's next deadline forward. */
  readonly look: (peer: Peer<Link>) => void;
  /** The connection is no more: nothing counts it any longer. */
  readonly forget: (peer: Peer<Link>) => void;
}

/** The way out, for all clients. */
export class Parting<Link> {
  /** Those that were told goodbye in this turn. */
  readonly #ending = new Set<Peer<Link>>();

  constructor(private readonly ports: PartingPorts<Link>) {}

  /** Whether the end of the turn has connections to end. */
  get pending(): boolean {
    return this.#ending.size > 0;
  }

  /** What is queued goes out with the next flush, then the connection ends. */
  part(peer: Peer<Link>, code: ByeCode | 'ended', now: number): void {
    const { limits, intake, look } = this.ports;
    peer.farewell = code;
    peer.flushBy = now + limits.partingMs;
    this.setDropAt(peer, now);
    this.#ending.add(peer);
    if (peer.paused) intake.setPaused(peer, false, now); // so that the client's own end is seen
    look(peer);
  }

  /** The client has half-closed. A text client's end is a leave; a framed one that goes without BYE is lost, and may come back. */
  partAfterInput(peer: Peer<Link>, now: number): void {
    const { perform, membership } = this.ports;
    if (peer.seat && peer.seat.appending > 0) return;
    if (!peer.framed || !peer.seat) return perform(peer, peer.session.close('exit'));
    membership.lose(peer);
    this.part(peer, 'ended', now);
  }

  /** Who has been told goodbye is dropped when it has read everything and does not end, or has not read it in time. */
  setDropAt(peer: Peer<Link>, now: number): void {
    if (peer.farewell) peer.dropAt = Math.min(peer.flushBy, peer.unsentBytes > 0 ? peer.flushBy : now + this.ports.limits.partingMs);
  }

  /** Ends the connections that were told goodbye; the turn's last chunks are out. */
  endAll(): void {
    for (const { link } of this.#ending) this.ports.outbound.push({ type: 'end', link });
    this.#ending.clear();
  }

  /** Cuts a connection off. */
  drop(peer: Peer<Link>, code: TransportErrorCode, why: CloseReason, reason: string): void {
    this.ports.outbound.push({ type: 'abort', link: peer.link, code, reason });
    this.remove(peer, why);
  }

  /** The connection is no more. */
  remove(peer: Peer<Link>, reason: CloseReason): void {
    if (peer.gone) return;
    const { membership, outbound, forget } = this.ports;
    if (peer.framed && !peer.held) membership.lose(peer);
    else membership.leave(peer);
    peer.gone = true;
    this.#ending.delete(peer);
    forget(peer);
    outbound.tell(() => ({ type: 'closed', session: peer.arrival.id, reason }));
  }
}
