/*
 * A transport whose first connection breaks after so many frames, counted over both directions; later ones
 * are whole. What was not yet counted is lost, as with a real cable.
 */
import { Observable } from 'rxjs';
import type { Connection, Transport } from '../../../lib/transport.js';
import { HEADER_BYTES } from '../../../lib/wire/index.js';

/** How a connection breaks: as a reset, or as an end that no BYE has announced. */
export type Break = 'reset' | 'end';

/** Wraps a transport. `wasCut` tells whether the quota was reached. */
export function cuttingTransport(inner: Transport, frames: number, how: Break): Transport & { readonly wasCut: boolean } {
  let first = true;
  let left = frames;
  let cut = false;
  return {
    scheme: inner.scheme,
    reset: inner.reset,
    get wasCut() {
      return cut;
    },
    async dial(address, options) {
      const connection = await inner.dial(address, options);
      if (!first) return connection;
      first = false;
      return breakable(connection, () => {
        left--;
        if (left > 0) return false;
        cut = true;
        if (how === 'reset') connection.abort();
        else void connection.end();
        return true;
      });
    },
  };
}

/** `spend` is called for every frame before it passes; true: the connection is broken now, and the frame is lost. */
function breakable(connection: Connection, spend: () => boolean): Connection {
  let broken = false;
  const pass = (chunk: Uint8Array, forward: (frame: Uint8Array) => void) => {
    for (const frame of framesOf(chunk)) {
      if (broken) return;
      broken = spend();
      if (!broken) forward(frame);
    }
  };
  const received$ = new Observable<Uint8Array>((subscriber) =>
    connection.received$.subscribe({
      next: (chunk) => pass(chunk, (frame) => subscriber.next(frame)),
      complete: () => subscriber.complete(),
      error: (error) => subscriber.error(error),
    }),
  );
  return new Proxy(connection, {
    get(target, property) {
      if (property === 'received$') return received$;
      if (property === 'send') {
        return (chunk: Uint8Array) => {
          pass(chunk, (frame) => target.send(frame));
          return true;
        };
      }
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** The frames of a chunk. The memory transport keeps chunks whole, so none is cut in the middle. */
function* framesOf(chunk: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < chunk.length; ) {
    const end = at + HEADER_BYTES + (((chunk[at + 2] as number) << 8) | (chunk[at + 3] as number));
    yield chunk.subarray(at, end);
    at = end;
  }
}
