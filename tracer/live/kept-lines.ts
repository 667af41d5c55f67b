/*
 * The last lines of something that goes on, numbered from 0, as many as a bound allows. Whoever reads them has a number
 * and no copy, so a hundred readers need no more memory than one.
 */

/** How much is kept. */
export interface KeptBounds {
  readonly maxLines: number;
  readonly maxCharacters: number;
}

/** A window over lines; its older end moves on as new ones come. */
export class KeptLines {
  readonly #bounds: KeptBounds;
  #lines: string[] = [];
  /** Lines at the front of the list that are out already: taking each out at once would move all the others. */
  #gone = 0;
  #first = 0;
  #characters = 0;

  constructor(bounds: KeptBounds) {
    this.#bounds = bounds;
  }

  /** The number of the oldest line that is kept. */
  get first(): number {
    return this.#first;
  }

  /** The number that the next line gets. */
  get next(): number {
    return this.#first + this.#lines.length - this.#gone;
  }

  /** Adds a line. The youngest is always kept, however long it is. */
  push(line: string): void {
    this.#lines.push(line);
    this.#characters += line.length;
    const { maxLines, maxCharacters } = this.#bounds;
    while (this.next - this.#first > 1 && (this.next - this.#first > maxLines || this.#characters > maxCharacters)) this.#drop();
  }

  /** Lines from a number on that is kept, as one text of about so many characters, and the number after them. */
  read(from: number, characters: number): { readonly text: string; readonly next: number } {
    let text = '';
    let next = from;
    while (next < this.next && text.length < characters) {
      text += this.#lines[next - this.#first + this.#gone] as string;
      next += 1;
    }
    return { text, next };
  }

  #drop(): void {
    this.#characters -= (this.#lines[this.#gone] as string).length;
    this.#lines[this.#gone] = '';
    this.#gone += 1;
    this.#first += 1;
    if (this.#gone < 4096 || this.#gone * 2 < this.#lines.length) return;
    this.#lines = this.#lines.slice(this.#gone);
    this.#gone = 0;
  }
}
