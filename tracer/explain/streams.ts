/*
 * Why the steps of a stream transport happen: the signals of its kernels, and its writes and reads.
 */
import type { JoinedConnection } from '../join/story.js';
import type { Direction } from '../trace/trace.js';

/** What the kernels say to each other. */
export type Signal = 'SYN' | 'SYN-ACK' | 'ACK' | 'FIN' | 'END' | 'RST';

/** Why a signal is sent. */
export function whySignal(
  signal: Signal,
  { scheme, refused, proxied }: { readonly scheme: JoinedConnection['scheme']; readonly refused: boolean; readonly proxied: boolean },
): string {
  const twice = proxied ? ' The proxy shakes hands with each side on its own; that is told here once.' : '';
  switch (signal) {
    case 'SYN':
      return `connect() has the client’s kernel ask for a connection and tell its initial sequence number (RFC 9293, section 3.5).${twice}`;
    case 'SYN-ACK':
      return 'The server’s kernel agrees: it acknowledges the client’s initial sequence number and tells its own; accept() is not needed for that.';
    case 'ACK':
      return 'The client acknowledges in turn: now each end knows that the other one hears it, so connect() returns and the connection is ESTABLISHED.';
    case 'FIN':
      return 'This end has said all: its half of the connection closes, and the other half stays open. The other kernel answers with an ACK.';
    case 'END':
      return scheme === 'unix'
        ? 'shutdown() of one direction: no packet goes anywhere, the kernel marks the end behind the last byte, and the reader finds it there.'
        : 'This end has said all: the reader finds the end behind the last byte, and its own direction stays open.';
    case 'RST':
      return refused
        ? 'Nobody listens on that port, so the kernel there refuses at once with RST, and connect() fails with ECONNREFUSED.' +
            (proxied ? ' It is the proxy that hears this; the client was accepted by it before.' : '')
        : 'The connection is aborted: unlike FIN, RST throws away what was still under way, in both directions, and needs no answer.';
  }
}

/** Why a chunk is one arrow. */
export function whyChunk({
  scheme,
  direction,
  reads,
  shared,
}: {
  readonly scheme: JoinedConnection['scheme'];
  readonly direction: Direction;
  readonly reads: number;
  readonly shared: boolean;
}): string {
  const stream = scheme === 'tcp' ? 'TCP carries a stream of bytes' : 'This transport carries a stream of bytes';
  if (direction === 'received') return `${stream}: this much was there when the receiver read. How it was written, the reader cannot tell.`;
  if (reads > 1)
    return `${stream}, not messages: one write came out of ${reads} reads, so the receiver has to know where a frame ends (its length field).`;
  if (shared)
    return `${stream}, not messages: one read brought this write and a neighbour’s bytes, so the receiver has to cut frames apart.`;
  return scheme === 'tcp'
    ? 'The program hands its bytes to the kernel, which cuts them into segments, numbers them, and repeats them until they are acknowledged.'
    : 'The program hands its bytes over, and they come out at the other end in the same order, complete.';
}
