/*
 * Connections without a transport beneath them: bytes go in and come out later, in other pieces, until the pipe breaks.
 * Cheap, and it breaks at any byte; who is at its ends hears of that at different times, or never.
 */
import type { Clock } from '../../lib/clock.js';
import type { Dice } from './dice.js';
import type { PipeFaults } from './scenario.js';
import { Stream } from './stream.js';
import type { Wire, WireWatcher } from './wire.js';

/** What one end may have on its way; the rest is buffered in its process. */
const ON_THE_WAY_BYTES = 16 * 1024;
const HIGH_WATER_MARK = 64 * 1024;

/** What all pipes of a network share. */
export interface PipeParts {
  readonly clock: Clock;
  readonly dice: Dice;
  readonly faults: () => PipeFaults;
  readonly onSent: () => void;
}

/** A connection: two ends and what is between them. */
export class Pipe {
  readonly client: PipeEnd;
  readonly server: PipeEnd;
  #cutAfter: number;
  #broken = false;

  constructor(
    readonly id: string,
    readonly parts: PipeParts,
  ) {
    this.client = new PipeEnd(this, 'client');
    this.server = new PipeEnd(this, 'server');
    const { dice, faults } = parts;
    this.#cutAfter = dice.chance(faults().cut) ? dice.whole(1, dice.pick([300, 3_000, 30_000])) : Number.POSITIVE_INFINITY;
  }

  get broken(): boolean {
    return this.#broken;
  }

  /** Takes a piece on its way; what is beyond the break is lost. */
  carry(from: PipeEnd, piece: Uint8Array | 'end'): void {
    if (this.#broken) return;
    const { dice } = this.parts;
    this.parts.onSent();
    if (piece === 'end') return from.other.schedule(piece, this.delay());
    const whole = piece.length <= this.#cutAfter;
    const passing = whole ? piece : piece.subarray(0, this.#cutAfter);
    this.#cutAfter -= passing.length;
    for (let at = 0; at < passing.length; ) {
      const length = dice.chance(0.7) ? passing.length - at : dice.whole(1, passing.length - at);
      from.other.schedule(passing.subarray(at, at + length), this.delay());
      at += length;
    }
    if (!whole) this.break(dice.chance(this.parts.faults().silent) ? 'silent' : dice.pick(['reset', 'end'] as const));
  }

  /** From now on nothing gets through. */
  break(how: 'reset' | 'end' | 'silent'): void {
    if (this.#broken) return;
    this.#broken = true;
    if (how === 'silent') return;
    for (const end of [this.client, this.server]) {
      if (how === 'reset') this.parts.clock.setTimer(this.delay() + this.parts.dice.between(0, 100), () => end.lose('reset'));
      else end.schedule('end', this.delay());
    }
  }

  mend(): void {
    this.#cutAfter = Number.POSITIVE_INFINITY;
  }

  delay(): number {
    const { delayMs, jitterMs } = this.parts.faults();
    return delayMs + this.parts.dice.between(0, jitterMs);
  }
}

/** One end of a pipe. */
export class PipeEnd implements Wire {
  readonly #pipe: Pipe;
  readonly #incoming: Stream;
  readonly #arrived: (Uint8Array | 'end')[] = [];
  #watcher: WireWatcher | undefined;
  #undelivered = 0;
  #lastAt = 0;
  #paused = false;
  #ended = false;
  #peerEnded = false;
  #closed = false;
  #waitsForDrain = false;
  /** Its process is no more. */
  isDead = false;

  constructor(
    pipe: Pipe,
    readonly side: 'client' | 'server',
  ) {
    this.#pipe = pipe;
    this.#incoming = new Stream(`${pipe.id} to the ${side}`);
  }

  get id(): string {
    return this.#pipe.id;
  }

  get other(): PipeEnd {
    return this.side === 'client' ? this.#pipe.server : this.#pipe.client;
  }

  get isOpen(): boolean {
    return !this.#closed;
  }

  get bufferedBytes(): number {
    return Math.max(0, this.#undelivered - ON_THE_WAY_BYTES);
  }

  watch(watcher: WireWatcher): void {
    this.#watcher = watcher;
    this.#pipe.parts.clock.afterTurn(() => this.#handOver());
  }

  send(chunk: Uint8Array): boolean {
    if (this.#ended || this.#closed) return true;
    this.other.#incoming.wrote(chunk);
    this.#undelivered += chunk.length;
    this.#pipe.carry(this, chunk);
    this.#waitsForDrain = this.bufferedBytes >= HIGH_WATER_MARK;
    return !this.#waitsForDrain;
  }

  end(): void {
    if (this.#ended || this.#closed) return;
    this.#ended = true;
    this.other.#incoming.finished();
    this.#pipe.carry(this, 'end');
    this.#closeIfDone();
  }

  abort(): void {
    if (this.#closed) return;
    this.#pipe.break('reset');
    this.#pipe.parts.clock.afterTurn(() => this.lose('aborted'));
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#pipe.parts.clock.afterTurn(() => this.#handOver());
  }

  /** The process at this end is no more. */
  die(): void {
    this.isDead = true;
    this.#closed = true;
    this.#watcher = undefined;
  }

  /** The connection is lost, and this end is told. */
  lose(error: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#watcher?.closed(error);
  }

  /** Something will arrive here. Nothing overtakes anything. */
  schedule(piece: Uint8Array | 'end', delayMs: number): void {
    const { clock } = this.#pipe.parts;
    this.#lastAt = Math.max(this.#lastAt, clock.now() + delayMs);
    clock.setTimer(this.#lastAt - clock.now(), () => {
      this.#arrived.push(piece);
      this.#handOver();
    });
  }

  #handOver(): void {
    while (this.#watcher && !this.#paused && !this.#closed && !this.#peerEnded) {
      const piece = this.#arrived.shift();
      if (piece === undefined) return;
      if (piece === 'end') {
        this.#peerEnded = true;
        if (!this.#pipe.broken) this.#incoming.readEnd();
        this.#watcher.ended();
        this.#closeIfDone();
      } else {
        this.#incoming.read(piece);
        this.other.#delivered(piece.length);
        this.#watcher.received(piece);
      }
    }
  }

  #delivered(bytes: number): void {
    this.#undelivered -= bytes;
    if (!this.#waitsForDrain || this.bufferedBytes > 0) return;
    this.#waitsForDrain = false;
    if (!this.#closed) this.#watcher?.drained();
  }

  #closeIfDone(): void {
    if (!this.#ended || !this.#peerEnded || this.#closed) return;
    this.#pipe.parts.clock.afterTurn(() => {
      if (this.#closed) return;
      this.#closed = true;
      this.#watcher?.closed(undefined);
    });
  }
}
