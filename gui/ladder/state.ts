/*
 * What a ladder on the page knows: the trace, how it comes, what is chosen. Events come by the thousand; the views are
 * told of them at most so often (`version`), and read the rest from the ladder itself.
 */
import { computed, signal } from '@preact/signals';
import type { JoinedConnection, Lane, Step } from '../../tracer/join/index.js';
import type { StoryFilter } from '../../tracer/select/index.js';
import type { Trace } from '../../tracer/trace/trace.js';
import { strings } from '../strings.js';
import type { FeedState } from './feed.js';
import { Ladder } from './ladder.js';
import { liveFeed } from './live-feed.js';

/** Where the trace comes from, and how that stands. */
export type Status = FeedState | 'file';

/** What a reader has asked for, as it stands in the fields. */
export interface Wanted {
  readonly connection: string;
  readonly actor: string;
  readonly hidden: readonly Lane[];
  readonly types: string;
  readonly text: string;
}

/** What is beside the ladder. */
export type Panel =
  | { readonly kind: 'none' }
  | { readonly kind: 'step'; readonly step: number }
  | { readonly kind: 'dialogue'; readonly connection: string };

/** The layers that can be shown or not. */
export const LANES = ['frames', 'segments', 'states', 'kernel', 'calls'] as const satisfies readonly Lane[];

/** As long as nobody asks for states, the rows are what goes over the network. */
export const NOTHING_WANTED: Wanted = { connection: '', actor: '', hidden: ['states'], types: '', text: '' };

/** The views are told at most so often, in milliseconds. */
const TOLD_EVERY_MS = 60;

/** The fields as the tracer's filter has them. */
export function filterOf({ connection, actor, hidden, types, text }: Wanted): StoryFilter {
  const names = types.split(/[\s,]+/).filter((name) => name !== '');
  return {
    lanes: [...LANES.filter((lane) => !hidden.includes(lane)), 'notes'],
    ...(connection !== '' && { connection }),
    ...(actor !== '' && { actor }),
    ...(names.length > 0 && { types: names }),
    ...(text.trim() !== '' && { text: text.trim() }),
  };
}

/** The state of one ladder. */
export class LadderState {
  readonly ladder = new Ladder(filterOf(NOTHING_WANTED));
  /** Changes whenever there is something new to draw. */
  readonly version = signal(0);
  readonly status = signal<Status>('connecting');
  /** Why it is as it is. */
  readonly sentence = signal('');
  readonly wanted = signal(NOTHING_WANTED);
  readonly time = signal<'relative' | 'delta'>('relative');
  /** So many rows are shown while it is paused. */
  readonly pausedAt = signal<number | undefined>(undefined);
  /** The row that is chosen. */
  readonly row = signal<number | undefined>(undefined);
  /** The first row in sight. */
  readonly firstInSight = signal(0);
  readonly panel = signal<Panel>({ kind: 'none' });
  /** How many rows are to be seen. */
  readonly count = computed(() => {
    void this.version.value;
    return Math.min(this.pausedAt.value ?? Number.POSITIVE_INFINITY, this.ladder.book.rows.length);
  });
  /** Layers that occur, beside those of every trace. */
  readonly #seen = new Set<Lane>(['frames', 'segments', 'states']);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isNew = false;
  #close: () => void = () => {};

  get lanes(): readonly Lane[] {
    return LANES.filter((lane) => this.#seen.has(lane));
  }

  /** Shows the server's live trace. */
  goLive(token: string | undefined): void {
    this.close();
    this.ladder.begin({ ...this.ladder.header, title: '' });
    this.#reset();
    this.#close = liveFeed(
      {
        header: (header) => {
          this.ladder.begin(header);
          this.#reset();
          this.sentence.value = this.#forgetOther();
        },
        event: (event) => {
          if (event.kind === 'kernel' || event.kind === 'socket') this.#seen.add('kernel');
          if (event.kind === 'call') this.#seen.add('calls');
          this.ladder.event(event);
          this.#changed();
        },
        settle: (atNs) => {
          this.ladder.settle(atNs);
          this.#changed();
        },
        state: (state, refusal) => {
          this.status.value = state;
          this.sentence.value = refusal ? strings.ladder.refusals[refusal] : '';
        },
      },
      token,
    );
  }

  /** Shows a whole trace; `problems` say what of it could not be read. */
  showFile(trace: Trace, problems: readonly string[]): void {
    this.close();
    for (const { kind } of trace.events) {
      if (kind === 'kernel' || kind === 'socket') this.#seen.add('kernel');
      if (kind === 'call') this.#seen.add('calls');
    }
    this.ladder.show(trace);
    this.#reset();
    this.status.value = 'file';
    this.sentence.value = [this.#forgetOther(), ...problems].filter((sentence) => sentence !== '').join(' ');
  }

  /** Filters. */
  want(change: Partial<Wanted>): void {
    this.wanted.value = { ...this.wanted.value, ...change };
    const chosen = this.chosenStep;
    this.ladder.choose(filterOf(this.wanted.value));
    if (this.pausedAt.value !== undefined) this.pausedAt.value = this.ladder.book.rows.length;
    this.row.value = chosen && this.ladder.book.rowOf(chosen.number);
    this.version.value += 1;
  }

  /** The step of the chosen row. */
  get chosenStep(): Step | undefined {
    const { value } = this.row;
    return value === undefined ? undefined : this.ladder.book.rows[value]?.step;
  }

  /** A step by its number, shown or not. */
  stepOf(number: number): Step | undefined {
    const { steps } = this.ladder.story;
    const near = steps[number - (steps[0]?.number ?? 1)];
    // numbers have gaps where a file's preparation is left out
    return near?.number === number ? near : steps.find((step) => step.number === number);
  }

  /** A connection by its id. */
  connectionOf(id: string): JoinedConnection | undefined {
    return this.ladder.connections.find((connection) => connection.id === id);
  }

  /** Fetches nothing any more. */
  close(): void {
    this.#close();
    this.#close = () => {};
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #reset(): void {
    this.row.value = undefined;
    this.panel.value = { kind: 'none' };
    this.pausedAt.value = undefined;
    this.sentence.value = '';
    this.version.value += 1;
  }

  /** Who was asked for is somebody else in another trace; says so, if there was a filter for one. */
  #forgetOther(): string {
    const { connection, actor } = this.wanted.value;
    if (connection === '' && actor === '') return '';
    this.want({ connection: '', actor: '' });
    return strings.ladder.filterOfOther([connection, actor].filter((name) => name !== '').join(', '));
  }

  #changed(): void {
    this.#isNew = true;
    this.#timer ??= setTimeout(() => this.#tell(), TOLD_EVERY_MS);
  }

  /** What was held back for the look of it is shown as soon as nothing came for a while. */
  #tell(): void {
    this.#timer = undefined;
    const wasNew = this.#isNew;
    this.#isNew = false;
    if (wasNew) this.#timer = setTimeout(() => this.#tell(), TOLD_EVERY_MS);
    const before = this.ladder.counts.dropped;
    const hasMore = wasNew ? this.ladder.draw() : this.ladder.rest();
    if (this.ladder.counts.dropped !== before) this.#rowsMoved();
    if (hasMore) this.version.value += 1;
  }

  /** The oldest rows are gone, so the others have other numbers. */
  #rowsMoved(): void {
    this.row.value = undefined;
    if (this.pausedAt.value !== undefined) this.pausedAt.value = this.ladder.book.rows.length;
  }
}
