/*
 * The last messages of a group, for members who come back after a lost connection. Bounded in messages and
 * in bytes, and in the sum over all groups by a budget that they share; the oldest go first.
 */
import type { Entry, Page } from './log.js';

/** What the histories of all groups may take together. */
export class HistoryBudget {
  usedBytes = 0;
  constructor(readonly maxBytes: number) {}
}

/** The bounds of one group's history. */
export interface HistoryLimits {
  readonly maxMessages: number;
  readonly maxBytes: number;
}

/** The last entries of one group. */
export class History {
  #entries: (Entry | undefined)[] = [];
  #first = 0;
  #bytes = 0;

  constructor(
    private readonly limits: HistoryLimits,
    private readonly budget: HistoryBudget,
  ) {}

  get size(): number {
    return this.#entries.length - this.#first;
  }

  push(entry: Entry): void {
    this.#entries.push(entry);
    this.#count(entryBytes(entry));
    while (this.size > 0 && this.#isOver()) this.#dropOldest();
  }

  /** The entries after a sequence number; `last` is the group's newest. */
  read(after: number, last: number): Page {
    const kept = this.#entries.slice(this.#first) as Entry[];
    const entries = kept.filter(({ sequence }) => sequence > after);
    return { entries, gap: entries.length < last - after };
  }

  clear(): void {
    while (this.size > 0) this.#dropOldest();
  }

  #isOver(): boolean {
    return this.size > this.limits.maxMessages || this.#bytes > this.limits.maxBytes || this.budget.usedBytes > this.budget.maxBytes;
  }

  #dropOldest(): void {
    const entry = this.#entries[this.#first] as Entry;
    this.#entries[this.#first++] = undefined;
    this.#count(-entryBytes(entry));
    if (this.#first < this.limits.maxMessages) return;
    this.#entries = this.#entries.slice(this.#first);
    this.#first = 0;
  }

  #count(bytes: number): void {
    this.#bytes += bytes;
    this.budget.usedBytes += bytes;
  }
}

/** Roughly what an entry takes in memory. */
function entryBytes({ sender, text }: Entry): number {
  return 96 + 2 * (sender.length + text.length);
}
