/*
 * What a connection counts of itself, as one object that is made when somebody asks.
 */

/** Counts that only grow. */
export interface Counters {
  datagramsSent: number;
  datagramsReceived: number;
  bytesSent: number;
  bytesReceived: number;
  /** Segments sent for the first time. */
  segmentsSent: number;
  /** Segments sent again because they were lost or a probe needed them. */
  retransmitted: number;
  /** Segments sent along with a later one, before anybody knew whether they were lost. */
  bundled: number;
  /** Packets that were taken for lost and had arrived. */
  spurious: number;
  /** Packets that were taken for lost. */
  lost: number;
  /** Times that no ACK came in time. */
  timeouts: number;
  /** Segments that arrived more than once. */
  duplicates: number;
  /** Packets that only asked whether a larger datagram gets through. */
  sizeProbes: number;
  /** How often larger datagrams no longer got through. */
  blackHoles: number;
}

/** A connection's counts and state at one moment. */
export interface UdpStats extends Readonly<Counters> {
  /** Smoothed round trip, in milliseconds. */
  readonly srttMs: number;
  /** Its variation, in milliseconds. */
  readonly rttvarMs: number;
  /** How large a datagram may be now. */
  readonly datagramBytes: number;
  /** Bytes that may be in flight. */
  readonly windowBytes: number;
  /** Bytes that are. */
  readonly inFlightBytes: number;
  /** Segments that the peer would still take. */
  readonly creditSegments: number;
}

/** Counts at the beginning. */
export function zero(): Counters {
  return {
    datagramsSent: 0,
    datagramsReceived: 0,
    bytesSent: 0,
    bytesReceived: 0,
    segmentsSent: 0,
    retransmitted: 0,
    bundled: 0,
    spurious: 0,
    lost: 0,
    timeouts: 0,
    duplicates: 0,
    sizeProbes: 0,
    blackHoles: 0,
  };
}
