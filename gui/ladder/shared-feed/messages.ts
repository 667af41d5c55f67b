/*
 * What a tab and the worker that fetches the trace for all tabs say to each other. A tab asks for each piece when it has
 * taken in the one before, so nothing piles up for a tab that the browser has put to sleep.
 */
import type { Place } from '../../../tracer/live/index.js';
import type { FeedState, Refusal } from '../feed.js';

/** How far a tab has come: nothing older than `settledNs` (nanoseconds since the start) comes any more. */
export interface Seen extends Place {
  readonly settledNs: number;
}

/** From a tab. */
export type FromTab =
  | { readonly do: 'open'; readonly token: string | undefined }
  /** The next piece, as soon as there is one. */
  | { readonly do: 'more'; readonly seen: Seen }
  | { readonly do: 'close' };

/** To a tab. */
export type ToTab =
  | { readonly what: 'state'; readonly state: FeedState; readonly refusal: Refusal | undefined }
  /** Lines of the live form; `begins`: of a trace from its header on. */
  | { readonly what: 'piece'; readonly begins: boolean; readonly text: string; readonly seen: Seen };

/** A MessagePort, as far as it is used. */
export interface FeedPort {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: FromTab | ToTab): void;
  close(): void;
}
