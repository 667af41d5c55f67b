/*
 * The six connections that a browser has to a server: each tab with a stream of its own keeps one, and when all are kept,
 * no request goes through any more. Tabs that do not share count each other by Web Locks, and the one that would take
 * the last connection is told instead.
 */
import { type Address, TransportError } from '../../../lib/transport.js';

/** How many tabs may have a stream of their own: one connection is left for all POSTs. */
const MAX_STREAMS = 5;

/** Web Locks, as far as they are used. */
interface Locks {
  query(): Promise<{ readonly held?: readonly { readonly name?: string }[] }>;
  request(name: string, callback: () => Promise<void>): Promise<void>;
}

let count = 0;

/**
 * Takes one of the connections for a stream, until what it returns is called. Where there are no Web Locks (a page that
 * came by plain HTTP from another machine) nobody counts.
 * @throws {TransportError} `overflow` if the other tabs have taken all of them
 */
export async function takeStream(address: Address): Promise<() => void> {
  const { locks } = (globalThis as { navigator?: { locks?: Locks } }).navigator ?? {};
  if (!locks) return () => undefined;
  const prefix = `chatwire stream ${address} `;
  const held = (await locks.query()).held ?? [];
  const taken = held.filter(({ name }) => name?.startsWith(prefix)).length;
  if (taken >= MAX_STREAMS) {
    const sentence = `${taken} other tabs are connected to ${address}, and a browser has no more connections to a server: close one of them.`;
    throw new TransportError('overflow', sentence);
  }
  count += 1;
  const name = `${prefix}${performance.timeOrigin}.${count}`;
  return new Promise((resolve) => {
    void locks.request(name, () => new Promise<void>((release) => resolve(release)));
  });
}
