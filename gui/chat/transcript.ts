/*
 * What was said in the group, as data: bounded, in the group's order, with one's own messages that are still on their way
 * behind it. Whoever draws it follows `version`, which changes once a frame however much comes.
 */
import { signal } from '@preact/signals';
import { readAloud, readNoMore } from './aloud.js';
import { oncePerFrame } from './next-frame.js';
import { Unread } from './unread.js';

/** The most that is kept; then the oldest go, some at a time. */
export const KEPT_ENTRIES = 5_000;
const DROPPED_AT_ONCE = 500;
/** A message within this time of the last one of the same person stands under the same name, in milliseconds. */
const SAME_BREATH_MS = 5 * 60_000;

/** One thing in the transcript. */
export type Entry = {
  /** Counts up. */
  readonly id: number;
  readonly time: Date;
  readonly text: string;
  /** It is the first of its day. */
  readonly beginsDay: boolean;
} & (
  | { readonly kind: 'message'; readonly sender: string; readonly isOwn: boolean; readonly goesOn: boolean }
  /** Somebody (`who`) came or went, or the connection did. */
  | { readonly kind: 'notice'; readonly who: string }
);

/** A message of one's own that is not accepted yet. */
export interface Pending {
  readonly id: number;
  readonly text: string;
}

/** The transcript of one stay in one group. */
export class Transcript {
  readonly version = signal(0);
  readonly unread = new Unread();
  /** In order; changed in place. */
  readonly entries: Entry[] = [];
  pending: readonly Pending[] = [];
  /** Whether older ones are gone. */
  isCut = false;
  #nextId = 1;
  readonly #changed = oncePerFrame(() => {
    this.version.value++;
  });

  /** Begins anew. */
  clear(): void {
    this.entries.length = 0;
    this.pending = [];
    this.isCut = false;
    readNoMore();
    this.unread.clear();
    this.#changed();
  }

  /** Somebody else says something. */
  heard({ sender, text, time }: { readonly sender: string; readonly text: string; readonly time: Date }): void {
    const entry = this.#append({ kind: 'message', sender, text, time, isOwn: false });
    this.unread.count(entry.id);
    readAloud(sender, text);
  }

  /** Something happened; `who`, if it happened to somebody, stands before the text. */
  noticed(text: string, time: Date, who = ''): void {
    this.#append({ kind: 'notice', who, text, time });
  }

  /** One says something oneself. */
  said(text: string): Pending {
    const pending = { id: this.#nextId++, text };
    this.pending = [...this.pending, pending];
    this.unread.forgetLine();
    this.#changed();
    return pending;
  }

  /** The group has it: it takes its place among the others'. */
  accepted(name: string, text: string, time: Date): void {
    const pending = this.pending.find((each) => each.text === text);
    if (pending) this.unsaid(pending);
    this.#append({ kind: 'message', sender: name, text, time, isOwn: true });
  }

  /** It will not be sent. */
  unsaid(pending: Pending): void {
    this.pending = this.pending.filter((each) => each !== pending);
    this.#changed();
  }

  /** The state of one's own messages has changed for all of them. */
  redraw(): void {
    this.#changed();
  }

  #append(what: Unplaced): Entry {
    const last = this.entries.at(-1);
    const beginsDay = last === undefined || last.time.toDateString() !== what.time.toDateString();
    const placed = { ...what, id: this.#nextId++, beginsDay };
    const entry: Entry = placed.kind === 'message' ? { ...placed, goesOn: !beginsDay && goesOn(last, placed) } : placed;
    this.entries.push(entry);
    if (this.entries.length > KEPT_ENTRIES) {
      this.entries.splice(0, DROPPED_AT_ONCE);
      this.isCut = true;
    }
    this.#changed();
    return entry;
  }
}

type Unplaced =
  | { readonly kind: 'message'; readonly sender: string; readonly text: string; readonly time: Date; readonly isOwn: boolean }
  | { readonly kind: 'notice'; readonly who: string; readonly text: string; readonly time: Date };

function goesOn(last: Entry | undefined, { sender, time }: { readonly sender: string; readonly time: Date }): boolean {
  return last?.kind === 'message' && last.sender === sender && time.getTime() - last.time.getTime() < SAME_BREATH_MS;
}
