/*
 * The textbook profile: what the formulas of stop-and-wait, go-back-N and selective repeat assume. A timer of one round
 * trip that never changes, one segment in a datagram, sent as soon as the line is free; nothing doubled, paced, bundled,
 * coalesced or held back for others. docs/udp.md tells what each of them is good for otherwise.
 */
import type { EngineSettings } from './engine/settings.js';
import { SAFE_DATAGRAM_BYTES } from './wire/packets.js';

/** The line that the profile is for. */
export interface TextbookLine {
  /** How long a datagram takes to be put on the line. 0: no time. */
  readonly transmissionMs: number;
  /** How long a bit takes to the other end. */
  readonly propagationMs: number;
  /** What the machines themselves take, beyond the line. Default 0. */
  readonly slackMs?: number;
}

/** The settings for a line. ARQ and window are chosen beside it. */
export function textbook({ transmissionMs, propagationMs, slackMs = 0 }: TextbookLine): Partial<EngineSettings> {
  return {
    congestion: 'none',
    fixedRtoMs: transmissionMs + 2 * propagationMs + slackMs, // 1 + 2a, with the transmission as the unit
    gapMs: transmissionMs,
    pacing: false,
    bundling: false,
    coalescing: false,
    discovery: false, // and with one segment of 1,152 bytes no datagram would be larger
    maxDatagramBytes: SAFE_DATAGRAM_BYTES,
  };
}
