/*
 * A trace that goes on, kept for whoever looks. A viewer is a number in the kept lines and no queue of its own: one that
 * reads too slowly is overtaken, is told how many events it has missed, and goes on. Where the text goes is the caller's
 * business: over HTTP (cli/serving/pages/trace-stream.ts), or from a SharedWorker to tabs (gui/ladder/shared-feed).
 *
 * Its live form has marks between the events: the number of the next event, by which a viewer goes on, and the time up to
 * which nothing can come any more.
 */
import { eventLine, headerLine } from '../file/index.js';
import type { TraceEvent, TraceHeader, TraceSink } from '../trace/trace.js';
import { type KeptBounds, KeptLines } from './kept-lines.js';

/** How much is kept, if nobody says otherwise. */
export const KEPT_BOUNDS: KeptBounds = { maxLines: 100_000, maxCharacters: 32 * 1024 * 1024 };

/** Where a viewer is: in which run, and the number of the event that it gets next. */
export interface Place {
  readonly run: string;
  readonly next: number;
}

/** What a viewer gets, and the number of the event behind it. */
export interface Piece {
  readonly text: string;
  readonly next: number;
}

/** What is handed out in one go: more would only wait in a queue. */
const PIECE_CHARACTERS = 64 * 1024;

/** The trace of one run. */
export class KeptTrace implements TraceSink {
  readonly #header: TraceHeader;
  readonly #kept: KeptLines;
  /** Who takes part, by id: said at the start of each stream, even if it was said too long ago. */
  readonly #actors = new Map<string, { readonly line: string; readonly number: number }>();
  #latestNs = 0;
  #settledNs = 0;

  constructor(header: TraceHeader, bounds: KeptBounds = KEPT_BOUNDS) {
    this.#header = header;
    this.#kept = new KeptLines(bounds);
  }

  /** What tells this run from another one. */
  get run(): string {
    return String(this.#header.startedAtMs);
  }

  /** The number that the next event gets. */
  get next(): number {
    return this.#kept.next;
  }

  /** Nothing older than this comes any more, in nanoseconds since the start. */
  get settledNs(): number {
    return this.#settledNs;
  }

  /** Nothing that has happened can be completed any more. */
  get isSettled(): boolean {
    return this.#settledNs >= this.#latestNs;
  }

  event(event: TraceEvent): void {
    this.#latestNs = Math.max(this.#latestNs, event.at);
    const line = eventLine(event);
    if (event.kind === 'actor') this.#actors.set(event.id, { line, number: this.next });
    this.#kept.push(line);
  }

  /** Nothing older than this comes any more. */
  settle(atNs: number): void {
    this.#settledNs = Math.max(this.#settledNs, Math.floor(atNs));
  }

  /** A mark for a viewer who gets this event next. */
  mark(next: number): string {
    return `${JSON.stringify({ mark: { next, settledNs: this.#settledNs } })}\n`;
  }

  /** How a stream begins: at a place of this run, or else with all that is kept. Events follow, by `more`. */
  begin({ run, next }: Place, hasMarks: boolean): Piece {
    const goesOn = run === this.run && Number.isSafeInteger(next) && next >= 0 && next <= this.next;
    const before = goesOn ? [] : [...this.#actors.values()].filter(({ number }) => number < this.#kept.first).map(({ line }) => line);
    const first = goesOn ? next : 0;
    return { text: headerLine(this.#header) + before.join('') + (hasMarks ? this.mark(first) : ''), next: first };
  }

  /** The next events for a viewer, as many as go in one piece; none, if it has them all. */
  more(next: number, hasMarks: boolean): Piece {
    const { first } = this.#kept;
    const missed = next < first ? this.#missed(first - next) + (hasMarks ? this.mark(first) : '') : '';
    const piece = this.#kept.read(Math.max(next, first), PIECE_CHARACTERS);
    return { text: missed + piece.text, next: piece.next };
  }

  #missed(count: number): string {
    return eventLine({
      kind: 'note',
      at: this.#latestNs,
      basis: 'synthetic',
      text: `${count} event${count === 1 ? ' is' : 's are'} missing here: no longer kept when they were to be sent.`,
    });
  }
}
