/*
 * Paints the terminal of a chat: entries scroll by, and below them stay a status, if there is one, and the
 * line that is being typed. Each change is one write, so nothing flickers and nothing comes between. The
 * cursor is left in the typed line; how far below the area's first row that is, is all that is remembered.
 */
import chalk from 'chalk';
import wrapAnsi from 'wrap-ansi';
import { asWarning } from './colours.js';
import { layoutInput } from './input-line.js';
import { type Entry, entryRows } from './transcript.js';

/** What is painted below the entries. */
export interface Typing {
  readonly prompt: string;
  readonly line: string;
  readonly cursor: number;
  /** What goes on, while something does. */
  readonly status?: string | undefined;
}

/** Where one paints: `process.stdout`. */
export type Screen = Pick<NodeJS.WriteStream, 'write' | 'columns' | 'rows'>;

const CLEAR_BELOW = '\x1b[J';
const HOME = '\x1b[H';
const NEXT_ROW = '\r\n';

/** Keeps what was told and what is being typed on the screen. */
export class Painter {
  #cursorRow = 0;

  /**
   * @param told everything that was told, to be painted again
   * @param typing what is being typed now
   */
  constructor(
    private readonly screen: Screen,
    private readonly told: readonly Entry[],
    private readonly typing: () => Typing,
  ) {}

  /** Tells something, above what is being typed. */
  tell(entry: Entry): void {
    const rows = entryRows(entry, this.#columns);
    this.screen.write(this.#erased() + rows.map((row) => row + NEXT_ROW).join('') + this.#area());
  }

  /** Paints what is being typed anew. */
  update(): void {
    this.screen.write(this.#erased() + this.#area());
  }

  /** Paints everything anew: the window has another size, and each terminal has moved the old rows in a way of its own. */
  repaint(): void {
    const area = this.#area();
    const free = Math.max(0, this.#rows - area.split(NEXT_ROW).length);
    const rows = this.told.flatMap((entry) => entryRows(entry, this.#columns));
    const shown = free === 0 ? [] : rows.slice(-free);
    this.screen.write(HOME + CLEAR_BELOW + shown.map((row) => row + NEXT_ROW).join('') + area);
  }

  /** Takes away what is being typed; the entries stay. */
  close(): void {
    this.screen.write(this.#erased());
  }

  get #columns(): number {
    return this.screen.columns || 80;
  }

  get #rows(): number {
    return this.screen.rows || 24;
  }

  #erased(): string {
    const up = this.#cursorRow > 0 ? `\x1b[${this.#cursorRow}A` : '';
    this.#cursorRow = 0;
    return `${up}\r${CLEAR_BELOW}`;
  }

  /** The area, with the cursor put to its place. */
  #area(): string {
    const { prompt, line, cursor, status } = this.typing();
    const statusRows = status === undefined ? [] : wrapAnsi(status, this.#columns - 1, { hard: true }).split('\n');
    const maxRows = Math.max(1, Math.floor(this.#rows / 2) - statusRows.length);
    const { rows, row, column } = layoutInput(prompt, line, cursor, this.#columns, maxRows);
    this.#cursorRow = statusRows.length + row;
    const below = rows.length - 1 - row;
    const shown = rows.map((text, i) => (i === 0 && text.startsWith(prompt) ? chalk.bold(prompt) + text.slice(prompt.length) : text));
    const painted = [...statusRows.map((text) => asWarning(text)), ...shown].join(NEXT_ROW);
    return `${painted}${below > 0 ? `\x1b[${below}A` : ''}\r${column > 0 ? `\x1b[${column}C` : ''}`;
  }
}
