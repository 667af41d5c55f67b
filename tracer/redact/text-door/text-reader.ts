/*
 * Both directions of a plain-text door, as lines. The server's lines are shown, but for those that repeat what a client
 * typed before it was in a group; the client's are decided by the dialogue.
 */
import type { Side } from '../unit.js';
import { Dialogue } from './dialogue.js';
import { type Line, LineReader } from './line.js';
import { meaningOf } from './words.js';

/** Reads a plain-text door. */
export class TextReader {
  readonly #lines: Readonly<Record<Side, LineReader>>;
  readonly #dialogue = new Dialogue();
  readonly #showSecrets: boolean;
  /** Whether the server has led the client into a group and not out of it. By its own words only: what it repeats comes in their order. */
  #ledIn = false;

  constructor(showSecrets: boolean) {
    this.#showSecrets = showSecrets;
    this.#lines = { client: new LineReader(showSecrets), server: new LineReader(showSecrets) };
  }

  /** Takes bytes; gives the lines that they complete, which may be decided later. */
  take(from: Side, chunk: Uint8Array): readonly Line[] {
    const lines = this.#lines[from].take(chunk);
    for (const line of lines) this.#hear(from, line);
    return lines;
  }

  /** No more comes from a side. */
  end(from: Side): readonly Line[] {
    const line = this.#lines[from].end();
    if (line) this.#hear(from, line);
    return line ? [line] : [];
  }

  /** Whatever is undecided becomes a mask. */
  giveUp(): void {
    this.#dialogue.giveUp();
  }

  #hear(from: Side, line: Line): void {
    if (this.#showSecrets) line.show();
    else if (from === 'client') this.#dialogue.client(line);
    else this.#hearServer(line);
  }

  #hearServer(line: Line): void {
    const meaning = meaningOf('text' in line.read ? line.read.text : '');
    if (meaning.says === 'joined') this.#ledIn = true;
    if (meaning.says === 'question') this.#ledIn = false;
    if (meaning.says === 'echo' && !this.#ledIn) line.mask();
    line.show();
    this.#dialogue.server(meaning);
  }
}
