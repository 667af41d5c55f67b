/*
 * Who may see a server's trace. It is redacted, and still it is what everybody says: without a token only this machine may
 * look, and with one nobody without it, wherever they are.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The fewest characters of a token that somebody chooses; a class would guess a shorter one. */
export const SHORTEST_TOKEN = 8;

/** A token of 128 bits, for a link. */
export function newTraceToken(): string {
  return randomBytes(16).toString('base64url');
}

/** Why a request for the trace is refused. */
export interface TraceRefusal {
  readonly status: 401 | 403;
  /** For the page: a token is needed, or only this machine may look. */
  readonly why: 'token' | 'loopback';
  readonly sentence: string;
}

/** Why a request for the trace is refused; undefined if it is not. The token comes as `Authorization: Bearer TOKEN`. */
export function traceRefusal({ headers, socket }: IncomingMessage, token: string | undefined): TraceRefusal | undefined {
  if (token === undefined) {
    if (isLoopback(socket.remoteAddress ?? '')) return undefined;
    return {
      status: 403,
      why: 'loopback',
      sentence: 'The trace is shown on the server’s own machine only; start the server with --trace-token to show it elsewhere.',
    };
  }
  const given = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (given !== undefined && isSame(given, token)) return undefined;
  return { status: 401, why: 'token', sentence: 'The trace needs the token that the server printed: open the link that it printed.' };
}

/** Whether a peer is on this machine. An IPv4 peer of an IPv6 listener comes as `::ffff:127.0.0.1`. */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(address);
}

/** Compared by their digests, which have one length, in a time that says nothing. */
function isSame(given: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}
