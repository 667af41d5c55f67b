/*
 * The work of both ends, the same for every peer: the server pours, or cuts what comes into messages and sends each one back; the
 * load counts bytes, or keeps a number of messages under way and counts those that are back.
 */
import { type Attach, type Line, type LineUser, messageBytes } from './peer.js';

/** The server's end in bulk: as much as the line takes. */
export function pour(chunkBytes: number): Attach {
  const chunk = Buffer.alloc(chunkBytes, 'x');
  return (line) => {
    const ready = () => {
      while (line.send(chunk));
    };
    setImmediate(ready);
    return { received: () => undefined, ready };
  };
}

/** The server's end in echo and ping. */
export function echo(): Attach {
  return (line) => {
    const messages = cutter((message) => line.send(message));
    return { received: messages, ready: () => undefined };
  };
}

/** What the load has counted. */
export interface Tally {
  /** Bytes in bulk, else messages that came back. */
  delivered: number;
  /** Times that messages were said anew because nothing came back any more. */
  stalls: number;
}

/** The load's end in bulk. */
export function swallow(tally: Tally): Attach {
  return () => ({
    received(bytes) {
      tally.delivered += bytes.length;
    },
    ready: () => undefined,
  });
}

const stallMs = 200;

/** The load's end in echo and ping: so many messages are under way. */
export function keepUnderWay(tally: Tally, messages: number, forgets: boolean): Attach {
  return (line: Line): LineUser => {
    const say = (count: number) => {
      for (let left = count; left > 0; left--) line.send(Buffer.alloc(messageBytes, 'x'));
    };
    let rest = 0;
    setImmediate(() => say(messages));
    if (forgets) onStandstill(tally, () => say(messages));
    return {
      received(bytes) {
        rest += bytes.length;
        const back = Math.floor(rest / messageBytes);
        rest -= back * messageBytes;
        tally.delivered += back;
        say(back);
      },
      ready: () => undefined,
    };
  };
}

function onStandstill(tally: Tally, act: () => void): void {
  let before = -1;
  setInterval(() => {
    if (tally.delivered === before) {
      tally.stalls++;
      act();
    }
    before = tally.delivered;
  }, stallMs);
}

/** Cuts chunks into messages; what is left over waits for the next chunk. */
function cutter(onMessage: (message: Uint8Array) => void): (chunk: Uint8Array) => void {
  let rest: Uint8Array = Buffer.alloc(0);
  return (chunk) => {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const whole = bytes.length - (bytes.length % messageBytes);
    for (let at = 0; at < whole; at += messageBytes) onMessage(bytes.subarray(at, at + messageBytes));
    rest = bytes.subarray(whole);
  };
}
