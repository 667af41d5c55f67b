/*
 * What a person should know of an address where the server listens: how to join there, from this machine and from
 * others. Who listens at every address of the machine is reached at each, and nobody can dial 0.0.0.0.
 */
import { networkInterfaces } from 'node:os';
import { type Address, formatHostPort, parseAddress, parseHostPort } from '../../lib/index.js';

/** How to join at an address, as commands to copy, where there is a program for it: on this machine, and from each place where others find it. */
export function joinHints(address: Address): readonly [string, ...string[]] {
  const { codec, scheme, address: plain } = parseAddress(address);
  if (scheme === 'unix') return [codec === 'frames' ? `npx chatwire chat ${plain}` : `nc -U ${plain.slice('unix:'.length)}`];
  if (codec === 'text' && scheme === 'udp') return ['with a program of your own; nc does not speak UDP-with-ack (text+tcp: is for nc)'];
  const hint = (place: Address): string => {
    if (codec === 'frames') return `npx chatwire chat ${place}`;
    const { host, port } = parseHostPort(place);
    return `nc ${host} ${port}`;
  };
  const [here, ...others] = placesOf(plain);
  return [hint(here), ...others.map(hint)];
}

/** Where somebody who listens at a resolved address is found, the place for this machine first. */
export function placesOf(address: Address): readonly [Address, ...Address[]] {
  const { host, port } = parseHostPort(address);
  const at = (each: string): Address => formatHostPort(address.slice(0, address.indexOf(':')), { host: each, port });
  if (host === '0.0.0.0') return [at('127.0.0.1'), ...outsideHosts('IPv4').map(at)];
  if (host === '::') return [at('::1'), ...[...outsideHosts('IPv4'), ...outsideHosts('IPv6')].map(at)];
  return [address];
}

/** Whether machines beyond this one can reach an address, once it is resolved. */
export function isBeyondLoopback(address: Address): boolean {
  const host = hostOf(address);
  return host !== undefined && host !== '::1' && !host.startsWith('127.') && host !== 'localhost';
}

/** This machine's hosts on its networks; not those of one link alone (fe80::), which most programs cannot dial. */
function outsideHosts(family: 'IPv4' | 'IPv6'): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((each) => each.family === family && !each.internal && !each.address.startsWith('fe80:'))
    .map(({ address }) => address);
}

/** The host of an address that has one; a path has none. */
function hostOf(address: Address): string | undefined {
  try {
    return parseHostPort(parseAddress(address).address).host;
  } catch {
    return undefined;
  }
}
