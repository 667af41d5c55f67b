/*
 * Drafts in the order of their time, each waiting until it is settled and all before it are told. Drafts come nearly in
 * order, so that one is put in its place from the back.
 */

/** What has a place in time. */
interface Timed {
  readonly at: number;
}

/** A queue by time; what is of the same time stays in the order in which it came. */
export interface Timeline<T extends Timed> {
  readonly length: number;
  insert(item: T): void;
  /** The oldest. */
  readonly first: T | undefined;
  /** Takes it out. */
  take(): void;
  /** What is no younger than a time. */
  until(at: number): Iterable<T>;
}

/** An empty timeline. */
export function timeline<T extends Timed>(): Timeline<T> {
  let items: T[] = [];
  let head = 0;
  return {
    get length() {
      return items.length - head;
    },
    insert(item) {
      let place = items.length;
      while (place > head && (items[place - 1] as T).at > item.at) place -= 1;
      if (place === items.length) items.push(item);
      else items.splice(place, 0, item);
    },
    get first() {
      return items[head];
    },
    take() {
      head += 1;
      if (head < 4096 || head * 2 < items.length) return;
      items = items.slice(head);
      head = 0;
    },
    *until(at) {
      for (let i = head; i < items.length && (items[i] as T).at <= at; i += 1) yield items[i] as T;
    },
  };
}
