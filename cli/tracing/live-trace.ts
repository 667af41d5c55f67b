/*
 * A trace of what goes on until somebody stops it: drawn live, and written to files at the end. What is written as JSON
 * Lines goes to disk as it comes; for the other forms events are kept in memory, up to a bound.
 */
import type { Timer } from '../../lib/index.js';
import { traceWriter } from '../../tracer/file/index.js';
import { tell } from '../../tracer/join/index.js';
import { memorySink, type Recorder, recorder } from '../../tracer/record/index.js';
import type { TraceEvent, TraceHeader, TraceSink } from '../../tracer/trace/trace.js';
import { node } from '../../transports/node.js';
import type { FileError } from '../failure.js';
import { type FileBeside, fileBeside } from './beside.js';
import { liveView } from './live.js';
import { MADE_BY } from './made-by.js';
import { mustBeWritable, writeOutputs } from './outputs.js';
import { printLine } from './printing.js';
import { warnOfSecrets } from './secrets.js';
import { figureOf, type ViewFlags, viewOf } from './view-options.js';

/** How often what is settled is drawn. */
const DRAWN_EVERY_MS = 100;
/** So long an arrow's other end is waited for. */
const PATIENCE_MS = 1000;
/** So many events are kept for files that can only be written at the end. */
const MAX_KEPT = 200_000;

/** What is asked for. */
export interface LiveTraceOptions extends ViewFlags {
  readonly title: string;
  readonly source: TraceHeader['source'];
  readonly output?: readonly string[];
  readonly showSecrets?: boolean;
  /** Sees each event, too. */
  readonly beside?: TraceSink | undefined;
  /** Prints a line. Default: on stdout. */
  readonly print?: (line: string) => void;
  /** Since when something is held back that is not over yet, by the clock: what came after it is not told as settled. */
  readonly heldSinceMs?: () => number | undefined;
  /** Shows the same trace elsewhere, too: in browsers. */
  readonly elsewhere?: ((header: TraceHeader) => Elsewhere) | undefined;
}

/** Another place where a trace that goes on is shown. */
export interface Elsewhere extends TraceSink {
  /** Nothing older than this comes any more, in nanoseconds since the start. */
  settle(atNs: number): void;
}

/** A trace that goes on. */
export interface LiveTrace {
  readonly recorder: Recorder;
  /** Begins to draw. */
  start(): void;
  /** Draws the rest and writes the files. */
  finish(): Promise<void>;
  /** Forgets everything. */
  discard(): void;
  /** Resolves if a file can no longer be written; nothing is left of it, and the trace goes on without it. */
  readonly broken: Promise<FileError>;
}

/**
 * Begins a trace.
 * @throws {FileError} here or at the end, if a file cannot be written
 */
export function liveTrace(options: LiveTraceOptions): LiveTrace {
  const { title, source, output = [], showSecrets = false, print = printLine, heldSinceMs, elsewhere, beside } = options;
  mustBeWritable(output);
  warnOfSecrets(showSecrets);
  const startedAtMs = node.clock.now();
  const kept = memorySink();
  const streamed = output.filter((path) => path.endsWith('.jsonl'));
  const atTheEnd = output.filter((path) => !path.endsWith('.jsonl'));
  const view = liveView({ source }, viewOf(options), print);
  const sinks: TraceSink[] = [view, ...(beside ? [beside] : [])];
  let saidFull = false;

  const keep = (event: TraceEvent) => {
    if (kept.events.length < MAX_KEPT) return kept.event(event);
    if (!saidFull) process.stderr.write(`From here on events go to ${streamed.join(', ') || 'the screen'} only: ${MAX_KEPT} are kept.\n`);
    saidFull = true;
  };
  if (atTheEnd.length > 0) sinks.push({ event: keep });
  const record = recorder({
    ...{ title, source, madeBy: MADE_BY, startedAtMs, showSecrets },
    sink: { event: (event) => sinks.forEach((sink) => void sink.event(event)) },
  });
  const other = elsewhere?.(record.header);
  if (other) sinks.push(other);
  const files = new Map<string, FileBeside>();
  let tellBroken: (error: FileError) => void = () => {};
  const broken = new Promise<FileError>((resolve) => {
    tellBroken = resolve;
  });
  for (const path of streamed) {
    const file = fileBeside(path);
    files.set(path, file);
    // events come from within a transport: it must not hear of a disk that is full
    const write = (line: string) => {
      if (!files.has(path)) return;
      try {
        file.write(line);
      } catch (error) {
        files.delete(path);
        tellBroken(error as FileError);
      }
    };
    sinks.push(traceWriter(write, record.header));
  }

  let timer: Timer | undefined;
  const draw = () => {
    const heldMs = heldSinceMs?.();
    const settledMs = Math.min(node.clock.now() - PATIENCE_MS, heldMs === undefined ? Number.POSITIVE_INFINITY : heldMs - 1);
    const now = (settledMs - startedAtMs) * 1e6;
    const settled = Math.min(now, record.waitsSince() ?? now);
    view.settle(settled);
    other?.settle(settled);
    view.pause();
    timer = node.clock.setTimer(DRAWN_EVERY_MS, draw);
  };
  const resized = () => view.resize(viewOf(options).columns);
  const stop = () => {
    timer?.cancel();
    process.stdout.off('resize', resized);
  };
  const discard = () => {
    stop();
    for (const file of files.values()) file.discard();
  };
  return {
    recorder: record,
    start() {
      process.stdout.on('resize', resized);
      draw();
    },
    async finish() {
      stop();
      record.flush();
      view.finish();
      try {
        for (const [path, file] of files) {
          file.finish();
          process.stderr.write(`written: ${path}\n`);
        }
      } catch (error) {
        discard();
        throw error;
      }
      if (atTheEnd.length === 0) return;
      const trace = { header: record.header, events: kept.events };
      const story = tell(trace);
      await writeOutputs(atTheEnd, { trace, story, shown: story, view: figureOf(options) });
    },
    discard,
    broken,
  };
}
