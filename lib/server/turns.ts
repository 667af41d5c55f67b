/*
 * Whose turn it is: what waits, by source. Within a source first come, first served; the sources take turns (fair
 * queueing: Nagle, RFC 970), so that however much one of them asks for, the others wait for its next piece at most.
 */

/** Things that wait for their turn, one for each key. */
export class Turns<Key, Item> {
  /** The sources that have something waiting, in the order of their turns. */
  readonly #sources = new Map<string, Map<Key, Item>>();

  /** Puts something at the end of its source's line. */
  add(source: string, key: Key, item: Item): void {
    const line = this.#sources.get(source) ?? new Map<Key, Item>();
    this.#sources.set(source, line.set(key, item));
  }

  /** Takes something out before its turn has come; nothing happens if it is not there. */
  remove(source: string, key: Key): void {
    const line = this.#sources.get(source);
    if (line?.delete(key) && line.size === 0) this.#sources.delete(source);
  }

  /**
   * Takes the first thing of the next source, which then goes behind the others.
   * @param isReady false: that source is passed over and keeps its place
   */
  take(isReady: (first: Item, source: string) => boolean): Item | undefined {
    for (const [source, line] of this.#sources) {
      const [key, first] = line.entries().next().value as [Key, Item]; // a line is never empty
      if (!isReady(first, source)) continue;
      line.delete(key);
      this.#sources.delete(source);
      if (line.size > 0) this.#sources.set(source, line);
      return first;
    }
    return undefined;
  }
}
