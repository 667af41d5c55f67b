/*
 * The way down: one GET whose answer goes on and on, for any number of connections to one server. When another
 * connection joins, or the answer breaks off, a new GET goes on from the bytes that have come.
 */
import type { Timer } from '../../../lib/clock.js';
import { TransportError } from '../../../lib/transport.js';
import type { HttpConnection } from '../connection.js';
import { RecordError, RecordReader } from '../wire/read.js';
import { HEADERS, PATHS, writeResumptions } from '../wire/requests.js';
import { ask, Limit, refusal } from './ask.js';
import { Patience } from './patience.js';
import { type Ground, SILENCE_MS } from './settings.js';
import { lost } from './uplink.js';

/** Carries what comes for connections. */
export class Downlink {
  readonly #ground: Ground;
  readonly #members = new Map<string, HttpConnection>();
  /** Those whose first GET has not been answered yet. */
  readonly #newcomers = new Map<string, () => void>();
  readonly #patience: Patience;
  #attempt: Limit | undefined;
  /** The attempt was given up for a better one. */
  #isAskedAnew = false;
  #isRunning = false;
  #wait: { readonly timer: Timer; readonly over: () => void } | undefined;

  constructor(ground: Ground) {
    this.#ground = ground;
    this.#patience = new Patience(ground.settings.giveUpMs);
  }

  /** How many connections it carries. */
  get size(): number {
    return this.#members.size;
  }

  /** Carries another connection from now on. Resolves when its stream has begun, or it is over. */
  add(session: string, connection: HttpConnection): Promise<void> {
    this.#members.set(session, connection);
    const begun = new Promise<void>((resolve) => this.#newcomers.set(session, resolve));
    this.#askAnew();
    return begun;
  }

  /** Carries it no longer. */
  remove(session: string): void {
    this.#begin(session);
    if (this.#members.delete(session) && this.#members.size === 0) this.#askAnew();
  }

  #begin(session: string): void {
    this.#newcomers.get(session)?.();
    this.#newcomers.delete(session);
  }

  #askAnew(): void {
    this.#isAskedAnew = this.#attempt !== undefined;
    this.#attempt?.abort();
    this.#wait?.timer.cancel();
    this.#wait?.over();
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    await Promise.resolve(); // those who join in one go share the first GET
    while (this.#members.size > 0) {
      const members = [...this.#members];
      let failure: unknown;
      try {
        await this.#follow(members);
      } catch (cause) {
        failure = cause;
      }
      if (!this.#isAskedAnew) await this.#failed(members, failure);
      this.#isAskedAnew = false;
    }
    this.#isRunning = false;
  }

  async #follow(members: readonly (readonly [string, HttpConnection])[]): Promise<void> {
    const list = members.map(([session, { channel }]) => ({ session, offset: channel.in.received }));
    const limit = new Limit(this.#ground.clock, SILENCE_MS);
    this.#attempt = limit;
    try {
      const reply = await ask(this.#ground, 'GET', PATHS.down, { [HEADERS.sessions]: writeResumptions(list) }, limit.signal);
      if (reply.status !== 200) throw await refusal(this.#ground.origin, reply);
      for (const { session } of list) this.#begin(session);
      const reader = new RecordReader();
      for await (const chunk of reply.body) {
        this.#patience.succeeded();
        limit.putOff();
        for (const { channel, record } of reader.read(chunk)) members[channel]?.[1].take(record);
        if (limit.signal.aborted) return;
      }
    } finally {
      limit.clear();
      this.#attempt = undefined;
    }
  }

  async #failed(members: readonly (readonly [string, HttpConnection])[], cause: unknown): Promise<void> {
    const { clock, port } = this.#ground;
    if (cause instanceof RecordError) {
      for (const [, connection] of members) connection.breakRules(cause);
      return;
    }
    const isFinal = cause instanceof TransportError || port.isGone(cause);
    const wait = isFinal ? undefined : this.#patience.failed(clock.now());
    if (wait === undefined) {
      for (const [session, connection] of members) {
        this.#members.delete(session);
        connection.fail(lost(connection, cause));
      }
    } else if (wait > 0 && this.#members.size > 0) {
      await new Promise<void>((over) => {
        this.#wait = { timer: clock.setTimer(wait, over), over };
      });
      this.#wait = undefined;
    }
  }
}
