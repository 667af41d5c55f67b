/*
 * The port behind which groups are kept: who may enter, and what was said, in one order. The log in memory
 * answers at once; one on disk or for several servers may answer later, so everything is asked for and
 * replied to. Nothing else may assume that groups live in this process.
 */
import type { PasswordRecord } from './passwords.js';

/** Says that an entry comes from here: which seat said it, under which of its own message IDs. */
export interface Origin {
  readonly seat: object;
  readonly messageId: number;
}

/** What is to be appended. */
export interface NewEntry {
  /** ms since 1970. */
  readonly time: number;
  readonly sender: string;
  readonly text: string;
  readonly origin: Origin;
}

/** A message in a group's log. */
export interface Entry extends NewEntry {
  /** From 1, without gaps, in the group's order. */
  readonly sequence: number;
}

/** What was said after a sequence number. */
export interface Page {
  readonly entries: readonly Entry[];
  /** True: some of it is no longer kept. */
  readonly gap: boolean;
}

/** A group that is being followed. */
export interface Following {
  /** The sequence number of the last entry before the following began. */
  readonly lastSequence: number;
  stop(): void;
}

/** Where groups and their messages are kept. Each reply is called once, perhaps within the call. */
export interface GroupLog {
  /** Makes a group with an ID of the log's choosing; nothing, if there is no room for another. */
  create(record: PasswordRecord, reply: (group: string | undefined) => void): void;
  /** The password record of a group; nothing, if there is no such group. */
  find(group: string, reply: (record: PasswordRecord | undefined) => void): void;
  /**
   * Appends a message; followers are told of it before the reply, which is nothing if the group is gone: then its speaker is told
   * that it was not taken.
   */
  append(group: string, entry: NewEntry, reply: (sequence: number | undefined) => void): void;
  /** What was said after a sequence number, as far as it is kept. */
  read(group: string, after: number, reply: (page: Page) => void): void;
  /** Tells of every entry from now on, in order; nothing, if there is no such group. */
  follow(group: string, onEntry: (entry: Entry) => void): Following | undefined;
  /** Forgets a group. */
  retire(group: string): void;
  /** How many groups there are. */
  readonly size: number;
}
