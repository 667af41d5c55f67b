/*
 * The peers by name, in the order of the table. Those that are native code are looked for beside the benchmark and in a folder
 * that the user names; they are no dependencies.
 */
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { Peer } from '../peer.js';

/** Loads a package that may not be there. */
export type Installed = (name: string) => unknown;

const loaders: Readonly<Record<string, (installed: Installed) => Promise<Peer>>> = {
  raw: async () => (await import('./raw.js')).peer,
  chatwire: async () => (await import('./chatwire.js')).peer,
  'udx-native': async (installed) => (await import('./udx.js')).udxPeer(installed('udx-native')),
  'utp-native': async (installed) => (await import('./utp.js')).utpPeer(installed('utp-native')),
  tcp: async () => (await import('./tcp.js')).peer,
};

export const peerNames: readonly string[] = Object.keys(loaders);

/** Whom the others are compared to. */
export const reference = 'raw';

/**
 * Loads one peer; rejects if it is not installed, or does not run here.
 * @param modules a folder with a `node_modules` to look in, too
 */
export function loadPeer(name: string, modules: string): Promise<Peer> {
  const load = loaders[name];
  if (!load) throw new Error(`no peer is called "${name}"; there are: ${peerNames.join(', ')}`);
  return load(createRequire(join(resolve(modules), 'package.json')));
}
