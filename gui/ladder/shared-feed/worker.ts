/*
 * The script of the SharedWorker that fetches the server's live trace once for all tabs of one browser.
 */
import { fetchedFeed } from '../fetched-feed.js';
import type { FeedPort } from './messages.js';
import { feedDesk } from './worker-side.js';

const take = feedDesk(fetchedFeed);

(globalThis as { onconnect?: unknown }).onconnect = ({ ports }: { readonly ports: readonly FeedPort[] }): void => {
  for (const port of ports) take(port);
};
