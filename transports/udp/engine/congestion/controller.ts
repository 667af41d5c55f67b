/*
 * What a congestion controller is asked and told: how many bytes may be in flight, what arrived and what was lost.
 * It sees no packets and sets no timer. After quinn-proto's Controller.
 */

/** Decides how much may be in flight, for one connection. */
export interface Controller {
  /** Bytes that may be in flight. */
  readonly window: number;
  /** Whether the window still doubles with every round trip. */
  readonly slowStart: boolean;
  /** A packet arrived. `limited`: the window is what held the sender back. */
  onAcked(packet: { readonly sentAt: number; readonly bytes: number; readonly limited: boolean }): void;
  /** Packets were lost, the newest of them sent at that time. `persistent`: nothing got through for long. */
  onLost(loss: { readonly sentAt: number; readonly now: number; readonly persistent: boolean }): void;
}
