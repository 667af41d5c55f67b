/*
 * When to dial again after a lost connection: sooner at first, then less and less often, and each client at
 * a time of its own, so that a class does not come back all at once (exponential backoff with jitter; see
 * RFC 8961, section 4, for why both).
 */

/** How a client comes back. Times in ms. */
export interface ReconnectPolicy {
  /** The delay before the first try, about; each further one doubles it. Default 250. */
  readonly firstDelayMs: number;
  /** It never grows beyond this. Default 10,000. */
  readonly maxDelayMs: number;
  /** After this time without a connection the client gives up. Default 120,000. */
  readonly giveUpAfterMs: number;
}

export const DEFAULT_RECONNECT: ReconnectPolicy = { firstDelayMs: 250, maxDelayMs: 10_000, giveUpAfterMs: 120_000 };

/**
 * The delay before a try.
 * @param attempt counts from 1
 * @param atLeastMs what the server has asked for; the jitter comes on top
 * @param random from 0 to 1
 */
export function reconnectDelay(policy: ReconnectPolicy, attempt: number, atLeastMs: number, random: number): number {
  const backoff = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** (attempt - 1));
  return Math.round(atLeastMs + backoff * (0.5 + random / 2));
}
