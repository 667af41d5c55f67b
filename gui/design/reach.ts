/*
 * By which address others reach the server of this page. A page that was opened over loopback cannot know, so it asks
 * the server; one that came over the network was reached by such an address already.
 */
import { signal } from '@preact/signals';

/** How far a link to this page's server carries. */
export interface Reach {
  /** `HOST:PORT` that others can open; undefined: the one in the address bar. */
  readonly host?: string;
  /** Nobody beyond this machine can open it. */
  readonly isLocal: boolean;
}

const LOOPBACK = /^(?:(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** What is known of it. */
export const reach = signal<Reach>({ isLocal: false });

/** Finds out, where there is something to find out; the answer may change as the machine changes networks. */
export async function askReach(): Promise<void> {
  if (!LOOPBACK.test(location.hostname)) return;
  try {
    const answer = await fetch('/links.json', { cache: 'no-store' });
    const [link] = ((await answer.json()) as { readonly links: readonly string[] }).links;
    reach.value = link === undefined ? { isLocal: true } : { host: new URL(link).host, isLocal: false };
  } catch {
    // the server is not there, so neither is anybody who could open a link: what was known stays
  }
}

/** A link as others can open it, as far as that is known. */
export function reachable(link: string, { host }: Reach): string {
  if (host === undefined) return link;
  const url = new URL(link);
  url.host = host;
  return url.href;
}
