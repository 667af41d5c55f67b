/*
 * Chance from a seed. Everything that a simulation draws comes from here, so that the same seed is the same run.
 * A part that draws on its own gets a fork: what it draws does not move what the others draw.
 */
import { seeded } from '../../transports/link/index.js';

/** Draws. */
export class Dice {
  /** From 0 up to but not including 1. */
  readonly next: () => number;

  constructor(seed: number) {
    this.next = seeded(seed);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  between(least: number, most: number): number {
    return least + (most - least) * this.next();
  }

  /** A whole number, both ends included. */
  whole(least: number, most: number): number {
    return Math.floor(this.between(least, most + 1));
  }

  pick<T>(items: readonly T[]): T {
    return items[this.whole(0, items.length - 1)] as T;
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.whole(0, 255));
  }

  fork(): Dice {
    return new Dice(this.whole(0, 2 ** 48));
  }
}
