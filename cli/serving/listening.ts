/*
 * What a person should know of an address where the server listens: how to join there, and whether others
 * than this machine can.
 */
import { type Address, parseAddress, parseHostPort } from '../../lib/index.js';

/** How to join at an address, as a command to copy. */
export function joinHint(address: Address): string {
  const { codec, scheme, address: plain } = parseAddress(address);
  if (codec === 'frames') return `npx chatwire chat ${reachable(plain)}`;
  if (scheme === 'unix') return `nc -U ${plain.slice('unix:'.length)}`;
  const { host, port } = parseHostPort(reachable(plain));
  return `nc ${host} ${port}`;
}

/** Whether machines beyond this one can reach an address, once it is resolved. */
export function isBeyondLoopback(address: Address): boolean {
  const host = hostOf(address);
  return host !== undefined && host !== '::1' && !host.startsWith('127.') && host !== 'localhost';
}

/** `0.0.0.0` and `::` mean every address of this machine; one cannot dial them everywhere, but loopback one can. */
function reachable(address: Address): Address {
  return address.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
}

/** The host of an address that has one; a path has none. */
function hostOf(address: Address): string | undefined {
  try {
    return parseHostPort(parseAddress(address).address).host;
  } catch {
    return undefined;
  }
}
