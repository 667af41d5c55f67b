/*
 * The events of one connection in the order of time, behind whatever of them is not decided yet; a proxy's two legs are
 * one connection and wait in one line. Its length is bounded: past that the waiting is given up.
 */

/** Something that becomes events once it is decided. */
export interface Waiting {
  /** Nanoseconds since the trace's start. */
  readonly at: number;
  readonly settled: boolean;
  /** How many bytes it holds, about. */
  readonly bytes: number;
  /** Makes its events. */
  give(): void;
}

/** So many may wait, and so many bytes. */
const MAX_WAITING = 4096;
const MAX_WAITING_BYTES = 8 * 1024 * 1024;

/** A queue that lets nobody overtake. */
export class WaitingLine {
  readonly #giveUp: (() => void)[] = [];
  #line: Waiting[] = [];
  #bytes = 0;

  /** Somebody waits in it; `giveUp` decides everything of theirs that is undecided. */
  joinedBy(giveUp: () => void): void {
    this.#giveUp.push(giveUp);
  }

  /** Since when somebody waits. */
  get since(): number | undefined {
    return this.#line[0]?.at;
  }

  add(item: Waiting): void {
    this.#line.push(item);
    this.#bytes += item.bytes;
    this.goOn();
    if (this.#line.length > MAX_WAITING || this.#bytes > MAX_WAITING_BYTES) this.empty();
  }

  /** Waits no longer, whoever is in it. */
  empty(): void {
    if (this.#line.length === 0) return;
    for (const giveUp of this.#giveUp) giveUp();
    this.goOn();
  }

  /** Lets go whoever is at the front and decided. */
  goOn(): void {
    let gone = 0;
    for (; this.#line[gone]?.settled; gone += 1) {
      const item = this.#line[gone] as Waiting;
      this.#bytes -= item.bytes;
      item.give();
    }
    if (gone > 0) this.#line.splice(0, gone);
  }
}
