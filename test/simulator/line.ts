/*
 * A client's line: does for a ClientSession what lib/client/line.ts does (dial, send at the end of a turn, keep its
 * timer, dial again with backoff, go on with what was not accepted), without promises and streams.
 */

import { DEFAULT_RECONNECT, reconnectDelay } from '../../lib/client/reconnect.js';
import type { Timer } from '../../lib/clock.js';
import { type ClientEvent, ClientSession } from '../../lib/session/client-session.js';
import type { FrameOf } from '../../lib/wire/frames.js';
import { ProtocolError } from '../../lib/wire/protocol-error.js';
import type { CountedClock } from './counted-clock.js';
import type { Dice } from './dice.js';
import { must } from './journal.js';
import type { Network, Wire } from './wire.js';

/** How long the server may take to close after our BYE, ms. As in lib/client/line.ts. */
const PARTING_MS = 1_000;

/** Who is told what becomes of the line. */
export interface LineWatcher {
  event(event: ClientEvent): void;
  lost(): void;
  ended(text: string): void;
}

/** What a line is made of. */
export interface LineParts {
  readonly clock: CountedClock;
  readonly dice: Dice;
  readonly network: Network;
  readonly from: string;
  readonly to: string;
  readonly watcher: LineWatcher;
}

/** One client's line. */
export class Line {
  session!: ClientSession;
  #wire: Wire | undefined;
  #bye: FrameOf<'BYE'> | undefined;
  #parting = false;
  #over = false;
  #timer: Timer | undefined;
  #flushing = false;
  #attempts = 0;
  #lostAt = 0;

  constructor(private readonly parts: LineParts) {}

  get isUp(): boolean {
    return this.#wire !== undefined;
  }

  /** The connection that there is, by name. */
  get wireId(): string {
    return this.#wire?.id ?? '';
  }

  get sentBye(): boolean {
    return this.#parting;
  }

  dial(): void {
    const { network, from, to } = this.parts;
    network.dial(from, to, (outcome) => {
      if ('error' in outcome) {
        if (this.#over) return;
        if (this.#attempts === 0) this.#end(outcome.error);
        else this.#redial(outcome.error);
      } else if (this.#over) outcome.wire.abort();
      else this.#connected(outcome.wire);
    });
  }

  flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    this.parts.clock.afterTurn(() => {
      this.#flushing = false;
      const bytes = this.#wire && !this.#over && this.session.takeBytes();
      if (bytes) this.#wire?.send(bytes);
    });
  }

  isGood(): void {
    this.#lostAt = 0;
    this.#attempts = 0;
  }

  part(): void {
    this.#parting = true;
    if (!this.#wire) return this.#end('parted');
    this.session.bye('');
    this.flushSoon();
    this.#setTimer(PARTING_MS, () => this.#wire?.abort());
  }

  /** The connection breaks at this end. */
  breakOff(): void {
    this.#wire?.abort();
  }

  /** The process is no more. */
  die(): void {
    this.#over = true;
    this.#wire = undefined;
    this.#timer?.cancel();
  }

  #connected(wire: Wire): void {
    const { clock } = this.parts;
    const former = this.session as ClientSession | undefined;
    this.#wire = wire;
    this.session = new ClientSession(clock.now(), { resume: former?.resume });
    wire.watch({
      received: (chunk) => this.#received(chunk),
      ended: () => wire.end(),
      drained: () => {},
      closed: (error) => this.#disconnected(error),
    });
    this.flushSoon();
    this.#planTimeout();
  }

  #received(chunk: Uint8Array): void {
    if (this.#over) return;
    try {
      for (const event of this.session.receive(chunk, this.parts.clock.now())) {
        if (event.type === 'BYE') this.#bye = event;
        this.parts.watcher.event(event);
      }
    } catch (error) {
      must(!(error instanceof ProtocolError), () => `frames: the server broke the protocol: ${(error as Error).message}`);
      throw error;
    }
    this.flushSoon();
  }

  #planTimeout(): void {
    const { clock } = this.parts;
    this.#setTimer(Math.max(0, this.session.nextDeadline - clock.now()), () => {
      if (this.session.timeout(clock.now())) return this.#wire?.abort();
      this.flushSoon();
      this.#planTimeout();
    });
  }

  #setTimer(delayMs: number, callback: () => void): void {
    this.#timer?.cancel();
    this.#timer = this.parts.clock.setTimer(delayMs, callback);
  }

  #disconnected(error: string | undefined): void {
    if (this.#over) return;
    this.#wire = undefined;
    const bye = this.#bye;
    this.#bye = undefined;
    if (this.#parting) return this.#end(bye?.code ?? 'parted');
    if (bye && bye.code !== 'shutting-down') return this.#end(bye.code);
    this.parts.watcher.lost();
    this.#redial(bye?.code ?? error ?? 'no goodbye', bye?.retryAfterMs);
  }

  #redial(reason: string, atLeastMs = 0): void {
    const { clock, dice } = this.parts;
    this.#lostAt ||= clock.now();
    if (clock.now() - this.#lostAt >= DEFAULT_RECONNECT.giveUpAfterMs) return this.#end(reason);
    this.#attempts++;
    this.#setTimer(reconnectDelay(DEFAULT_RECONNECT, this.#attempts, atLeastMs, dice.next()), () => this.dial());
  }

  #end(text: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#timer?.cancel();
    this.parts.watcher.ended(text);
  }
}
