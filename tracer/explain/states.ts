/*
 * Why a connection’s state changes, and what the change says.
 */
import type { JoinedConnection } from '../join/story.js';
import type { StateEvent } from '../trace/trace.js';

/** What a state says beside its name. */
export function stateWords({ state, local = '', remote = '', closedBy, error }: StateEvent): string {
  switch (state) {
    case 'dialling':
      return remote && `to ${remote}`;
    case 'open':
      return ends(local, remote, 'to');
    case 'accepted':
      return ends(local, remote, 'from');
    case 'closed': {
      const who = closedBy === undefined ? '' : closedBy === 'local' ? 'ended from this side' : 'ended from the other side';
      return [who, error ?? ''].filter((part) => part !== '').join(': ');
    }
    case 'paused':
    case 'resumed':
    case 'drained':
    case 'ended':
    case 'peer-ended':
      return '';
  }
}

function ends(local: string, remote: string, preposition: string): string {
  if (local === remote) return local;
  return [local, remote && `${preposition} ${remote}`].filter((part) => part !== '').join(' ');
}

/** Why it happens. */
export function whyState({ state, error, closedBy }: StateEvent, scheme: JoinedConnection['scheme']): string {
  switch (state) {
    case 'dialling':
      if (scheme === 'http') return 'The client asks for a connection by a POST; whoever carries that is not seen here.';
      return 'The client’s program calls connect(); in Node that does not block: the program goes on and is called back.';
    case 'open':
      if (scheme === 'http') return 'The server has answered with a session, and both ways are in use: POSTs up, one long GET down.';
      return scheme === 'udp'
        ? 'The server has answered CONNECT: the connection stands, and the program may use it.'
        : 'connect() has succeeded: the connection stands, and the program may write and read.';
    case 'accepted':
      if (scheme === 'http') return 'A POST asked for a connection: the server makes a session and hands it to the program.';
      return scheme === 'udp'
        ? 'A CONNECT with a good cookie came: the server makes the connection and hands it to the program.'
        : 'The kernel had the connection ready in the listener’s queue; accept() hands it to the program as a socket of its own.';
    case 'paused':
      return 'The program reads no further for now: it is busy with what it has read, or cannot keep up. Once the buffers between are full, the sender must wait, too (backpressure).';
    case 'resumed':
      return 'The program reads again, so the buffers empty and the sender may go on.';
    case 'drained':
      return 'What was waiting to be sent has left; whoever waited for room may write again.';
    case 'ended':
      return 'The program has nothing more to send and closes its direction (half-close); it still reads.';
    case 'peer-ended':
      return 'The end of the other side’s direction was read, behind its last byte.';
    case 'closed':
      if (error === undefined) return 'Both directions are done, in order; the socket is given back.';
      return closedBy === 'remote'
        ? 'The connection broke at the other end or on the way; what was under way is lost.'
        : 'This end dropped the connection; what was under way is lost.';
  }
}

/** What a proxy has broken off by itself, and why; it has accepted before it knows whether it reaches the server. */
export function brokenOffByProxy({ error }: StateEvent, isReached: boolean): { readonly words: string; readonly why: string } {
  if (isReached)
    return {
      words: `by the proxy: ${error}`,
      why: 'Neither end did this: the proxy between them dropped the connection. Over TCP its kernel sends RST to this end, and what was under way is lost.',
    };
  return {
    words: `by the proxy, which had accepted and could not reach the server: ${error}`,
    why: 'A proxy accepts a client before it knows whether it can reach the server. It could not, so it drops the client’s connection; over TCP its kernel sends RST.',
  };
}

/** A call that is concluded from what came of it. */
interface Call {
  readonly label: string;
  readonly words: string;
  readonly why: string;
}

/** A Unix socket’s connect() and accept(), which exchange no packets. */
export const UNIX_CALLS: Readonly<Record<'connect' | 'accept', Call>> = {
  connect: {
    label: 'connect',
    words: 'connect() succeeds (inferred)',
    why: 'No packet goes anywhere: the kernel checks the permissions of the socket file and puts a new pair of sockets into the listener’s queue.',
  },
  accept: {
    label: 'accept',
    words: 'accept() returns (inferred)',
    why: 'The server takes the waiting end out of the listener’s queue; there was no handshake, since both ends are in the same kernel.',
  },
};
