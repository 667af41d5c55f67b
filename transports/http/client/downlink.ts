/*
 * The way down: one GET whose answer goes on and on, for any number of connections to one server. When another
 * connection joins, or the answer breaks off, a new GET goes on from the bytes that have come.
 */
import type { Timer } from '../../../lib/clock.js';
import { TransportError } from '../../../lib/transport.js';
import { RecordError, RecordReader } from '../wire/read.js';
import { MAX_CHANNELS, type Record } from '../wire/records.js';
import { HEADERS, PATHS, writeResumptions } from '../wire/requests.js';
import { ask, Limit, refusal } from './ask.js';
import { Patience } from './patience.js';
import { type Ground, SILENCE_MS } from './settings.js';

/** Whom records come down for: a connection of this page's or process's, or another tab's. */
export interface DownMember {
  /** The offset from which its stream goes on. */
  readonly received: number;
  take(record: Record): void;
  /** What came for it was no record. */
  breakRules(cause: Error): void;
  /** It cannot be carried any more. */
  lost(cause: unknown): void;
}

/** Carries what comes down. */
export interface Down {
  /** Carries another one from now on. Resolves when its stream has begun, or it is over. */
  add(session: string, member: DownMember): Promise<void>;
  /** Carries it no longer. */
  remove(session: string): void;
}

/** Carries members by a GET of its own. */
export class Downlink implements Down {
  readonly #ground: Ground;
  readonly #members = new Map<string, DownMember>();
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

  /** Whom it carries. */
  get sessions(): readonly string[] {
    return [...this.#members.keys()];
  }

  /** Whether another one has no room in a GET. */
  get isFull(): boolean {
    return this.#members.size >= MAX_CHANNELS;
  }

  add(session: string, member: DownMember): Promise<void> {
    this.#members.set(session, member);
    const begun = new Promise<void>((resolve) => this.#newcomers.set(session, resolve));
    this.#askAnew();
    return begun;
  }

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

  async #follow(members: readonly (readonly [string, DownMember])[]): Promise<void> {
    const list = members.map(([session, { received }]) => ({ session, offset: received }));
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

  async #failed(members: readonly (readonly [string, DownMember])[], cause: unknown): Promise<void> {
    const { clock, port } = this.#ground;
    if (cause instanceof RecordError) {
      for (const [, member] of members) member.breakRules(cause);
      return;
    }
    const isFinal = cause instanceof TransportError || port.isGone(cause);
    const wait = isFinal ? undefined : this.#patience.failed(clock.now());
    if (wait === undefined) {
      for (const [session, member] of members) {
        this.#members.delete(session);
        member.lost(cause);
      }
    } else if (wait > 0 && this.#members.size > 0) {
      await new Promise<void>((over) => {
        this.#wait = { timer: clock.setTimer(wait, over), over };
      });
      this.#wait = undefined;
    }
  }
}
