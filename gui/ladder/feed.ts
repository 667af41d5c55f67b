/*
 * What a server's live trace is for those who look at it, however it comes: fetched, or from the worker that all tabs share.
 */
import type { LiveTaker } from './live-lines.js';

/** How it stands. `none`: the server records none. */
export type FeedState = 'connecting' | 'live' | 'broken' | 'none' | 'refused';

/**
 * Why it is refused: it needs a token, and another one if there was one; it is shown on the server's own machine only; or
 * this browser has no connection left for it.
 */
export type Refusal = 'token' | 'loopback' | 'connections';

/** Takes what comes, and how it stands. */
export interface FeedTaker extends LiveTaker {
  state(state: FeedState, refusal?: Refusal): void;
}

/** Begins to give; the function that it returns ends it. */
export type OpenFeed = (taker: FeedTaker, token: string | undefined) => () => void;
