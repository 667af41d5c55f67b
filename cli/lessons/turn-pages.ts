/*
 * Shows pages on the terminal, one at a time, until whoever reads them has had enough; then the terminal shows what it
 * showed before. Pages are made anew when the window gets another size.
 */
import chalk from 'chalk';
import { fullScreen } from '../stepping/full-screen.js';
import { readKeys } from '../stepping/keys.js';
import { toldToStop } from '../stopping.js';
import type { Page } from './pages.js';

const NEXT = ['space', 'right', 'down', 'return', 'pagedown'];
const BACK = ['b', 'left', 'up', 'backspace', 'pageup'];
const ENDS = ['q', 'escape', 'ctrl-c', 'ctrl-d'];
/** The status line. */
const STATUS_ROWS = 1;

/** Makes pages of so many columns and rows. */
export type PagesFor = (columns: number, rows: number) => readonly Page[];

/** Shows pages; resolves when their reader ends it. */
export async function turnPages(pagesFor: PagesFor, ascii: boolean): Promise<void> {
  let at = 0;
  let size = '';
  let pages: readonly Page[] = [];
  const lines = (columns: number, rows: number): readonly string[] => {
    if (size !== `${columns} ${rows}`) pages = pagesFor(columns, Math.max(1, rows - STATUS_ROWS));
    size = `${columns} ${rows}`;
    at = Math.min(at, pages.length - 1);
    const page = pages[at] ?? [];
    const blank = Array.from({ length: Math.max(0, rows - STATUS_ROWS - page.length) }, () => '');
    return [...page, ...blank, chalk.bold(status(at, pages.length, columns, ascii))];
  };
  await new Promise<void>((resolve) => {
    // keys and signals are listened to before anything says that they are
    const keys = readKeys((name) => {
      if (ENDS.includes(name)) return over();
      if (NEXT.includes(name)) at = Math.min(at + 1, pages.length - 1);
      else if (BACK.includes(name)) at = Math.max(at - 1, 0);
      else return;
      screen.paint();
    });
    void toldToStop().then(() => over());
    const screen = fullScreen(lines);
    const over = () => {
      keys.close();
      screen.close();
      resolve();
    };
  });
}

function status(at: number, all: number, columns: number, ascii: boolean): string {
  const [dot, rule] = ascii ? ['-', '-'] : ['·', '─'];
  const on = at + 1 < all ? `space: on ${dot} ` : '';
  const text = `${rule.repeat(3)} page ${at + 1} of ${all} ${dot} ${on}b: back ${dot} q: ${at + 1 < all ? 'quit' : 'done'} `;
  return text.padEnd(columns, rule).slice(0, columns);
}
