/*
 * The settings of a run as the engine and the link want them.
 */
import { type Faults, NO_FAULTS } from '../../transports/link/index.js';
import { DEFAULTS, type EngineSettings } from '../../transports/udp/engine/settings.js';
import { textbook } from '../../transports/udp/textbook.js';
import { DATA_OVERHEAD } from '../../transports/udp/wire/encode.js';
import { SAFE_DATAGRAM_BYTES, SEGMENT_BYTES, SMALLEST_BYTES } from '../../transports/udp/wire/packets.js';
import { onGrain } from '../grain.js';
import type { Cell } from '../grid.js';
import { LAB_ARQ } from '../grid.js';
import type { RunSettings } from './settings.js';

/** Longer than any run: nothing but the protocol's own rules shall end it. */
const FOREVER_MS = 2 ** 31;
/** Where the ARQ has a window, the receiver's credit shall not be a second one. */
const ENOUGH_SEGMENTS = 2 ** 24;

/** A packet with one full segment and nothing else. */
const FULL_BYTES = SEGMENT_BYTES + DATA_OVERHEAD + SMALLEST_BYTES;

/** How long the line takes for a full packet, in milliseconds. The textbook's packets are all of one size. */
export function transmissionMs({ kbit, profile }: Pick<RunSettings, 'kbit' | 'profile'>): number {
  return onGrain(((profile === 'textbook' ? SAFE_DATAGRAM_BYTES : FULL_BYTES) * 8) / kbit);
}

/** A round trip of a full packet and its ACK, in milliseconds, when nothing waits. */
export function roundTripMs(settings: RunSettings): number {
  return transmissionMs(settings) + 2 * settings.delayMs;
}

/** The engine's settings. */
export function engineOf(settings: RunSettings): EngineSettings {
  const { arq, congestion, window, counts, profile, delayMs } = settings;
  return {
    ...DEFAULTS,
    ...(profile === 'textbook' && textbook({ transmissionMs: transmissionMs(settings), propagationMs: onGrain(delayMs) })),
    arq,
    congestion,
    arqWindowSegments: window,
    arqWindowCounts: counts,
    creditSegments: arq === 'sack' ? window : ENOUGH_SEGMENTS,
    idleTimeoutMs: FOREVER_MS,
    dialTimeoutMs: FOREVER_MS,
    cookieLifetimeMs: FOREVER_MS,
    keepAliveMs: 0,
  };
}

/** What the network does, there and back. */
export function faultsOf(settings: RunSettings): { readonly there: Faults; readonly back: Faults } {
  const { seed, loss, ackLoss, delayMs, jitterMs, reorder, kbit, queueKb, profile } = settings;
  const both: Faults = { ...NO_FAULTS, seed, jitterMs, reorder };
  if (profile === 'textbook') {
    // The sender's own gap is the line; ACKs take no time on it. As lab/experiment.ts.
    const propagationMs = onGrain(delayMs);
    return {
      there: { ...both, loss, delayMs: transmissionMs(settings) + propagationMs },
      back: { ...both, loss: ackLoss, delayMs: propagationMs },
    };
  }
  const line = { ...both, delayMs, bitsPerSecond: kbit * 1000, queueBytes: queueKb * 1000 };
  return { there: { ...line, loss }, back: { ...line, loss: ackLoss } };
}

/** The experiment that a formula speaks of with these settings; nothing if there is no formula for them. */
export function cellOf(settings: RunSettings): Cell | undefined {
  const { arq: name, congestion, profile, counts, window, loss, ackLoss, jitterMs, reorder, everyMs } = settings;
  const arq = LAB_ARQ.find((one) => one === name);
  const isTextbook = profile === 'textbook' && congestion === 'none' && ackLoss === 0 && jitterMs === 0 && reorder === 0 && everyMs === 0;
  if (!arq || !isTextbook) return undefined;
  return { arq, loss, a: settings.delayMs / transmissionMs(settings), window: arq === 'stop-and-wait' ? 1 : window, counts };
}
