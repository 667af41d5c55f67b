/*
 * Where the page is to be found once it is served, as links for people: a listener at every address of the machine is
 * reached at each of them, and the others cannot dial 0.0.0.0.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { networkInterfaces } from 'node:os';
import { type Address, formatHostPort, parseHostPort } from '../../../lib/index.js';
import { isBeyondLoopback } from '../listening.js';
import { isLoopback } from './trace-access.js';

/** The links to a page at a resolved address, the one for this machine first. */
export function pageLinks(address: Address): readonly string[] {
  const { host, port } = parseHostPort(address);
  const hosts =
    host === '0.0.0.0'
      ? ['127.0.0.1', ...outsideAddresses('IPv4')]
      : host === '::'
        ? ['::1', ...outsideAddresses('IPv4'), ...outsideAddresses('IPv6')]
        : [host];
  return hosts.map((each) => `${formatHostPort('http', { host: each, port })}/`);
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

/** Not those of the link alone (fe80::), which a browser cannot open. */
function outsideAddresses(family: string): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((each) => each.family === family && !each.internal && !each.address.startsWith('fe80:'))
    .map(({ address }) => address);
}
