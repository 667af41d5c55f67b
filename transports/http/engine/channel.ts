/*
 * Both directions of one connection: records in, records out. Pure: it knows no request, no socket and no time. The
 * requests that carry it may break at any byte; rewind() makes what was not acknowledged go again over the next one.
 *
 * Both ends are the same machine but for one thing. The server acknowledges in its answer to each POST, so it says
 * unasked only that there is room again. The client has to send a POST for it, so it waits for a reason: half a window,
 * an end, a PING, or that a while has passed.
 */
import { HEAD_BYTES, MAX_DATA_BYTES, type Record, type RecordOf, type ResetCode } from '../wire/records.js';
import type { RecordWriter } from '../wire/write.js';
import { Incoming, StreamError } from './incoming.js';
import { Outgoing } from './outgoing.js';

export { StreamError };

/** How many bytes may wait at a receiver to be read. */
export const WINDOW_BYTES = 256 * 1024;

/** Bytes of a DATA record beside its data. */
const DATA_OVERHEAD = HEAD_BYTES + 10;

/** What a record meant. */
export type Taken = 'data' | 'acknowledged' | 'reset' | 'nothing';

/** When something is to be sent: at once, once a while has passed, or not at all. */
export type Urgency = 'now' | 'soon' | 'never';

/** A connection between requests. */
export class Channel {
  readonly out = new Outgoing(WINDOW_BYTES);
  readonly in = new Incoming(WINDOW_BYTES);
  /** Someone waits for the acknowledgement of all that was sent. */
  drainDue = false;
  readonly #end: 'client' | 'server';
  #toldReceived = 0;
  #toldLimit = WINDOW_BYTES;
  #ackNow = false;
  #pingDue = false;
  /** How far the stream had been sent when the peer was last asked to acknowledge. */
  #pingedAt = -1;
  #reset: RecordOf<'RESET'> | undefined;
  #resetTold = false;

  constructor(end: 'client' | 'server') {
    this.#end = end;
  }

  /**
   * Takes a record of the peer's.
   * @throws {StreamError} if it breaks the rules
   */
  take(record: Record): Taken {
    switch (record.type) {
      case 'DATA':
        if (this.in.take(record.offset, record.data)) return 'data';
        this.#ackNow = true; // it came twice: the peer does not know yet
        return 'nothing';
      case 'END':
        this.#ackNow = true;
        return this.in.end(record.offset) ? 'data' : 'nothing';
      case 'ACK':
        if (!this.out.acknowledge(record.received, record.limit)) throw new StreamError('what was never sent is acknowledged');
        return 'acknowledged';
      case 'PING':
        this.#ackNow = true;
        return 'nothing';
      case 'RESET':
        return 'reset';
    }
  }

  /** Whether something is to be sent. */
  get urgency(): Urgency {
    if (this.#reset) return this.#resetTold ? 'never' : 'now';
    if (this.out.ready || this.#pingDue || this.#mustAsk) return 'now';
    if (this.#ackNow || this.in.limit - this.#toldLimit >= WINDOW_BYTES / 2) return 'now';
    if (this.#end === 'server' || this.in.received === this.#toldReceived) return 'never';
    return this.in.received - this.#toldReceived >= WINDOW_BYTES / 4 ? 'now' : 'soon';
  }

  /** Writes what is to be sent, as far as about `maxBytes` go. */
  pull(channel: number, writer: RecordWriter, maxBytes: number): void {
    if (this.#reset) {
      if (!this.#resetTold) writer.write(channel, this.#reset);
      this.#resetTold = true;
      return;
    }
    if (this.#ackNow || this.in.received !== this.#toldReceived || this.in.limit !== this.#toldLimit) this.pullAck(channel, writer);
    while (writer.length + DATA_OVERHEAD < maxBytes) {
      const piece = this.out.next(Math.min(MAX_DATA_BYTES, maxBytes - writer.length - DATA_OVERHEAD));
      if (!piece) break;
      writer.write(channel, piece);
    }
    if (!this.#pingDue && !this.#mustAsk) return;
    this.#pingDue = false;
    this.#pingedAt = this.out.sent;
    writer.write(channel, { type: 'PING' });
  }

  /** Writes the acknowledgement, whether it is due or not. */
  pullAck(channel: number, writer: RecordWriter): void {
    this.#ackNow = false;
    this.#toldReceived = this.in.received;
    this.#toldLimit = this.in.limit;
    writer.write(channel, { type: 'ACK', received: this.#toldReceived, limit: this.#toldLimit });
  }

  /** Asks the peer to acknowledge: it shows that it is there. */
  ping(): void {
    this.#pingDue = true;
  }

  /** Another request carries the records from now on. */
  rewind(): void {
    this.out.rewind();
    this.#resetTold = false;
    this.#ackNow = true;
    this.#pingedAt = -1;
  }

  /** Drops everything and has the peer told. */
  reset(code: ResetCode, text = ''): void {
    this.drop();
    this.#reset = { type: 'RESET', code, text };
  }

  /** What there is to say to a peer that asks when it is over. */
  get lastWord(): Record {
    return this.#reset ?? { type: 'ACK', received: this.in.received, limit: this.in.limit };
  }

  /** Drops everything. */
  drop(): void {
    this.out.drop();
    this.in.drop();
    this.drainDue = false;
  }

  /** Only the server needs to ask: each POST of a client's is answered by an acknowledgement. */
  get #mustAsk(): boolean {
    return this.#end === 'server' && this.drainDue && this.out.isBlocked && this.#pingedAt !== this.out.sent;
  }
}
