/*
 * The groups of one server, kept in its memory: the registry of IDs and password records, and each group's
 * order and history. Answers within the call.
 */
import { History, HistoryBudget } from './history.js';
import { newGroupId } from './ids.js';
import type { Entry, Following, GroupLog, NewEntry, Page } from './log.js';
import type { PasswordRecord } from './passwords.js';

/** The bounds of a log in memory. */
export interface MemoryLogOptions {
  /** Bytes that nobody can guess, for the IDs. */
  readonly randomBytes: (count: number) => Uint8Array;
  /** Default 10,000. */
  readonly maxGroups?: number;
  /** Messages that a group keeps for those who come back. Default 512. */
  readonly maxHistoryMessages?: number;
  /** Bytes that a group keeps for those who come back. Default 256 KiB. */
  readonly maxHistoryBytes?: number;
  /** Bytes that all groups together keep. Default 64 MiB. */
  readonly maxTotalHistoryBytes?: number;
}

interface KeptGroup {
  readonly record: PasswordRecord;
  readonly history: History;
  readonly followers: Set<(entry: Entry) => void>;
  lastSequence: number;
}

/** A {@link GroupLog} in memory. */
export class MemoryGroupLog implements GroupLog {
  readonly #groups = new Map<string, KeptGroup>();
  readonly #randomBytes: (count: number) => Uint8Array;
  readonly #maxGroups: number;
  readonly #limits: { readonly maxMessages: number; readonly maxBytes: number };
  readonly #budget: HistoryBudget;

  constructor(options: MemoryLogOptions) {
    this.#randomBytes = options.randomBytes;
    this.#maxGroups = options.maxGroups ?? 10_000;
    this.#limits = { maxMessages: options.maxHistoryMessages ?? 512, maxBytes: options.maxHistoryBytes ?? 256 * 1024 };
    this.#budget = new HistoryBudget(options.maxTotalHistoryBytes ?? 64 * 1024 * 1024);
  }

  get size(): number {
    return this.#groups.size;
  }

  create(record: PasswordRecord, reply: (group: string | undefined) => void): void {
    if (this.#groups.size >= this.#maxGroups) return reply(undefined);
    const id = newGroupId((taken) => this.#groups.has(taken), this.#groups.size, this.#randomBytes);
    this.#groups.set(id, { record, history: new History(this.#limits, this.#budget), followers: new Set(), lastSequence: 0 });
    reply(id);
  }

  find(group: string, reply: (record: PasswordRecord | undefined) => void): void {
    reply(this.#groups.get(group)?.record);
  }

  append(group: string, { time, sender, text, origin }: NewEntry, reply: (sequence: number | undefined) => void): void {
    const kept = this.#groups.get(group);
    if (!kept) return reply(undefined);
    const sequence = ++kept.lastSequence;
    const entry = { sequence, time, sender, text, origin };
    kept.history.push(entry);
    for (const follower of kept.followers) follower(entry);
    reply(sequence);
  }

  read(group: string, after: number, reply: (page: Page) => void): void {
    const kept = this.#groups.get(group);
    reply(kept ? kept.history.read(after, kept.lastSequence) : { entries: [], gap: false });
  }

  follow(group: string, onEntry: (entry: Entry) => void): Following | undefined {
    const kept = this.#groups.get(group);
    if (!kept) return undefined;
    kept.followers.add(onEntry);
    return { lastSequence: kept.lastSequence, stop: () => kept.followers.delete(onEntry) };
  }

  retire(group: string): void {
    this.#groups.get(group)?.history.clear();
    this.#groups.delete(group);
  }
}
