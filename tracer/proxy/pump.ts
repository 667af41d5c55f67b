/*
 * Carries bytes between two connections, both ways, and changes nothing: who reads slowly slows the other end's sender
 * down, a half-close is passed on as a half-close and an abort as an abort. It keeps no bytes of its own.
 */
import { type Connection, TransportError } from '../../lib/transport.js';

/** Joins two connections; what happens to one happens to the other. */
export function join(one: Connection, other: Connection): void {
  pour(one, other);
  pour(other, one);
}

function pour(from: Connection, to: Connection): void {
  const breakOff = (error: unknown) => {
    const why = error instanceof Error ? error.message : 'it broke';
    to.abort(new TransportError('aborted', `Dropped, because the other leg was: ${why}`, { cause: error }));
  };
  from.received$.subscribe({
    next(chunk) {
      if (!sent(to, chunk)) from.pause();
    },
    complete: () => void to.end(),
    error: breakOff,
  });
  to.drained$.subscribe(() => from.resume());
  void from.closed.then(({ error }) => error && breakOff(error)); // once the other side has ended, received$ cannot tell
}

/** Sends; false: it is full. What comes for a connection that is just breaking goes nowhere, as in any network. */
function sent(to: Connection, chunk: Uint8Array): boolean {
  try {
    return to.send(chunk);
  } catch (error) {
    if (error instanceof TransportError && error.code === 'closed') return true;
    throw error;
  }
}
