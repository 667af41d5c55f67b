/*
 * Lines that scroll by, and below them a few rows that stay: what waits, and which keys there are. What has scrolled is
 * kept to be painted again when the window gets another size; rows that were drawn for a wider one are cut, since a
 * wrapped ladder is none.
 */
import wrapAnsi from 'wrap-ansi';

/** The rows that stay, and what goes above. */
export interface StatusArea {
  /** Prints a line above. */
  print(line: string): void;
  /** Paints what stays anew. */
  update(): void;
  /** Takes it away; the lines stay. */
  close(): void;
}

const KEPT_LINES = 400;
const HOME = '\x1b[H';
const CLEAR_BELOW = '\x1b[J';
const NEXT_ROW = '\r\n';

/** Begins; `status` gives the rows that stay, as texts of any length. */
export function statusArea(status: () => readonly string[]): StatusArea {
  const { stdout } = process;
  const told: string[] = [];
  let below = 0;

  const wrapped = (text: string): string[] => wrapAnsi(text, Math.max(2, stdout.columns || 80), { hard: true, trim: false }).split('\n');
  const erased = (): string => {
    const up = below > 1 ? `\x1b[${below - 1}A` : '';
    below = 0;
    return `${up}\r${CLEAR_BELOW}`;
  };
  const area = (): string => {
    const rows = status()
      .flatMap(wrapped)
      .slice(0, Math.max(1, (stdout.rows || 24) - 1));
    below = rows.length;
    return rows.join(NEXT_ROW);
  };
  const repaint = () => {
    const rows = area();
    const room = Math.max(0, (stdout.rows || 24) - below);
    const shown = room === 0 ? [] : told.slice(-room).map((line) => wrapped(line)[0] ?? '');
    stdout.write(HOME + CLEAR_BELOW + shown.map((row) => row + NEXT_ROW).join('') + rows);
  };
  stdout.on('resize', repaint);
  stdout.write(area());
  return {
    print(line) {
      told.push(line);
      if (told.length > KEPT_LINES) told.shift();
      stdout.write(`${erased()}${line}${NEXT_ROW}${area()}`);
    },
    update: () => void stdout.write(erased() + area()),
    close() {
      stdout.off('resize', repaint);
      stdout.write(erased());
    },
  };
}
