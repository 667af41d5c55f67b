/*
 * Counts what happens in a minute, by key, in a table of fixed size, so that no memory grows however many keys there
 * are. Set-associative like a processor's cache: a key has four places, and where they are taken the lowest count
 * gives way, so that it forgives rather than blames.
 */

const SETS = 1024;
const WAYS = 4;
const WINDOW_MS = 60_000;

interface Slot {
  key: number;
  count: number;
  since: number;
}

/** The counts, each of the minute that began with the first. */
export class MinuteCounts {
  readonly #slots: Slot[] = Array.from({ length: SETS * WAYS }, () => ({ key: 0, count: 0, since: Number.NEGATIVE_INFINITY }));

  /** @param seed a random number, so that nobody can aim at another's place in the table */
  constructor(private readonly seed: number) {}

  /** How often it happened. */
  of(name: string, now: number): number {
    const key = this.#key(name);
    const slot = this.#ways(key).find((each) => each.key === key);
    return slot && isFresh(slot, now) ? slot.count : 0;
  }

  /** It happened once more. */
  add(name: string, now: number): void {
    const key = this.#key(name);
    const ways = this.#ways(key);
    const weight = (slot: Slot) => (isFresh(slot, now) ? slot.count : 0);
    const slot = ways.find((each) => each.key === key) ?? ways.reduce((least, each) => (weight(each) < weight(least) ? each : least));
    if (slot.key !== key || !isFresh(slot, now)) Object.assign(slot, { key, count: 0, since: now });
    slot.count++;
  }

  /** FNV-1a, 53 bits of it as two halves with different seeds. */
  #key(name: string): number {
    return fnv1a(name, this.seed) * 0x200000 + (fnv1a(name, ~this.seed) >>> 11);
  }

  #ways(key: number): readonly Slot[] {
    const set = (key % SETS) * WAYS;
    return this.#slots.slice(set, set + WAYS);
  }
}

function isFresh({ since }: Slot, now: number): boolean {
  return now - since < WINDOW_MS;
}

function fnv1a(text: string, seed: number): number {
  let hash = seed | 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  // FNV's last character hardly reaches the middle bits: mix them (the end of MurmurHash3)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
