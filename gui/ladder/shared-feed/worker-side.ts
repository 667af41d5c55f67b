/*
 * One stream of the trace for all tabs of a browser, in a SharedWorker. What has come is kept as the server keeps it, so
 * that a tab that is opened later gets the past, too, without another request.
 */
import { KeptTrace } from '../../../tracer/live/index.js';
import type { FeedState, FeedTaker, OpenFeed, Refusal } from '../feed.js';
import type { FeedPort, FromTab, Seen, ToTab } from './messages.js';

/** Takes tabs in; returns what to call with each one's port. `open` fetches a trace. */
export function feedDesk(open: OpenFeed): (port: FeedPort) => void {
  /** By token: with a wrong one there is another answer than with the right one. */
  const feeds = new Map<string | undefined, SharedFeed>();

  const feedFor = (token: string | undefined): SharedFeed => {
    const feed = feeds.get(token) ?? new SharedFeed((taker) => open(taker, token));
    feeds.set(token, feed);
    return feed;
  };
  return (port) => {
    let own: { readonly token: string | undefined; readonly feed: SharedFeed } | undefined;
    port.onmessage = ({ data }) => {
      const message = data as FromTab;
      if (message.do === 'open') {
        own = { token: message.token, feed: feedFor(message.token) };
        own.feed.add(port);
      } else if (message.do === 'more') own?.feed.asked(port, message.seen);
      else if (own?.feed.remove(port)) feeds.delete(own.token);
    };
  };
}

/** The trace that one token opens, and the tabs that look at it. */
class SharedFeed {
  readonly #open: (taker: FeedTaker) => () => void;
  readonly #tabs = new Set<FeedPort>();
  /** Those who have all that there is, and how far that was. */
  readonly #waiting = new Map<FeedPort, Seen>();
  #trace: KeptTrace | undefined;
  #state: { readonly state: FeedState; readonly refusal: Refusal | undefined } | undefined;
  #close: () => void = () => {};
  #isDue = false;

  constructor(open: (taker: FeedTaker) => () => void) {
    this.#open = open;
  }

  add(port: FeedPort): void {
    this.#tabs.add(port);
    const state = this.#state?.state;
    // what the server did not give then, it may give now
    if (state === undefined || state === 'none' || state === 'refused') this.#begin();
    else tell(port, { what: 'state', ...(this.#state as { state: FeedState; refusal: Refusal | undefined }) });
  }

  asked(port: FeedPort, seen: Seen): void {
    if (this.#tabs.has(port)) this.#serve(port, seen);
  }

  /** True if that was the last one. */
  remove(port: FeedPort): boolean {
    this.#tabs.delete(port);
    this.#waiting.delete(port);
    if (this.#tabs.size > 0) return false;
    this.#close();
    return true;
  }

  #begin(): void {
    this.#close();
    this.#close = this.#open({
      header: (header) => {
        this.#trace = new KeptTrace(header);
        this.#changed();
      },
      event: (event) => {
        this.#trace?.event(event);
        this.#changed();
      },
      settle: (atNs) => {
        this.#trace?.settle(atNs);
        this.#changed();
      },
      state: (state, refusal) => {
        this.#state = { state, refusal };
        if (state === 'none' || state === 'refused') this.#trace = undefined;
        for (const port of this.#tabs) tell(port, { what: 'state', state, refusal });
      },
    });
  }

  /** Tabs are given what is new when all of a piece that has come is taken in. */
  #changed(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      for (const [port, seen] of [...this.#waiting]) this.#serve(port, seen);
    });
  }

  #serve(port: FeedPort, seen: Seen): void {
    this.#waiting.set(port, seen);
    const trace = this.#trace;
    if (!trace) return;
    const begins = seen.run !== trace.run;
    const head = begins ? trace.begin(seen, true) : { text: '', next: seen.next };
    const { text, next } = trace.more(head.next, true);
    const hasAll = next === trace.next;
    const settledNs = hasAll ? trace.settledNs : begins ? 0 : seen.settledNs;
    if (!begins && next === seen.next && settledNs === seen.settledNs) return;
    this.#waiting.delete(port);
    tell(port, {
      ...{ what: 'piece', begins, seen: { run: trace.run, next, settledNs } },
      text: head.text + text + (hasAll ? trace.mark(next) : ''),
    });
  }
}

function tell(port: FeedPort, message: ToTab): void {
  port.postMessage(message);
}
