/*
 * What a congestion controller is asked and told: how many bytes may be in flight, what arrived and what was lost.
 * It sees no packets and sets no timer. After quinn-proto's Controller.
 */

/** A packet that arrived. */
export interface Acked {
  readonly sentAt: number;
  readonly bytes: number;
  /** Whether the window is what held the sender back. */
  readonly limited: boolean;
  readonly now: number;
  /** The smoothed round trip. */
  readonly rttMs: number;
}

/** Packets that were lost. */
export interface Lost {
  /** When the newest of them was sent. */
  readonly sentAt: number;
  readonly now: number;
  /** Nothing got through for long. */
  readonly persistent: boolean;
}

/** Decides how much may be in flight, for one connection. */
export interface Controller {
  /** Bytes that may be in flight. */
  readonly window: number;
  /** Whether the window still doubles with every round trip. */
  readonly slowStart: boolean;
  /** The slow start threshold, ssthresh, in bytes; Infinity before the first loss. */
  readonly threshold: number;
  /** A packet arrived. */
  onAcked(packet: Acked): void;
  /** Packets were lost. */
  onLost(loss: Lost): void;
  /** Datagrams have another size from now on. */
  onDatagramSize(bytes: number): void;
}
