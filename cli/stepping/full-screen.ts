/*
 * A screen of its own beside what the terminal showed before: painted whole, again when its size changes, and taken away
 * at the end, so that the terminal shows what it showed.
 */

/** The screen while it is shown. */
export interface FullScreen {
  /** Paints it anew. */
  paint(): void;
  /** Takes it away. */
  close(): void;
}

const OTHER_SCREEN = '\x1b[?1049h\x1b[?25l';
const OWN_SCREEN = '\x1b[?25h\x1b[?1049l';
const HOME = '\x1b[H';
const CLEAR_LINE = '\x1b[K';
const CLEAR_BELOW = '\x1b[J';

/** Opens a screen; `lines` gives what is on it, at most so many rows. */
export function fullScreen(lines: (columns: number, rows: number) => readonly string[]): FullScreen {
  const { stdout } = process;
  const paint = () => {
    const [columns, rows] = [stdout.columns || 80, stdout.rows || 24];
    const shown = lines(columns, rows).slice(0, rows);
    stdout.write(`${HOME}${shown.map((line) => line + CLEAR_LINE).join('\r\n')}${shown.length < rows ? `\r\n${CLEAR_BELOW}` : ''}`);
  };
  const leave = () => void stdout.write(OWN_SCREEN);
  stdout.write(OTHER_SCREEN);
  stdout.on('resize', paint);
  process.once('exit', leave);
  paint();
  return {
    paint,
    close() {
      stdout.off('resize', paint);
      process.off('exit', leave);
      leave();
    },
  };
}
