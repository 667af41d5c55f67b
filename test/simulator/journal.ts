/*
 * What happened in a run, step by step: the last steps in words, and a hash of all of them, so that two runs can be
 * compared event for event without keeping either.
 */
import type { Clock } from '../../lib/clock.js';

/** How many steps a failure shows. */
const KEPT = 40;

/** Something that must never happen has happened. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

/** Fails the run unless something holds. */
export function must(holds: boolean, what: () => string): asserts holds {
  if (!holds) throw new Violation(what());
}

/** The steps of one run. */
export class Journal {
  readonly #clock: Clock;
  readonly #startedAt: number;
  readonly #last: string[] = [];
  #hash = 0x811c_9dc5;
  steps = 0;
  /** Sees every step; for a run that is watched. */
  onStep: ((line: string) => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedAt = clock.now();
  }

  step(who: string, what: string): void {
    const line = `${((this.#clock.now() - this.#startedAt) / 1000).toFixed(3).padStart(9)} s  ${who.padEnd(6)} ${what}`;
    for (let i = 0; i < line.length; i++) this.#hash = Math.imul(this.#hash ^ line.charCodeAt(i), 0x0100_0193); // FNV-1a
    this.#last[this.steps++ % KEPT] = line;
    this.onStep?.(line);
  }

  get hash(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, '0');
  }

  /** The last steps, the oldest first. */
  get last(): string[] {
    const from = this.steps % KEPT;
    return this.steps < KEPT ? [...this.#last] : [...this.#last.slice(from), ...this.#last.slice(0, from)];
  }
}
