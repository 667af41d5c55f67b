/*
 * Fetches a server's live trace for as long as somebody looks, and goes on where it was when the connection breaks.
 */
import type { TraceHeader } from '../../tracer/trace/trace.js';
import { type LiveTaker, liveLines } from './live-lines.js';

/** How it stands. `none`: the server records none; `refused`: with the server's sentence. */
export type FeedState = 'connecting' | 'live' | 'broken' | 'none' | 'refused';

/** Takes what comes, and how it stands. */
export interface FeedTaker extends LiveTaker {
  state(state: FeedState, sentence?: string): void;
}

const PATH = '/trace.jsonl?live';
/** Waits before the next try, in milliseconds. */
const WAITS_MS = [500, 1000, 2000, 5000] as const;
/** After so long at one go the browser gets its turn to draw, in milliseconds. */
const TURN_MS = 25;

/** Begins to fetch; the function that it gives ends it. */
export function openFeed(taker: FeedTaker, token: string | undefined): () => void {
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

  /** One request; true if it is worth another. */
  async function once(): Promise<boolean> {
    const where = run === '' ? PATH : `${PATH}&run=${encodeURIComponent(run)}&after=${next}`;
    const response = await fetch(where, {
      signal,
      cache: 'no-store',
      ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
    });
    if (response.status === 204) {
      taker.state('none');
      return false;
    }
    if (response.status === 401 || response.status === 403) {
      taker.state('refused', (await response.text()).trim());
      return false;
    }
    if (!response.ok || !response.body || !response.headers.get('content-type')?.startsWith('application/jsonl')) {
      taker.state('none');
      return response.status === 503;
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
