/*
 * The three requests and their headers, the same table for the one who asks and the one who answers. The session's ID
 * stands in a header and never in a path: paths end up in logs, histories and Referer headers. A header of our own also
 * makes a browser ask first (CORS preflight) before another site's page may send it, and nobody answers that.
 */

/** The paths of the transport; everything else at the server is pages. */
export const PATHS = {
  /** POST, no body: opens a connection. 201 with its session's ID and both addresses. */
  open: '/chatwire/open',
  /** POST, records: up. 200 with records. At most one at a time. */
  up: '/chatwire/up',
  /** GET: the records that come down, for as long as it lasts. A newer one takes the place of an older. */
  down: '/chatwire/down',
} as const;

/** The names of the headers. */
export const HEADERS = {
  /** The version, in every request: {@link VERSION}. */
  version: 'chatwire-version',
  /** The session of an `up`, and of the one that was opened. Secret. */
  session: 'chatwire-session',
  /** The sessions of a `down`, each with the offset from which its stream goes on: `ID.OFFSET, ID.OFFSET`. Secret. */
  sessions: 'chatwire-sessions',
  /** In the answer to `open`: the addresses of both ends as the server sees them. */
  client: 'chatwire-client',
  server: 'chatwire-server',
} as const;

/** The version that is spoken here. */
export const VERSION = '1';

/** Bytes of a session's ID before they are written in base64url: 192 bits from the system's generator. */
export const SESSION_ID_BYTES = 24;

/** A session and the offset from which its stream goes on. */
export interface Resumption {
  readonly session: string;
  readonly offset: number;
}

/** Writes the sessions of a `down`. */
export function writeResumptions(list: readonly Resumption[]): string {
  return list.map(({ session, offset }) => `${session}.${offset}`).join(', ');
}

/** Reads them; undefined if they are none. */
export function readResumptions(header: string): readonly Resumption[] | undefined {
  const list: Resumption[] = [];
  for (const item of header.split(',')) {
    const match = /^([\w-]{16,64})\.(\d{1,15})$/.exec(item.trim());
    if (!match) return undefined;
    list.push({ session: match[1] as string, offset: Number(match[2]) });
  }
  return list;
}
