/*
 * A connection at one moment, as somebody sees it who draws it: windows, congestion and timers at both of its sides.
 * Only for looking at; nothing in the engine reads it.
 */
import type { TimerName } from './timers.js';

/** What is being sent. Segments by number, times in milliseconds, windows in bytes. */
export interface SenderSnapshot {
  /** The oldest segment that is not acknowledged. */
  readonly base: number;
  /** The next new segment. */
  readonly next: number;
  /** Segments that were sent and are not acknowledged, ascending. */
  readonly unacked: readonly number[];
  /** Segments before this one may be sent, by the peer's credit. */
  readonly credit: number;
  /** The ARQ's window, in segments; Infinity if it has none. */
  readonly arqWindow: number;
  /** The congestion window. */
  readonly cwnd: number;
  readonly ssthresh: number;
  readonly slowStart: boolean;
  readonly inFlight: number;
  readonly srttMs: number;
  readonly rttvarMs: number;
  /** How long an ACK is waited for, doublings included. */
  readonly rtoMs: number;
}

/** What has arrived. */
export interface ReceiverSnapshot {
  /** Every segment before this one has arrived. */
  readonly next: number;
  /** Segments beyond it that are kept, ascending. */
  readonly early: readonly number[];
}

/** One end of a connection at one moment. */
export interface Snapshot {
  readonly sender: SenderSnapshot;
  readonly receiver: ReceiverSnapshot;
  /** The timers that run, and when each is over. */
  readonly timers: Readonly<Partial<Record<TimerName, number>>>;
}
