/*
 * Many deadlines, one timer: a binary heap by time. An item's deadline may be brought forward at any time;
 * putting it off costs nothing, since its owner computes it anew when the earlier one is due.
 */

/** Something that has a next deadline. */
export interface Scheduled {
  /** When it is next due; kept by {@link Deadlines}, Infinity while it is not. */
  scheduledAt: number;
}

interface Slot<T> {
  readonly at: number;
  /** Of two at the same time, the one that was scheduled first comes first. */
  readonly order: number;
  readonly item: T;
}

/** Slots before the first clearing. */
const FIRST_ROOM = 64;

/** The deadlines of many items. */
export class Deadlines<T extends Scheduled> {
  #heap: Slot<T>[] = [];
  #room = FIRST_ROOM;
  #scheduled = 0;

  /** The earliest deadline, Infinity if there is none. */
  get next(): number {
    this.#dropStale();
    return this.#heap[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  /** Slots in use, those of cancelled items among them. */
  get slots(): number {
    return this.#heap.length;
  }

  /** The item is due at that time, or before, if it already was. */
  schedule(item: T, at: number): void {
    if (at >= item.scheduledAt) return;
    if (this.#heap.length >= this.#room) this.#clear();
    item.scheduledAt = at;
    this.#heap.push({ at, order: ++this.#scheduled, item });
    this.#siftUp(this.#heap.length - 1);
  }

  /** The item has no deadline any more. */
  cancel(item: T): void {
    item.scheduledAt = Number.POSITIVE_INFINITY; // its slot is stale from now on
  }

  /** Takes out an item that is due; it has no deadline then, until it is scheduled again. */
  takeDue(now: number): T | undefined {
    this.#dropStale();
    const first = this.#heap[0];
    if (!first || first.at > now) return undefined;
    this.#removeFirst();
    first.item.scheduledAt = Number.POSITIVE_INFINITY;
    return first.item;
  }

  /** Clears out what is stale whenever the heap has doubled, so that cancelling takes no memory. */
  #clear(): void {
    const seen = new Set<T>();
    this.#heap = this.#heap
      .sort((one, other) => one.at - other.at || one.order - other.order) // what is sorted is a heap
      .filter(({ at, item }) => at === item.scheduledAt && seen.size < seen.add(item).size);
    this.#room = Math.max(FIRST_ROOM, 2 * this.#heap.length);
  }

  #dropStale(): void {
    for (let first = this.#heap[0]; first && first.at !== first.item.scheduledAt; first = this.#heap[0]) this.#removeFirst();
  }

  #removeFirst(): void {
    const last = this.#heap.pop() as Slot<T>;
    if (this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#siftDown(0);
  }

  #siftUp(place: number): void {
    for (let child = place; child > 0; ) {
      const parent = (child - 1) >> 1;
      if (!this.#swapIfEarlier(child, parent)) return;
      child = parent;
    }
  }

  #siftDown(place: number): void {
    for (let parent = place; ; ) {
      const left = 2 * parent + 1;
      if (left >= this.#heap.length) return;
      const right = left + 1;
      const child = right < this.#heap.length && this.#isEarlier(right, left) ? right : left;
      if (!this.#swapIfEarlier(child, parent)) return;
      parent = child;
    }
  }

  #swapIfEarlier(child: number, parent: number): boolean {
    if (!this.#isEarlier(child, parent)) return false;
    const slot = this.#heap[child] as Slot<T>;
    this.#heap[child] = this.#heap[parent] as Slot<T>;
    this.#heap[parent] = slot;
    return true;
  }

  #isEarlier(place: number, than: number): boolean {
    const one = this.#heap[place] as Slot<T>;
    const other = this.#heap[than] as Slot<T>;
    return one.at < other.at || (one.at === other.at && one.order < other.order);
  }
}
