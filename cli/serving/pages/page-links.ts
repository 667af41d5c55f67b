/*
 * Where the page is to be found once it is served, as links for people.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Address, formatHostPort } from '../../../lib/index.js';
import { isBeyondLoopback, placesOf } from '../listening.js';
import { isLoopback } from './trace-access.js';

/** The links to a page at a resolved address, the one for this machine first. */
export function pageLinks(address: Address): readonly string[] {
  return placesOf(address).map((place) => `${place}/`);
}

/** Those of them that other machines can open. */
export function linksForOthers(address: Address): readonly string[] {
  return pageLinks(address).filter(isBeyondLoopback);
}

/** Whether a request asks for the links that others can open. */
export function asksForLinks({ method, url }: IncomingMessage): boolean {
  return (method === 'GET' || method === 'HEAD') && url === '/links.json';
}

/**
 * Answers it, for a page that was opened over loopback. Whoever asks from elsewhere has a link that works there, and
 * need not know this machine's other addresses.
 */
export function answerLinks(host: string, request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  const { localPort = 0, remoteAddress = '' } = request.socket;
  const links = isLoopback(remoteAddress) ? linksForOthers(formatHostPort('http', { host, port: localPort })) : [];
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(request.method === 'HEAD' ? undefined : JSON.stringify({ links }));
}
