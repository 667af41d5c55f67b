/*
 * Lines of the plain-text door, as the server reads them (lib/wire/lines.ts: telnet negotiation left out, the same
 * limit), each with the place for a decision: is it shown, or is it a mask?
 */
import { LineDecoder, type Line as ReadLine } from '../../../lib/wire/lines.js';
import type { Entry } from '../piece.js';
import { lineUnit, type Unit } from '../unit.js';

const LF = 10;
const CR = 13;

/** A line; nothing is shown of it before it is decided. */
export class Line implements Entry {
  /** What it says, or why that cannot be read. */
  readonly read: ReadLine;
  readonly #lineEnd: string;
  /** Its bytes as they came, where nothing is to be cut out. */
  readonly #raw: Uint8Array | undefined;
  #unit: Unit | undefined;

  constructor(read: ReadLine, lineEnd: string, raw?: Uint8Array) {
    this.read = read;
    this.#lineEnd = lineEnd;
    this.#raw = raw;
  }

  get unit(): Unit | undefined {
    return this.#unit;
  }

  /** It may be shown; what cannot be read never is. */
  show(): void {
    const shown = () => lineUnit('text' in this.read ? this.read.text : undefined, this.#lineEnd);
    this.#unit ??= this.#raw ? { ...shown(), bytes: this.#raw, masks: [] } : shown();
  }

  /** It is a mask. A first decision stands. */
  mask(): void {
    this.#unit ??= lineUnit(undefined, '\n');
  }
}

/** Cuts one side's bytes into lines. */
export class LineReader {
  readonly #decoder = new LineDecoder();
  readonly #keepsRaw: boolean;
  #raw: Uint8Array[] = [];
  #lastByte = 0;

  /** @param keepsRaw whether lines are shown byte for byte. */
  constructor(keepsRaw: boolean) {
    this.#keepsRaw = keepsRaw;
  }

  /** Takes bytes; gives the lines that they complete. */
  take(chunk: Uint8Array): Line[] {
    const lines: Line[] = [];
    for (let from = 0; from < chunk.length; ) {
      const found = chunk.indexOf(LF, from);
      const to = found < 0 ? chunk.length : found + 1;
      const part = chunk.subarray(from, to);
      this.#decoder.push(part);
      if (this.#keepsRaw) this.#raw.push(part);
      const read = this.#decoder.next();
      if (read) lines.push(new Line(read, (found > from ? chunk[found - 1] : this.#lastByte) === CR ? '\r\n' : '\n', this.#takeRaw()));
      this.#lastByte = chunk[to - 1] as number;
      from = to;
    }
    return lines;
  }

  /** No more comes: a last line without an end counts as one. */
  end(): Line | undefined {
    this.#decoder.end();
    const read = this.#decoder.next();
    return read && new Line(read, '\n', this.#takeRaw());
  }

  #takeRaw(): Uint8Array | undefined {
    if (!this.#keepsRaw) return undefined;
    const raw = new Uint8Array(this.#raw.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of this.#raw) {
      raw.set(part, at);
      at += part.length;
    }
    this.#raw = [];
    return raw;
  }
}
