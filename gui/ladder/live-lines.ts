/*
 * The live form of a server's trace (cli/serving/pages/trace-stream.ts), line by line: lines of a trace file, and between
 * them marks that say which event is the next and up to when nothing can come any more.
 */
import { traceReader } from '../../tracer/file/index.js';
import type { TraceEvent, TraceHeader } from '../../tracer/trace/trace.js';

/** Takes what comes. */
export interface LiveTaker {
  header(header: TraceHeader): void;
  event(event: TraceEvent): void;
  settle(atNs: number): void;
}

/** Reads one stream. */
export interface LiveLines {
  /** The next piece; it may end anywhere. */
  push(text: string): void;
  /** The number of the next event, by which a broken stream goes on. */
  readonly next: number;
}

const MARK = '{"mark":';
const LINES_BEFORE_EVENTS = 1;

/** Begins to read. */
export function liveLines(taker: LiveTaker): LiveLines {
  const reader = traceReader(taker);
  let [rest, next, lines] = ['', 0, 0];

  const takeMark = (line: string) => {
    const { mark } = JSON.parse(line) as { readonly mark: { readonly next: number; readonly settledNs: number } };
    next = mark.next;
    if (mark.settledNs > 0) taker.settle(mark.settledNs);
  };
  return {
    push(text) {
      const whole = (rest + text).split('\n');
      rest = whole.pop() as string;
      for (const line of whole) {
        if (line.startsWith(MARK)) {
          takeMark(line);
          continue;
        }
        lines += 1;
        if (lines > LINES_BEFORE_EVENTS) next += 1;
        reader.push(`${line}\n`);
      }
    },
    get next() {
      return next;
    },
  };
}
