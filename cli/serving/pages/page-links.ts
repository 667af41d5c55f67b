/*
 * Where the page is to be found once it is served, as links for people: a listener at every address of the machine is
 * reached at each of them, and the others cannot dial 0.0.0.0.
 */
import { networkInterfaces } from 'node:os';
import { type Address, formatHostPort, parseHostPort } from '../../../lib/index.js';

/** The links to a page at a resolved address, the one for this machine first. */
export function pageLinks(address: Address): readonly string[] {
  const { host, port } = parseHostPort(address);
  const hosts =
    host === '0.0.0.0' ? ['127.0.0.1', ...outsideAddresses('IPv4')] : host === '::' ? ['::1', ...outsideAddresses('IPv4')] : [host];
  return hosts.map((each) => `${formatHostPort('http', { host: each, port })}/`);
}

function outsideAddresses(family: string): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((each) => each.family === family && !each.internal)
    .map(({ address }) => address);
}
