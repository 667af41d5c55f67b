/*
 * Counts wrong passwords, so that nobody can try them all. Counted for (source, submitted group ID), whether
 * the group exists or not, so that the count tells nothing; in a table of fixed size, so that no memory grows;
 * and never for a group alone, so that nobody can lock a class out of it.
 */

const SETS = 1024;
const WAYS = 4;
const WINDOW_MS = 60_000;
/** Past the limit over all, a source may still err this often in a minute. */
const FORGIVEN = 3;
/** More of a submitted ID is not looked at. */
const MAX_ID = 64;
/** Stands for all groups of a source: an ID that nobody can submit, since IDs are trimmed. */
const ANY_GROUP = '\n';

/** The limits of guessing, in a minute. */
export interface GuessLimits {
  readonly wrongPasswordsPerMinute: number;
  readonly wrongPasswordsInAllPerMinute: number;
}

interface Slot {
  key: number;
  count: number;
  since: number;
}

/** A table of wrong passwords, set-associative like a processor's cache: a key has four places. */
export class Guesses {
  readonly #slots: Slot[] = Array.from({ length: SETS * WAYS }, () => ({ key: 0, count: 0, since: Number.NEGATIVE_INFINITY }));
  #inAll = 0;
  #inAllSince = Number.NEGATIVE_INFINITY;

  /** @param seed a random number, so that nobody can aim at another's place in the table */
  constructor(
    private readonly limits: GuessLimits,
    private readonly seed: number,
  ) {}

  /** How many passwords of this source for this group may still be wrong. */
  left(source: string, group: string, now: number): number {
    const left = this.limits.wrongPasswordsPerMinute - this.#count(this.#key(source, group), now);
    if (now - this.#inAllSince >= WINDOW_MS || this.#inAll < this.limits.wrongPasswordsInAllPerMinute) return Math.max(0, left);
    return Math.max(0, Math.min(left, FORGIVEN - this.#count(this.#key(source, ANY_GROUP), now)));
  }

  /** A password was wrong. */
  wasWrong(source: string, group: string, now: number): void {
    if (now - this.#inAllSince >= WINDOW_MS) {
      this.#inAll = 0;
      this.#inAllSince = now;
    }
    this.#inAll++;
    this.#add(this.#key(source, group), now);
    this.#add(this.#key(source, ANY_GROUP), now);
  }

  #key(source: string, group: string): number {
    // FNV-1a over both, 53 bits of it as two halves with different seeds
    const text = `${source}\n${group.slice(0, MAX_ID)}`;
    return fnv1a(text, this.seed) * 0x200000 + (fnv1a(text, ~this.seed) >>> 11);
  }

  #ways(key: number): readonly Slot[] {
    const set = (key % SETS) * WAYS;
    return this.#slots.slice(set, set + WAYS);
  }

  #count(key: number, now: number): number {
    const slot = this.#ways(key).find((each) => each.key === key);
    return slot && now - slot.since < WINDOW_MS ? slot.count : 0;
  }

  #add(key: number, now: number): void {
    const ways = this.#ways(key);
    const fresh = (slot: Slot) => now - slot.since < WINDOW_MS;
    const slot =
      ways.find((each) => each.key === key) ??
      ways.reduce((least, each) => ((fresh(each) ? each.count : 0) < (fresh(least) ? least.count : 0) ? each : least));
    if (slot.key !== key || !fresh(slot)) Object.assign(slot, { key, count: 0, since: now });
    slot.count++;
  }
}

function fnv1a(text: string, seed: number): number {
  let hash = seed | 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  // FNV's last character hardly reaches the middle bits: mix them (the end of MurmurHash3)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
