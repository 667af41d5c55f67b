/*
 * Things by ascending numbers, of which the oldest go first and holes are rare: packets in flight, segments without an
 * ACK. A Map could do it, at several times the cost; this is a plain array that begins at the oldest number.
 */

/** So many places in front of the oldest are given back at once. */
const SPARE = 1024;

/** Things by their numbers. */
export class Numbered<T> {
  readonly #items: (T | undefined)[] = [];
  /** The number of the first place. */
  #base = 0;
  /** The place of the oldest. */
  #head = 0;
  #size = 0;

  /** How many there are. */
  get size(): number {
    return this.#size;
  }

  /** The smallest number; of no meaning if there is none. */
  get first(): number {
    return this.#base + this.#head;
  }

  /** The number behind the largest. */
  get end(): number {
    return this.#base + this.#items.length;
  }

  /** The one with the smallest number. */
  get oldest(): T | undefined {
    return this.#items[this.#head];
  }

  get(number: number): T | undefined {
    const place = number - this.#base;
    return place >= this.#head && place < this.#items.length ? this.#items[place] : undefined;
  }

  /** Adds one, under a number above all others. */
  add(number: number, item: T): void {
    if (this.#size === 0) {
      this.#items.length = 0;
      this.#head = 0;
      this.#base = number;
    }
    while (this.end < number) this.#items.push(undefined);
    this.#items.push(item);
    this.#size += 1;
  }

  /** Takes one out. */
  take(number: number): T | undefined {
    const item = this.get(number);
    if (item === undefined) return undefined;
    this.#items[number - this.#base] = undefined;
    this.#size -= 1;
    if (this.#size === 0) this.clear();
    else this.#skipHoles();
    return item;
  }

  /** All of them, the oldest first. One that is looked at may be taken out. */
  *values(): Generator<T> {
    for (let number = this.first; number < this.end; number += 1) {
      const item = this.get(number);
      if (item !== undefined) yield item;
    }
  }

  clear(): void {
    this.#items.length = 0;
    this.#head = 0;
    this.#size = 0;
  }

  #skipHoles(): void {
    while (this.#items[this.#head] === undefined) this.#head += 1;
    if (this.#head < SPARE) return;
    this.#items.splice(0, this.#head);
    this.#base += this.#head;
    this.#head = 0;
  }
}
