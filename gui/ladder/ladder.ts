/*
 * A trace as it becomes a ladder: events are joined to steps by the tracer's joiner, filtered by its filter, and plotted to
 * rows by its plotter, the same as in the terminal. How much is kept has a bound; the oldest go first.
 * Knows no browser.
 */
import { type Actor, type JoinedConnection, joiner, type Step, type Story, tell } from '../../tracer/join/index.js';
import { actorsOf, plotter } from '../../tracer/layout/index.js';
import { filterStory, type StoryFilter, withoutPreparation } from '../../tracer/select/index.js';
import type { Trace, TraceEvent, TraceHeader } from '../../tracer/trace/trace.js';
import { RowBook } from './row-book.js';

/** How much is kept. */
export interface LadderBounds {
  readonly maxSteps: number;
  readonly maxEvents: number;
}

const DEFAULTS: LadderBounds = { maxSteps: 200_000, maxEvents: 300_000 };
/** Of what is kept, so much goes at once: each time all rows are made anew. */
const GOES = 1 / 4;

const NO_HEADER: TraceHeader = {
  ...{ format: 'chatwire-trace', version: 1, title: '', source: 'taps', startedAtMs: 0, secrets: 'masked', madeBy: '' },
};

/** A trace and its rows. */
export class Ladder {
  readonly #bounds: LadderBounds;
  #header = NO_HEADER;
  #events: TraceEvent[] = [];
  #steps: Step[] = [];
  /** Steps of which there are no rows yet. */
  #fresh: Step[] = [];
  #shown = 0;
  #taking = new Set<string>();
  #join = joiner(NO_HEADER);
  #cast: { readonly actors: readonly Actor[]; readonly connections: readonly JoinedConnection[] } = this.#join;
  #filter: StoryFilter;
  #book = new RowBook();
  #plot = plotter();
  #dropped = 0;

  constructor(filter: StoryFilter = {}, bounds: Partial<LadderBounds> = {}) {
    this.#filter = filter;
    this.#bounds = { ...DEFAULTS, ...bounds };
  }

  get header(): TraceHeader {
    return this.#header;
  }
  /** The rows of what fits the filter. */
  get book(): RowBook {
    return this.#book;
  }
  get actors(): readonly Actor[] {
    return this.#cast.actors;
  }
  get connections(): readonly JoinedConnection[] {
    return this.#cast.connections;
  }
  /** Those of them who take part in what is shown; all, if none does. */
  get shownActors(): readonly Actor[] {
    const found = this.actors.filter(({ id }) => this.#taking.has(id));
    return found.length > 0 ? found : this.actors;
  }
  /** How many steps there are, and how many of them are shown. */
  get counts(): { readonly all: number; readonly shown: number; readonly dropped: number } {
    return { all: this.#steps.length, shown: this.#shown, dropped: this.#dropped };
  }
  /** What is kept of the trace. */
  get trace(): Trace {
    return { header: this.#header, events: this.#events };
  }
  /** All that is kept, told. */
  get story(): Story {
    const { title, startedAtMs } = this.#header;
    return { title, startedAtMs, actors: this.actors, connections: this.connections, steps: this.#steps };
  }
  /** What of it fits the filter. */
  get shown(): Story {
    return filterStory(this.story, this.#filter);
  }

  /** A trace begins that goes on. */
  begin(header: TraceHeader): void {
    this.#header = header;
    [this.#events, this.#steps, this.#dropped] = [[], [], 0];
    this.#join = joiner(header);
    this.#cast = this.#join;
    this.#lay();
  }

  /** Something happens. */
  event(event: TraceEvent): void {
    this.#events.push(event);
    if (this.#events.length > this.#bounds.maxEvents) this.#forgetEvents();
    this.#add(this.#join.push(event));
  }

  /** Nothing older than this comes any more. */
  settle(atNs: number): void {
    this.#add(this.#join.settle(atNs));
  }

  /** Makes rows of what has settled since. True if there was anything. */
  draw(): boolean {
    const fresh = this.#fresh;
    this.#fresh = [];
    if (fresh.length === 0) return false;
    if (this.#steps.length <= this.#bounds.maxSteps) this.#draw(fresh);
    else {
      const goes = Math.max(this.#steps.length - this.#bounds.maxSteps, Math.ceil(this.#bounds.maxSteps * GOES));
      this.#dropped += goes;
      this.#steps = this.#steps.slice(goes);
      this.#lay();
    }
    return true;
  }

  /** Nothing comes for a while: rows that were held back for the look of it are shown. True if there were any. */
  rest(): boolean {
    const rows = this.#plot.rest();
    for (const row of rows) this.#book.push(row);
    return rows.length > 0;
  }

  /** Nothing comes any more. */
  finish(): void {
    this.#add(this.#join.finish());
    this.draw();
    this.rest();
  }

  /** Shows a whole trace, that of a file. */
  show(trace: Trace): void {
    const { actors, connections, steps } = withoutPreparation(tell(trace), trace.header);
    this.#header = trace.header;
    this.#events = [...trace.events];
    this.#steps = [...steps];
    this.#dropped = 0;
    this.#join = joiner(trace.header);
    this.#cast = { actors, connections };
    this.#lay();
    this.rest();
  }

  /** Shows what fits. */
  choose(filter: StoryFilter): void {
    this.#filter = filter;
    this.#lay();
    this.rest();
  }

  #add(steps: readonly Step[]): void {
    for (const step of steps) {
      this.#steps.push(step);
      this.#fresh.push(step);
    }
  }

  #lay(): void {
    this.#book = new RowBook();
    this.#plot = plotter();
    this.#shown = 0;
    this.#taking = new Set();
    this.#fresh = [];
    this.#draw(this.#steps);
  }

  #draw(steps: readonly Step[]): void {
    const { title, startedAtMs } = this.#header;
    const { actors, connections } = this;
    for (const step of filterStory({ title, startedAtMs, actors, connections, steps }, this.#filter).steps) {
      this.#shown += 1;
      for (const id of actorsOf(step)) this.#taking.add(id);
      for (const row of this.#plot.add(step)) this.#book.push(row);
    }
  }

  /** Who takes part stays known. */
  #forgetEvents(): void {
    const goes = Math.ceil(this.#bounds.maxEvents * GOES);
    const names = this.#events.slice(0, goes).filter(({ kind }) => kind === 'actor');
    this.#events = [...names, ...this.#events.slice(goes)];
  }
}
