/*
 * Fetches a server's live trace for as long as somebody looks, and goes on where it was when the connection breaks. It
 * keeps one of the six connections that a browser has to a server.
 */
import type { TraceHeader } from '../../tracer/trace/trace.js';
import type { FeedTaker, Refusal } from './feed.js';
import { liveLines } from './live-lines.js';

const PATH = '/trace.jsonl';
/** In the answer to HEAD: why GET would be refused (cli/serving/pages/trace-stream.ts). */
const REFUSED = 'chatwire-refused';
/** Waits before the next try, in milliseconds. */
const WAITS_MS = [500, 1000, 2000, 5000] as const;
/** After so long at one go the browser gets its turn to draw, in milliseconds. */
const TURN_MS = 25;

/** Begins to fetch; the function that it gives ends it. */
export function fetchedFeed(taker: FeedTaker, token: string | undefined): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let [run, next] = ['', 0];
  const ofRun = {
    ...{ event: taker.event, settle: taker.settle },
    header(header: TraceHeader) {
      if (String(header.startedAtMs) === run) return;
      run = String(header.startedAtMs);
      taker.header(header);
    },
  };
  const ask = (method: 'HEAD' | 'GET', path: string) =>
    fetch(path, { method, signal, cache: 'no-store', ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }) });

  /** One request; true if it is worth another. */
  async function once(): Promise<boolean> {
    // first without a body: a refused GET would be an error on the browser's console
    const first = await ask('HEAD', PATH);
    if (first.status === 204) {
      const refusal = first.headers.get(REFUSED);
      if (refusal === null) taker.state('none');
      else taker.state('refused', refusal as Refusal);
      return false;
    }
    const response = await ask('GET', run === '' ? `${PATH}?live` : `${PATH}?live&run=${encodeURIComponent(run)}&after=${next}`);
    if (response.status === 503) return true; // the server is closing, or has too many viewers for now
    if (!response.ok || !response.body || !response.headers.get('content-type')?.startsWith('application/jsonl')) {
      taker.state('none');
      return false;
    }
    taker.state('live');
    await read(response.body);
    return true;
  }

  async function read(body: ReadableStream<Uint8Array>): Promise<void> {
    const lines = liveLines(ofRun);
    const decoder = new TextDecoder();
    const reader = body.getReader();
    let turn = performance.now();
    for (let piece = await reader.read(); !piece.done && !signal.aborted; piece = await reader.read()) {
      lines.push(decoder.decode(piece.value, { stream: true }));
      next = lines.next;
      if (performance.now() - turn < TURN_MS) continue;
      await pause(0);
      turn = performance.now();
    }
  }

  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  async function keepOn(): Promise<void> {
    taker.state('connecting');
    for (let tries = 0; !signal.aborted; tries += 1) {
      const before = next;
      try {
        if (!(await once())) return;
      } catch {
        // the server is not there, or no longer
      }
      if (signal.aborted) return;
      if (next > before) tries = 0;
      taker.state('broken');
      await pause(WAITS_MS[Math.min(tries, WAITS_MS.length - 1)] as number);
    }
  }

  void keepOn();
  return () => stop.abort();
}
