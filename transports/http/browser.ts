/*
 * HTTP in a browser: dials, and that is all. All connections of a page to one server come down by one GET, since a
 * browser has six sockets for a server and each GET keeps one; with sharedHttp all tabs of the browser have one GET
 * together.
 */
import { type Transport, TransportError } from '../../lib/transport.js';
import { browserClock } from '../host/browser-clock.js';
import { dial, type Way } from './client/dial.js';
import { Downlink } from './client/downlink.js';
import { fetchPort } from './client/fetch-port.js';
import { sayReset } from './client/last-word.js';
import { CLIENT_SETTINGS, type Ground } from './client/settings.js';
import type { TabPort } from './shared/messages.js';
import { takeStream } from './shared/tab-limit.js';
import { SharedDown } from './shared/tab-side.js';

export { browserClock } from '../host/browser-clock.js';

/**
 * The HTTP transport of a page: `http://HOST:PORT`, which must be the page's own origin. Each tab has a stream of its
 * own, so five tabs are the most; dial() rejects with `overflow` in the sixth.
 */
export const http: Transport = transportOver(ownStreams());

/**
 * The HTTP transport of a page whose tabs share one stream through a SharedWorker; where the browser has none, or it
 * cannot be started, it is {@link http}.
 * @param workerUrl where the bundled shared-worker.ts is
 */
export function sharedHttp(workerUrl: string | URL): Transport {
  const { SharedWorker } = globalThis as unknown as { SharedWorker?: SharedWorkerClass };
  if (!SharedWorker) return http;
  const own = ownStreams();
  const ways = new Map<string, Way>();
  let isBroken = false;
  return transportOver((origin) => {
    if (isBroken) return own(origin);
    const known = ways.get(origin);
    if (known) return known;
    const worker = startedWorker(SharedWorker, workerUrl);
    if (!worker) {
      isBroken = true;
      return own(origin);
    }
    const downlink = new SharedDown(worker.port, origin);
    worker.onerror = () => {
      isBroken = true;
      downlink.failed('The script that tabs share their connection by could not be loaded: reload the page.');
    };
    whenClosed(() => downlink.leave());
    const way: Way = { ground: groundFor(origin), downlink, released: () => undefined };
    ways.set(origin, way);
    return way;
  });
}

/** The worker, unless the browser forbids it here. */
function startedWorker(SharedWorker: SharedWorkerClass, url: string | URL): InstanceType<SharedWorkerClass> | undefined {
  try {
    return new SharedWorker(url, { type: 'module', name: 'chatwire' });
  } catch {
    return undefined;
  }
}

/** SharedWorker, as far as it is used. */
type SharedWorkerClass = new (
  url: string | URL,
  options: { readonly type: 'module'; readonly name: string },
) => { readonly port: TabPort; onerror: (() => void) | null };

type WayTo = (origin: string) => Way | Promise<Way>;

function transportOver(wayTo: WayTo): Transport {
  return {
    scheme: 'http',
    reset: 'signalled',
    dial: (asked, { signal, tap, clock = browserClock } = {}) => dial(asked, { ...(signal && { signal }), tap, clock }, wayTo),
  };
}

function groundFor(origin: string): Ground {
  return { port: fetchPort, clock: browserClock, settings: CLIENT_SETTINGS, origin };
}

/** A GET for each server, which takes one of the browser's connections for as long as it carries anybody. */
function ownStreams(): WayTo {
  const streams = new Map<string, Stream>();
  return async (origin) => {
    const stream = streams.get(origin) ?? streamTo(origin);
    streams.set(origin, stream);
    if (stream.downlink.isFull) {
      throw new TransportError('overflow', `This page has too many connections to ${origin}: close some of them.`);
    }
    stream.users += 1;
    stream.taken ??= takeStream(origin);
    const released = () => {
      stream.users -= 1;
      if (stream.users > 0) return;
      void stream.taken?.then((release) => release()).catch(() => undefined);
      stream.taken = undefined;
    };
    try {
      await stream.taken;
    } catch (error) {
      released();
      throw error;
    }
    return { ...stream, released };
  };
}

function streamTo(origin: string): Stream {
  const ground = groundFor(origin);
  const downlink = new Downlink(ground);
  whenClosed(() => {
    for (const session of downlink.sessions) void sayReset(ground, session);
  });
  return { ground, downlink, users: 0 };
}

/** Calls back when the page is closed or left, so that the server is told and need not miss it. */
function whenClosed(callback: () => void): void {
  (globalThis as unknown as EventTarget).addEventListener('pagehide', callback);
}

interface Stream {
  readonly ground: Ground;
  readonly downlink: Downlink;
  /** How many connections use it, those that are being dialled among them. */
  users: number;
  /** The browser's connection that it has, if it has one. */
  taken?: Promise<() => void> | undefined;
}
