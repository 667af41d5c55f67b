/*
 * Fan-out: what a turn of the event loop has to say, gathered so that every connection gets one chunk.
 * A frame for a whole group is encoded once into its Channel's batch. A connection's Outbox holds what is
 * for it alone, and a cursor into the batch; before anything of its own is added, the batch up to there is
 * copied in, so that the order is kept. Those with nothing of their own share one chunk, by reference.
 */
import type { ServerCodec } from '../wire/codec.js';
import { ByteWriter } from '../wire/fields.js';
import type { ServerSaying } from '../wire/saying.js';

/** A new writer's room, bytes. */
const WRITER_BYTES = 1024;
/** A writer that has grown beyond this is not kept, bytes. */
const MAX_KEPT_WRITER_BYTES = 64 * 1024;
/** What all spare writers together may hold, bytes: a turn in which a thousand connections are told something needs as many. */
const MAX_SPARE_BYTES = 2 * 1024 * 1024;

/** All outboxes and channels of a server, and which of them have something to send. */
export class Fanout<Owner> {
  readonly dirtyChannels = new Set<Channel<Owner>>();
  readonly dirtyOutboxes = new Set<Outbox<Owner>>();
  readonly #spare: ByteWriter[] = [];
  #spareBytes = 0;

  /** True if flush would send something. */
  get pending(): boolean {
    return this.dirtyChannels.size > 0 || this.dirtyOutboxes.size > 0;
  }

  /** Hands over the chunks of this turn, one for each connection that has something to be told. */
  flush(send: (owner: Owner, chunk: Uint8Array) => void): void {
    for (const channel of this.dirtyChannels) channel.flush(send);
    this.dirtyChannels.clear();
    for (const outbox of this.dirtyOutboxes) {
      const chunk = outbox.take();
      if (chunk) send(outbox.owner, chunk);
    }
    this.dirtyOutboxes.clear();
  }

  /** Writers are lent for a turn, so that an idle connection holds none. */
  borrow(): ByteWriter {
    const spare = this.#spare.pop();
    if (!spare) return new ByteWriter(WRITER_BYTES);
    this.#spareBytes -= spare.bytes.length;
    return spare;
  }

  /** Takes a writer back and gives what was written, as a chunk that never changes. */
  giveBack(writer: ByteWriter): Uint8Array {
    const chunk = writer.written().slice();
    writer.length = 0;
    const room = writer.bytes.length;
    if (room > MAX_KEPT_WRITER_BYTES || this.#spareBytes + room > MAX_SPARE_BYTES) return chunk;
    this.#spare.push(writer);
    this.#spareBytes += room;
    return chunk;
  }
}

/** The members of a group who speak one codec, and what this turn tells them all. */
export class Channel<Owner> {
  readonly members = new Set<Outbox<Owner>>();
  #batch: ByteWriter | undefined;

  constructor(
    readonly fanout: Fanout<Owner>,
    readonly codec: ServerCodec,
  ) {}

  /** How many bytes this turn's batch has so far. */
  get length(): number {
    return this.#batch?.length ?? 0;
  }

  /** Tells all members but some, who may have been told in their own words. */
  publish(saying: ServerSaying, except: Iterable<Outbox<Owner>> = []): void {
    for (const outbox of except) outbox.catchUp();
    if (!this.#batch) {
      this.#batch = this.fanout.borrow();
      this.fanout.dirtyChannels.add(this);
    }
    this.codec.write(this.#batch, saying);
    for (const outbox of except) outbox.skip();
  }

  /** The batch from a place on. */
  from(cursor: number): Uint8Array | undefined {
    return this.#batch?.written(cursor);
  }

  flush(send: (owner: Owner, chunk: Uint8Array) => void): void {
    if (!this.#batch) return;
    const shared = this.fanout.giveBack(this.#batch);
    this.#batch = undefined;
    for (const outbox of this.members) {
      const chunk = outbox.take(shared);
      if (chunk) send(outbox.owner, chunk);
    }
  }
}

/** What one connection is to be told, in order. */
export class Outbox<Owner> {
  #channel: Channel<Owner> | undefined;
  #cursor = 0;
  #own: ByteWriter | undefined;

  constructor(
    readonly owner: Owner,
    readonly codec: ServerCodec,
    readonly fanout: Fanout<Owner>,
  ) {}

  /** The channel that it listens to. */
  get channel(): Channel<Owner> | undefined {
    return this.#channel;
  }

  /** Says something to this connection alone, after everything that was said before. */
  push(saying: ServerSaying): void {
    this.catchUp();
    this.#own ??= this.fanout.borrow();
    this.codec.write(this.#own, saying);
    this.fanout.dirtyOutboxes.add(this);
  }

  /** Listens to a channel from now on. */
  join(channel: Channel<Owner>): void {
    this.leave();
    this.#channel = channel;
    this.#cursor = channel.length;
    channel.members.add(this);
  }

  /** Listens no longer; what the channel has said so far still goes out. */
  leave(): void {
    this.catchUp();
    this.#channel?.members.delete(this);
    this.#channel = undefined;
    this.#cursor = 0;
  }

  /** Copies what the channel has said so far, so that something else can follow it. */
  catchUp(): void {
    const said = this.#channel && this.#channel.length > this.#cursor ? this.#channel.from(this.#cursor) : undefined;
    if (!said) return;
    this.#own ??= this.fanout.borrow();
    this.#own.raw(said);
    this.fanout.dirtyOutboxes.add(this);
    this.skip();
  }

  /** Leaves out what the channel has said so far. */
  skip(): void {
    this.#cursor = this.#channel?.length ?? 0;
  }

  /** The chunk of this turn; `shared` is the channel's whole batch. */
  take(shared?: Uint8Array): Uint8Array | undefined {
    const cursor = this.#cursor;
    this.#cursor = 0;
    const rest = shared && cursor < shared.length ? (cursor === 0 ? shared : shared.subarray(cursor)) : undefined;
    const own = this.#own;
    if (!own) return rest;
    this.#own = undefined;
    if (rest) own.raw(rest);
    const chunk = this.fanout.giveBack(own);
    return chunk.length > 0 ? chunk : undefined; // text has no words for some frames
  }
}
