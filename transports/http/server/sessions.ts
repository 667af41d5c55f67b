/*
 * All sessions of one listener: by ID, with the times after which they are given up. Those that are over leave their
 * last word for a while, since their client may not have got it.
 */
import type { Clock, Timer } from '../../../lib/clock.js';
import { TransportError } from '../../../lib/transport.js';
import type { Record } from '../wire/records.js';
import type { HttpSettings } from './options.js';
import { Session } from './session.js';

/** How many that are over are remembered. */
const MAX_BURIED = 4096;

/** The sessions of a listener. */
export class Sessions {
  readonly #clock: Clock;
  readonly #settings: HttpSettings;
  readonly #onEmpty: () => void;
  readonly #live = new Map<string, Session>();
  readonly #buried = new Map<string, Record>();
  readonly #sweepMs: number;
  #timer: Timer | undefined;

  /** @param onEmpty is called each time that the last one is over */
  constructor(clock: Clock, settings: HttpSettings, onEmpty: () => void) {
    this.#clock = clock;
    this.#settings = settings;
    this.#onEmpty = onEmpty;
    const { graceMs, openTimeoutMs, pingMs, idleTimeoutMs } = settings;
    this.#sweepMs = Math.max(5, Math.min(1000, Math.min(graceMs, openTimeoutMs, pingMs, idleTimeoutMs) / 4));
  }

  /** How many are open. */
  get size(): number {
    return this.#live.size;
  }

  get(id: string): Session | undefined {
    return this.#live.get(id);
  }

  /** What is said to the client of a session that is not open. */
  lastWord(id: string): Record {
    return this.#buried.get(id) ?? { type: 'RESET', code: 'unknown', text: '' };
  }

  /** Adds one. */
  add(id: string): Session {
    const session = new Session(id, this.#clock.now(), (over, word) => this.#bury(over, word));
    this.#live.set(id, session);
    this.#timer ??= this.#clock.setTimer(this.#sweepMs, () => this.#sweep());
    return session;
  }

  #bury({ id }: Session, lastWord: Record): void {
    if (!this.#live.delete(id)) return;
    this.#buried.set(id, lastWord);
    if (this.#buried.size > MAX_BURIED) this.#buried.delete(this.#buried.keys().next().value as string);
    if (this.#live.size > 0) return;
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#onEmpty();
  }

  #sweep(): void {
    const now = this.#clock.now();
    for (const session of this.#live.values()) this.#look(session, now);
    this.#timer = this.#live.size > 0 ? this.#clock.setTimer(this.#sweepMs, () => this.#sweep()) : undefined;
  }

  #look(session: Session, now: number): void {
    const { graceMs, openTimeoutMs, pingMs, idleTimeoutMs } = this.#settings;
    const { connection, down, heardAt, askedAt, isConfirmed, lonelySince } = session;
    const patience = isConfirmed ? graceMs : openTimeoutMs;
    if ((!down && now - lonelySince > patience) || now - heardAt > idleTimeoutMs) {
      const sentence = `${connection.remote} no longer answers: its program, its machine or the network between is gone.`;
      connection.fail(new TransportError('timeout', sentence, { by: 'remote' }));
    } else if (down && now - heardAt > pingMs && now - askedAt > pingMs) {
      session.askedAt = now;
      connection.channel.ping();
      session.wake();
    }
  }
}
