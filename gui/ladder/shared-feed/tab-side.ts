/*
 * A tab's side of the trace that all tabs share.
 */
import type { OpenFeed } from '../feed.js';
import { liveLines } from '../live-lines.js';
import type { FeedPort, FromTab, ToTab } from './messages.js';

export type { FeedPort } from './messages.js';

/** The trace from the worker behind a port. */
export function tabFeed(port: FeedPort): OpenFeed {
  const say = (message: FromTab) => port.postMessage(message);
  return (taker, token) => {
    let lines = liveLines(taker);
    port.onmessage = ({ data }) => {
      const message = data as ToTab;
      if (message.what === 'state') return taker.state(message.state, message.refusal);
      if (message.begins) lines = liveLines(taker);
      lines.push(message.text);
      say({ do: 'more', seen: message.seen });
    };
    say({ do: 'open', token });
    say({ do: 'more', seen: { run: '', next: 0, settledNs: 0 } });
    return () => {
      port.onmessage = null;
      say({ do: 'close' });
      port.close();
    };
  };
}
