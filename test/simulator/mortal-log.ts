/*
 * A group log that outlives the process that uses it, as one on a disk would: when the process dies it stops following,
 * and the next one finds everything in its place.
 */
import type { Entry, Following, GroupLog, NewEntry, Page } from '../../lib/group/log.js';
import type { PasswordRecord } from '../../lib/group/passwords.js';

/** One process's access to a log. */
export class MortalLog implements GroupLog {
  readonly #followings = new Set<Following>();
  /** Groups from before this process that nobody has entered since; only who enters a group has it given up later. */
  readonly #untouched: number;
  readonly #known = new Set<string>();
  readonly #own = new Set<string>();

  constructor(private readonly inner: GroupLog) {
    this.#untouched = inner.size;
  }

  get size(): number {
    return this.inner.size;
  }

  /** How many groups this process has never followed. */
  get neverFollowed(): number {
    return this.#untouched - this.#known.size;
  }

  stop(): void {
    for (const following of this.#followings) following.stop();
  }

  create(record: PasswordRecord, reply: (group: string | undefined) => void): void {
    this.inner.create(record, (group) => {
      if (group !== undefined) this.#own.add(group);
      reply(group);
    });
  }

  find(group: string, reply: (record: PasswordRecord | undefined) => void): void {
    this.inner.find(group, reply);
  }

  append(group: string, entry: NewEntry, reply: (sequence: number | undefined) => void): void {
    this.inner.append(group, entry, reply);
  }

  read(group: string, after: number, reply: (page: Page) => void): void {
    this.inner.read(group, after, reply);
  }

  follow(group: string, onEntry: (entry: Entry) => void): Following | undefined {
    const following = this.inner.follow(group, onEntry);
    if (!following) return undefined;
    this.#followings.add(following);
    if (!this.#own.has(group)) this.#known.add(group);
    return following;
  }

  retire(group: string): void {
    this.#own.delete(group);
    this.inner.retire(group);
  }
}
