/*
 * Who may ask at all, and what a browser is told to forbid. A page of another site must not reach this server through
 * the visitor's browser: neither directly (its Origin is another), nor under a name of its own that it points here (DNS
 * rebinding: the Host is then that name), nor in a frame. Nothing allows cross-origin reading, so no CORS header is sent.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';

/** What every answer tells the browser. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; " +
    "worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};

/** Sets the security headers; a handler may replace one with a stricter one of its own. */
export function secure(response: ServerResponse): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
}

/** Why a request is refused. */
export interface Refusal {
  readonly status: 400 | 403 | 421;
  readonly sentence: string;
}

/**
 * Why a request must not be answered; undefined if it may be.
 * @param allowedHosts host names beside IP addresses, `localhost` and this machine's own
 * @param isPage whether it asks for a page, which a link on another site may lead to
 */
export function refusalOf(request: IncomingMessage, allowedHosts: readonly string[], isPage: boolean): Refusal | undefined {
  const { host = '', origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode } = request.headers;
  const name = hostName(host);
  if (name === undefined) return { status: 400, sentence: 'The request has no readable Host header.' };
  if (!isAllowed(name, allowedHosts)) {
    return {
      status: 421,
      sentence: `This server does not answer to the name ${name}: use its IP address, or allow the name where the server is started.`,
    };
  }
  const isLink = isPage && request.method === 'GET' && mode === 'navigate';
  const isForeign = site !== undefined && site !== 'same-origin' && site !== 'none' && !isLink;
  if (isForeign || (origin !== undefined && !isOwn(origin, host))) {
    return { status: 403, sentence: 'Pages of other sites may not use this server.' };
  }
  return undefined;
}

/** The name in a Host header, in lower case and without port and brackets. */
function hostName(host: string): string | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([\w.-]+))(?::\d{1,5})?$/i.exec(host);
  return (match?.[1] ?? match?.[2])?.toLowerCase();
}

/** No name that somebody else could point here: an address is no name, and the machine's own names are nobody else's. */
function isAllowed(name: string, allowedHosts: readonly string[]): boolean {
  if (isIP(name) !== 0 || name === 'localhost' || name.endsWith('.localhost')) return true;
  const own = hostname().toLowerCase();
  return name === own || name === `${own}.local` || allowedHosts.some((allowed) => allowed.toLowerCase() === name);
}

function isOwn(origin: string, host: string): boolean {
  const lower = host.toLowerCase();
  return origin.toLowerCase() === `http://${lower}` || origin.toLowerCase() === `https://${lower}`;
}
