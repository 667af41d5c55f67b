/*
 * The server's live trace as this tab gets it: from the worker that fetches it once for all tabs of the browser; where the
 * browser has no such workers, by a GET of its own, which counts among the streams of the chat's tabs.
 */
import { takeStream } from '../../transports/http/shared/tab-limit.js';
import { home } from '../home.js';
import type { FeedTaker, OpenFeed } from './feed.js';
import { fetchedFeed } from './fetched-feed.js';
import { type FeedPort, tabFeed } from './shared-feed/tab-side.js';
import workerUrl from './shared-feed/worker.js?sharedworker&url';

/** Begins to give; the function that it gives ends it. */
export const liveFeed: OpenFeed = (taker, token) => {
  let close = () => {};
  const open = () => {
    const worker = startedWorker();
    if (!worker) {
      close = ownFeed(taker, token);
      return;
    }
    const shared = tabFeed(worker.port as FeedPort)(taker, token);
    worker.onerror = () => {
      shared();
      close = ownFeed(taker, token);
    };
    close = () => {
      worker.onerror = null;
      shared();
    };
  };
  const leave = () => close();
  const comeBack = ({ persisted }: PageTransitionEvent) => persisted && open();
  addEventListener('pagehide', leave);
  addEventListener('pageshow', comeBack);
  open();
  return () => {
    removeEventListener('pagehide', leave);
    removeEventListener('pageshow', comeBack);
    close();
  };
};

/** The worker, if the browser has such and allows it here. */
function startedWorker(): SharedWorker | undefined {
  try {
    return new SharedWorker(workerUrl, { type: 'module', name: 'chatwire ladder' });
  } catch {
    return undefined;
  }
}

function ownFeed(taker: FeedTaker, token: string | undefined): () => void {
  let close: (() => void) | undefined;
  let isClosed = false;
  const begin = (release: () => void) => {
    if (isClosed) return release();
    const end = fetchedFeed(taker, token);
    close = () => {
      end();
      release();
    };
  };
  void takeStream(home).then(begin, () => taker.state('refused', 'connections'));
  return () => {
    isClosed = true;
    close?.();
  };
}
