/*
 * A server's trace for browsers: JSON Lines over one long GET, the header first, then what has been kept, then whatever
 * happens. Neither the server nor another viewer waits for one that reads slowly (tracer/live).
 *
 * `GET /trace.jsonl` is a trace file. `GET /trace.jsonl?live` has marks between its events, for the page: the number of the
 * next event, by which a viewer whose connection broke goes on (`&run=...&after=...`), and the time up to which nothing
 * can come any more.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { KEPT_BOUNDS, type KeptBounds, KeptTrace } from '../../../tracer/live/index.js';
import type { TraceEvent, TraceHeader, TraceSink } from '../../../tracer/trace/trace.js';
import { traceRefusal } from './trace-access.js';

const TRACE_PATH = '/trace.jsonl';
/** The header in the answer to HEAD that says why GET would be refused. */
const REFUSED = 'chatwire-refused';

/** Whether a request is for the trace, by its URL. */
export function isTracePath(url = '/'): boolean {
  return url === TRACE_PATH || url.startsWith(`${TRACE_PATH}?`);
}

/** How it is served. */
export interface TraceStreamOptions extends Partial<KeptBounds> {
  /** Whoever wants to see the trace must have it. Without one, only this machine may. */
  readonly token?: string | undefined;
  /** So many may look at once. Default 256. */
  readonly maxViewers?: number;
}

/** A trace that browsers can look at. */
export interface TraceStream extends TraceSink {
  /** Nothing older than this comes any more. */
  settle(atNs: number): void;
  /** Answers a request for `/trace.jsonl`. */
  answer(request: IncomingMessage, response: ServerResponse): void;
  /** The run is over: viewers get what is left, and their streams end; one that does not read is dropped. */
  close(): void;
}

interface Viewer {
  readonly response: ServerResponse;
  readonly hasMarks: boolean;
  /** The number of the event that it gets next. */
  next: number;
  /** Its socket is full. */
  waits: boolean;
}

/** A mark is sent at least so often, in calls of settle, so that a viewer knows that the server is there. */
const QUIET_MARKS = 50;

/** Makes the stream of a trace. */
export function traceStream(header: TraceHeader, options: TraceStreamOptions = {}): TraceStream {
  const { token, maxViewers = 256, ...bounds } = options;
  const kept = new KeptTrace(header, { ...KEPT_BOUNDS, ...bounds });
  const viewers = new Set<Viewer>();
  let isDue = false;
  let isClosed = false;
  let quiet = 0;

  /** Gives a viewer what is new, as much as its socket takes. */
  function serve(viewer: Viewer): void {
    while (!viewer.waits && viewer.next < kept.next) {
      const { text, next } = kept.more(viewer.next, viewer.hasMarks);
      viewer.next = next;
      write(viewer, text);
    }
  }

  function write(viewer: Viewer, text: string): void {
    if (viewer.response.write(text)) return;
    viewer.waits = true;
    viewer.response.once('drain', () => {
      viewer.waits = false;
      if (isClosed) finish(viewer);
      else serve(viewer);
    });
  }

  function finish(viewer: Viewer): void {
    serve(viewer);
    if (!viewer.waits) viewer.response.end();
  }

  function begin(response: ServerResponse, asked: URLSearchParams): void {
    const hasMarks = asked.has('live');
    const { text, next } = kept.begin({ run: asked.get('run') ?? '', next: Number(asked.get('after') ?? 0) }, hasMarks);
    const viewer: Viewer = { response, hasMarks, next, waits: false };
    // the server's end need not wait for an idle socket
    response.writeHead(200, { 'content-type': 'application/jsonl; charset=utf-8', 'cache-control': 'no-store', connection: 'close' });
    viewers.add(viewer);
    response.on('close', () => viewers.delete(viewer));
    write(viewer, text);
    serve(viewer);
  }

  return {
    event(event: TraceEvent) {
      kept.event(event);
      if (isDue || viewers.size === 0) return;
      isDue = true;
      setImmediate(() => {
        isDue = false;
        for (const viewer of viewers) serve(viewer);
      });
    },
    settle(atNs) {
      quiet += 1;
      if (kept.isSettled && quiet < QUIET_MARKS) return;
      quiet = 0;
      kept.settle(atNs);
      for (const viewer of viewers) {
        if (viewer.hasMarks && !viewer.waits && viewer.next === kept.next) write(viewer, kept.mark(viewer.next));
      }
    },
    answer(request, response) {
      request.resume();
      const refuse = (status: number, sentence: string) => {
        response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
        response.end(`${sentence}\n`);
      };
      const refusal = traceRefusal(request, token);
      // asked by pages that would show a ladder, too, if there is one for them: not having one is no mistake of theirs
      if (request.method === 'HEAD') {
        response.writeHead(refusal ? 204 : 200, { 'cache-control': 'no-store', ...(refusal && { [REFUSED]: refusal.why }) }).end();
        return;
      }
      if (request.method !== 'GET') return refuse(405, 'Only GET and HEAD are understood here.');
      if (refusal) return refuse(refusal.status, refusal.sentence);
      if (isClosed || viewers.size >= maxViewers) return refuse(503, 'Too many are looking at the trace already; close one of them.');
      begin(response, new URL(request.url ?? '/', 'http://localhost').searchParams);
    },
    close() {
      isClosed = true;
      for (const viewer of viewers) {
        if (viewer.waits) viewer.response.destroy();
        else finish(viewer);
      }
    },
  };
}

/** The answer of a server that records no trace: nothing, which is no mistake. */
export function answerNoTrace(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  response.writeHead(204, { 'cache-control': 'no-store' }).end();
}
