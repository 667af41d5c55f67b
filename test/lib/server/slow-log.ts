/*
 * A group log that replies when it is told to, as one on a disk or on another machine would. While it is not
 * held, it replies at once.
 */
import type { Entry, Following, GroupLog, NewEntry, Page } from '../../../lib/group/log.js';
import type { PasswordRecord } from '../../../lib/group/passwords.js';

/** A log around another one. */
export class SlowLog implements GroupLog {
  /** Replies wait for {@link release}. */
  holds = false;
  /** What was appended is there to be read, but followers are told of it with the release. */
  tellsLate = false;
  readonly #waiting: (() => void)[] = [];

  constructor(private readonly inner: GroupLog) {}

  get size(): number {
    return this.inner.size;
  }

  /** How many replies wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Replies, the oldest first. */
  release(count = this.#waiting.length): void {
    for (const reply of this.#waiting.splice(0, count)) reply();
  }

  create(record: PasswordRecord, reply: (group: string | undefined) => void): void {
    this.#later(() => this.inner.create(record, reply));
  }

  find(group: string, reply: (record: PasswordRecord | undefined) => void): void {
    this.#later(() => this.inner.find(group, reply));
  }

  append(group: string, entry: NewEntry, reply: (sequence: number | undefined) => void): void {
    this.#later(() =>
      this.inner.append(group, entry, (sequence) => {
        if (this.tellsLate) this.#waiting.push(() => reply(sequence));
        else reply(sequence);
      }),
    );
  }

  /** What it read is as old as the question, not as the reply. */
  read(group: string, after: number, reply: (page: Page) => void): void {
    this.inner.read(group, after, (page) => this.#later(() => reply(page)));
  }

  follow(group: string, onEntry: (entry: Entry) => void): Following | undefined {
    return this.inner.follow(group, (entry) => {
      if (this.tellsLate) this.#waiting.push(() => onEntry(entry));
      else onEntry(entry);
    });
  }

  retire(group: string): void {
    this.inner.retire(group);
  }

  #later(work: () => void): void {
    if (this.holds) this.#waiting.push(work);
    else work();
  }
}
