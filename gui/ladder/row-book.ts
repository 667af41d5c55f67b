/*
 * The rows of a ladder that grows, with what a window over them must know of the rest: where each step is, which brackets
 * go over a row, and which arrows are on the way across the window's upper edge.
 */
import { type Bracket, brackets, type Row } from '../../tracer/layout/index.js';

/** After so many rows it is written down which arrows are on the way. */
const BLOCK = 64;

/** Rows in order. */
export class RowBook {
  readonly rows: Row[] = [];
  /** By step: the row on which it stands, and on which its arrow arrives if that is a later one. */
  readonly #leaves = new Map<number, number>();
  readonly #arrives = new Map<number, number>();
  readonly #onTheWay = new Set<number>();
  readonly #brackets = brackets();
  /** The steps on the way at the beginning of each block. */
  readonly #crossing: (readonly number[])[] = [];

  /** Adds a row. */
  push(row: Row): void {
    const at = this.rows.length;
    if (at % BLOCK === 0) this.#crossing.push([...this.#onTheWay]);
    this.rows.push(row);
    this.#brackets.add(row);
    const { number } = row.step;
    if (row.kind === 'arrival') {
      this.#arrives.set(number, at);
      this.#onTheWay.delete(number);
      return;
    }
    this.#leaves.set(number, at);
    if (row.kind === 'arrow' && row.arrives === 'later') this.#onTheWay.add(number);
  }

  /** The row of a step, if it is shown. */
  rowOf(step: number): number | undefined {
    return this.#leaves.get(step);
  }

  /** The row on which an arrow of this step arrives; the one on which it leaves, if it slants nowhere. */
  arrivalOf(step: number): number | undefined {
    return this.#arrives.get(step) ?? (this.#onTheWay.has(step) ? this.rows.length : this.#leaves.get(step));
  }

  /** The bracket of a phase that a row has a part of. */
  bracketAt(at: number): Bracket | undefined {
    return this.#brackets.at(at);
  }

  /** The rows, from above to below, of all that has a line in a window: those in it, and those whose arrow comes into it. */
  linesIn(first: number, end: number): readonly number[] {
    const block = Math.floor(first / BLOCK);
    const found: number[] = [];
    const slanted = [...(this.#crossing[block] ?? []).map((step) => this.#leaves.get(step) as number)];
    for (let at = block * BLOCK; at < first; at += 1) slanted.push(at);
    for (const at of slanted) {
      const row = this.rows[at];
      if (row?.kind === 'arrow' && row.arrives === 'later' && (this.arrivalOf(row.step.number) as number) >= first) found.push(at);
    }
    for (let at = first; at < Math.min(end, this.rows.length); at += 1) found.push(at);
    return found;
  }
}
