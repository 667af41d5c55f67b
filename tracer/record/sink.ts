/*
 * A sink that keeps the events of a trace in a list.
 */
import type { TraceEvent, TraceSink } from '../trace/trace.js';

/** A list of events that grows. */
export interface MemorySink extends TraceSink {
  readonly events: readonly TraceEvent[];
}

/** Keeps what it is given. */
export function memorySink(): MemorySink {
  const events: TraceEvent[] = [];
  return { events, event: (event) => void events.push(event) };
}
