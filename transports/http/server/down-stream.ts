/*
 * The answer to a GET that goes on and on: the records of its sessions, as they come up, for as long as the socket takes
 * them.
 */
import type { ServerResponse } from 'node:http';
import { RecordWriter } from '../wire/write.js';
import type { Down, Session } from './session.js';

/** The most of one session that is written in one go, in bytes: the others of the same answer get their turn. */
const TURN_BYTES = 64 * 1024;

/** Carries sessions down. */
export class DownStream implements Down {
  readonly #response: ServerResponse;
  readonly #slots: (Session | undefined)[] = [];
  readonly #now: () => number;
  #isWoken = false;
  #isFull = false;

  /** Begins with the answer's head; sessions are added, in the order of their channels, before anything else happens. */
  constructor(response: ServerResponse, now: () => number) {
    this.#response = response;
    this.#now = now;
    response.on('drain', () => {
      this.#isFull = false;
      this.wake();
    });
    response.on('close', () => this.#broken());
    response.on('error', () => undefined); // `close` follows
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    response.flushHeaders();
  }

  /** Carries another session, whose client has everything before the offset that it named. */
  add(session: Session): void {
    session.down?.leave(session);
    session.connection.channel.rewind();
    session.down = this;
    this.#slots.push(session);
    this.wake();
  }

  /** Says one thing on the next channel, which stays empty. */
  addWord(write: (channel: number, writer: RecordWriter) => void): void {
    const writer = new RecordWriter();
    write(this.#slots.length, writer);
    this.#slots.push(undefined);
    this.#response.write(writer.bytes);
  }

  wake(): void {
    if (this.#isWoken) return;
    this.#isWoken = true;
    queueMicrotask(() => {
      this.#isWoken = false;
      this.#flush();
    });
  }

  leave(session: Session): void {
    const channel = this.#slots.indexOf(session);
    if (channel < 0) return;
    this.#slots[channel] = undefined;
    session.down = undefined;
    session.lonelySince = this.#now();
    if (session.connection.isOver) this.#write(channel, session); // also to a full socket: it is a few bytes, and nothing follows
    this.endIfEmpty();
  }

  /** Ends the answer if it carries nobody. */
  endIfEmpty(): void {
    if (this.#slots.some((slot) => slot !== undefined)) return;
    // a client that does not read would never see the end: it asks anew, and is told then
    if (this.#isFull) this.#response.destroy();
    else this.#response.end();
  }

  #flush(): void {
    let hasMore = true;
    while (hasMore && !this.#isFull) {
      hasMore = false;
      for (const [channel, session] of this.#slots.entries()) {
        if (!session || this.#isFull || session.connection.channel.urgency !== 'now') continue;
        this.#write(channel, session);
        hasMore = true;
      }
    }
  }

  #write(channel: number, session: Session): void {
    const writer = new RecordWriter();
    session.connection.channel.pull(channel, writer, TURN_BYTES);
    if (writer.length > 0 && !this.#response.write(writer.bytes)) this.#isFull = true;
  }

  #broken(): void {
    for (const session of this.#slots) {
      if (session?.down !== this) continue;
      session.down = undefined;
      session.lonelySince = this.#now();
    }
    this.#slots.length = 0;
  }
}
