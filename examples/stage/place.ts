/*
 * Where a stage listens, for each transport: a free port of this machine, a socket file in a folder of its
 * own, a name in memory.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Address } from '../../lib/index.js';
import { node } from '../../transports/node.js';

/** An address that nobody uses, and how to clear up behind it. */
export interface Place {
  readonly address: Address;
  clear(): void;
}

/** The names of the transports over which an example can run. */
export const TRANSPORTS: readonly string[] = node.transports.filter(({ listen }) => listen).map(({ scheme }) => scheme);

let places = 0;

/** A place for a transport; where it has a host, by that name or number. */
export function placeFor(transport: string, host = '127.0.0.1'): Place {
  places++;
  switch (transport) {
    case 'unix': {
      const folder = mkdtempSync(join(tmpdir(), 'chatwire-'));
      return { address: `unix:${join(folder, 'chat.sock')}`, clear: () => rmSync(folder, { recursive: true, force: true }) };
    }
    case 'memory':
      return { address: `memory:stage-${places}`, clear: () => {} };
    default:
      return { address: `${transport}://${host}:0`, clear: () => {} };
  }
}

/** A place for a plain-text door beside it: over the same transport, unless that is HTTP, which has none. */
export function doorFor(transport: string, host?: string): Place {
  const { address, clear } = placeFor(transport === 'http' ? 'tcp' : transport, host);
  return { address: `text+${address}`, clear };
}
