/*
 * What the server's machine knows of one connection.
 */
import type { Outbox } from '../group/fanout.js';
import type { Seat } from '../group/seat.js';
import type { ServerSession } from '../session/server-session.js';
import { TokenBucket } from '../token-bucket.js';
import type { ClientDecoder, ServerCodec } from '../wire/codec.js';
import type { ByeCode } from '../wire/frames.js';
import type { ClientInput } from '../wire/saying.js';
import type { ServerLimits } from './limits.js';

/** What the driver tells of a new connection. */
export interface Arrival {
  /** Names the session in events. */
  readonly id: string;
  readonly remote: string;
  /** Whom the limits count it for: an IP address, or the listener. */
  readonly source: string;
  readonly codec: ServerCodec;
}

/** One connection. Only the machine changes it. */
export class Peer<Link> {
  readonly kind = 'peer';
  scheduledAt = Number.POSITIVE_INFINITY;
  seat: Seat<Peer<Link>> | undefined;
  /** Reading is paused: the session or the log has to answer, or the allowance is used up. Liveness is suspended meanwhile. */
  paused = false;
  /** What it said is being taken at this moment. */
  pumping = false;
  /** The allowance is used up. */
  throttled = false;
  /** LEAVE or BYE came while the log still has to answer for messages before it. */
  held: ClientInput | undefined;
  /** The client half-closed. */
  inputEnded = false;
  /** BYE is on its way; with the next flush the connection ends. */
  farewell: ByeCode | 'ended' | undefined;
  /** When all that is queued has to be out, once BYE is on its way. */
  flushBy = Number.POSITIVE_INFINITY;
  /** When the connection is dropped, if it has not ended by then. */
  dropAt = Number.POSITIVE_INFINITY;
  /** False: it was one too many, and is only told so. */
  isAdmitted = true;
  /** The connection is no more. */
  gone = false;
  /** When the client has to be in a group. */
  dialogueUntil: number;
  lastHeard: number;
  pinged = false;
  unsentBytes = 0;
  /** When it is measured how much is unsent; Infinity: when something was sent that does not leave at once. */
  measureAt = Number.POSITIVE_INFINITY;
  sentBytes = 0;
  /** When the connection last took something of what is unsent, and how much it had taken by then. */
  progressAt = 0;
  takenBytes = 0;
  readonly connectedAt: number;
  /** What it may still say; one who comes back to a seat has the seat's. */
  bucket: TokenBucket;
  readonly decoder: ClientDecoder;

  constructor(
    readonly link: Link,
    readonly arrival: Arrival,
    readonly session: ServerSession,
    limits: ServerLimits,
    now: number,
  ) {
    this.connectedAt = now;
    this.lastHeard = now;
    this.dialogueUntil = now + limits.dialogueTimeoutMs;
    this.bucket = new TokenBucket(limits.messagesPerSecond, limits.messageBurst, now);
    this.decoder = arrival.codec.newDecoder(limits);
  }

  /** Set right after construction: the outbox names the peer as its owner. */
  outbox!: Outbox<Peer<Link>>;

  /** Frames can be resumed and pinged, lines of text cannot. */
  get framed(): boolean {
    return this.arrival.codec.name === 'frames';
  }
}
