/*
 * The way up of one connection: at most one POST at a time, with whatever there is to say by then; each is answered by
 * an acknowledgement. One that fails is repeated from the last acknowledged byte.
 */
import type { Timer } from '../../../lib/clock.js';
import { TransportError } from '../../../lib/transport.js';
import type { Carrier, HttpConnection } from '../connection.js';
import { RecordReader } from '../wire/read.js';
import { HEADERS, PATHS } from '../wire/requests.js';
import { RecordWriter } from '../wire/write.js';
import { ask, Limit, refusal } from './ask.js';
import { Patience } from './patience.js';
import { ACK_DELAY_MS, type Ground, LAST_WORD_MS, POST_TIMEOUT_MS } from './settings.js';

/** The most that one POST carries, in bytes. */
const POST_BYTES = 256 * 1024;
/** Answers whose body is records. */
const WITH_RECORDS = new Set([200, 409]);

/** Carries what a connection says. */
export class Uplink implements Carrier {
  readonly #ground: Ground;
  readonly #session: string;
  #patience: Patience;
  readonly #onFinish: () => void;
  #connection!: HttpConnection;
  /** Is told of the first POST that was answered. */
  #begun: (() => void) | undefined;
  #isWoken = false;
  #posting: Limit | undefined;
  #isRunning = false;
  #wait: { readonly timer: Timer; readonly over: () => void } | undefined;
  #ackTimer: Timer | undefined;
  #gone: (() => void) | undefined;

  /** @param onFinish is called when the last word was carried */
  constructor(ground: Ground, session: string, onFinish: () => void) {
    this.#ground = ground;
    this.#session = session;
    this.#onFinish = onFinish;
    this.#patience = new Patience(ground.settings.giveUpMs);
  }

  /** Carries a connection from now on. Resolves when a first POST was answered, or it is over. */
  carry(connection: HttpConnection): Promise<void> {
    this.#connection = connection;
    connection.channel.rewind(); // so that there is something to say
    this.wake();
    return new Promise((resolve) => {
      this.#begun = resolve;
    });
  }

  wake(): void {
    if (this.#isWoken) return;
    this.#isWoken = true;
    queueMicrotask(() => {
      this.#isWoken = false;
      this.#go();
    });
  }

  finish(gone: () => void): void {
    this.#gone = gone;
    this.#patience = new Patience(LAST_WORD_MS);
    if (this.#connection.channel.lastWord.type === 'RESET') this.#posting?.abort(); // what it carries is of no interest any more
    this.#wait?.timer.cancel();
    this.#wait?.over();
    this.#go();
  }

  #go(): void {
    if (this.#isRunning) return;
    const { urgency } = this.#connection.channel;
    if (urgency === 'now') void this.#run();
    else if (this.#gone) this.#leave();
    else if (urgency === 'soon') this.#ackTimer ??= this.#ground.clock.setTimer(ACK_DELAY_MS, () => this.#ackNow());
  }

  #ackNow(): void {
    this.#ackTimer = undefined;
    if (!this.#isRunning && this.#connection.channel.urgency !== 'never') void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    this.#ackTimer?.cancel();
    this.#ackTimer = undefined;
    let isGivenUp = false;
    do {
      const isLast = this.#gone !== undefined;
      const writer = new RecordWriter();
      this.#connection.channel.pull(0, writer, POST_BYTES);
      if (writer.length === 0) break;
      try {
        await this.#post(writer.bytes, isLast ? LAST_WORD_MS : POST_TIMEOUT_MS);
        this.#patience.succeeded();
        this.#begun?.();
      } catch (cause) {
        isGivenUp = !(await this.#waitAfter(cause));
      }
    } while (!isGivenUp && this.#connection.channel.urgency === 'now');
    this.#isRunning = false;
    if (isGivenUp && this.#gone) this.#leave();
    else this.#go();
  }

  async #post(body: Uint8Array<ArrayBuffer>, limitMs: number): Promise<void> {
    const limit = new Limit(this.#ground.clock, limitMs);
    this.#posting = limit;
    try {
      const reply = await ask(this.#ground, 'POST', PATHS.up, { [HEADERS.session]: this.#session }, limit.signal, body);
      if (!WITH_RECORDS.has(reply.status)) throw await refusal(this.#ground.origin, reply);
      const reader = new RecordReader();
      for await (const chunk of reply.body) for (const { record } of reader.read(chunk)) this.#connection.take(record);
    } finally {
      limit.clear();
      this.#posting = undefined;
    }
  }

  /** Waits before the next attempt; false if there is none. */
  async #waitAfter(cause: unknown): Promise<boolean> {
    const { clock, port } = this.#ground;
    this.#connection.channel.rewind();
    const wait = port.isGone(cause) || cause instanceof TransportError ? undefined : this.#patience.failed(clock.now());
    if (wait === undefined) {
      this.#connection.lost(cause);
      return false;
    }
    if (wait === 0) return true;
    await new Promise<void>((over) => {
      this.#wait = { timer: clock.setTimer(wait, over), over };
    });
    this.#wait = undefined;
    return true;
  }

  #leave(): void {
    const gone = this.#gone;
    this.#gone = undefined;
    this.#ackTimer?.cancel();
    this.#begun?.();
    this.#onFinish();
    gone?.();
  }
}
