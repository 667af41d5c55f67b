/*
 * A seat: one name in one group, with or without a connection. It outlives a lost connection for a while, so
 * that its owner can come back with the token, and it remembers which messages it has told already.
 */

import type { TokenBucket } from '../token-bucket.js';
import type { Outbox } from './fanout.js';
import type { Group } from './group.js';

/** Message IDs that a seat remembers, to tell doubled ones: twice what a client may have on its way. */
export const REMEMBERED_MESSAGES = 256;

/** One name in one group. */
export class Seat<Owner> {
  readonly kind = 'seat';
  scheduledAt = Number.POSITIVE_INFINITY;
  /** The connection that sits here; nothing while it is lost. */
  outbox: Outbox<Owner> | undefined;
  /** Whether its owner has sent anything since it sat down: then it knows its token. */
  heard = false;
  /** The session that sits here, or sat here last. */
  session = '';
  /** Messages that were given to the log and not yet answered. */
  appending = 0;
  #lastId = -1;
  #told: { readonly ids: Uint32Array; readonly sequences: Uint32Array } | undefined;

  constructor(
    readonly group: Group<Owner>,
    readonly name: string,
    /** What is unique in the group: the name without case and invisible characters. */
    readonly key: string,
    /** The resume token; empty where nobody can come back (the plain-text door). */
    readonly token: Uint8Array,
    /** What its owner may still say, over whichever connection: else every new one would bring a full allowance. */
    readonly bucket: TokenBucket,
  ) {}

  /** Whether a message ID is new. IDs count up, so an old one is a message that was sent again. */
  isNew(messageId: number): boolean {
    if (messageId <= this.#lastId) return false;
    this.#lastId = messageId;
    return true;
  }

  /** Remembers that the log has a message. */
  told(messageId: number, sequence: number): void {
    if (this.token.length === 0) return;
    this.#told ??= { ids: new Uint32Array(REMEMBERED_MESSAGES), sequences: new Uint32Array(REMEMBERED_MESSAGES) };
    this.#told.ids[messageId % REMEMBERED_MESSAGES] = messageId;
    this.#told.sequences[messageId % REMEMBERED_MESSAGES] = sequence;
  }

  /** The sequence number of a message that was told before; nothing if it is not known (yet, or any more). */
  sequenceOf(messageId: number): number | undefined {
    const place = messageId % REMEMBERED_MESSAGES;
    // 0 is the ID in a place that was never used; sequence numbers begin at 1
    return this.#told?.ids[place] === messageId ? this.#told.sequences[place] || undefined : undefined;
  }

  /** It is given up for good: entries of the log still point here, so what is remembered goes. */
  forget(): void {
    this.#told = undefined;
  }
}
