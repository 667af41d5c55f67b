/*
 * A trace that is shown while it happens: its events are joined as they come, and what is settled is drawn. Events go to
 * a list as well where somebody wants them later.
 */
import { type Joiner, joiner, type Step } from '../../tracer/join/index.js';
import { liveLadder, type ViewOptions } from '../../tracer/render/index.js';
import type { TraceEvent, TraceHeader, TraceSink } from '../../tracer/trace/trace.js';

/** A view that grows. */
export interface LiveView extends TraceSink {
  /** Nothing older than this comes any more. */
  settle(atNs: number): void;
  /** Draws what is settled, and what was held back for the look of it: nothing more comes for a while. */
  pause(): void;
  /** Draws whatever is left: nothing more comes. */
  finish(): void;
  /** The window has another width. */
  resize(columns: number): void;
}

/** Begins a view. */
export function liveView(header: Pick<TraceHeader, 'source'>, view: ViewOptions, write: (line: string) => void): LiveView {
  const join: Joiner = joiner(header);
  const ladder = liveLadder(view);
  let settled: Step[] = [];

  const take = (steps: readonly Step[]) => {
    for (const step of steps) settled.push(step);
  };
  const pause = () => {
    const { actors, connections } = join;
    for (const step of settled) for (const line of ladder.step(step, actors, connections)) write(line);
    settled = [];
    for (const line of ladder.rest()) write(line);
  };
  return {
    event: (event: TraceEvent) => take(join.push(event)),
    settle: (atNs) => take(join.settle(atNs)),
    pause,
    finish() {
      take(join.finish());
      pause();
    },
    resize: ladder.resize,
  };
}
