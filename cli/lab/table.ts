/*
 * The rows of a sweep as a table for a terminal of 80 columns: what was measured beside what the formula says, and both
 * as a bar with a mark.
 */
import type { Row } from '../../lab/index.js';

const BAR_COLUMNS = 20;

const COLUMNS: readonly { readonly head: string; readonly width: number; text(row: Row): string }[] = [
  { head: 'arq', width: -16, text: ({ arq }) => arq },
  { head: 'P', width: 5, text: ({ loss }) => String(loss) },
  { head: 'a', width: 4, text: ({ a }) => String(a) },
  { head: 'W', width: 4, text: ({ arq, window }) => (arq === 'stop-and-wait' ? '1' : String(window)) },
  { head: 'measured', width: 8, text: ({ measured }) => measured.toFixed(4) },
  { head: 'formula', width: 7, text: ({ theory }) => theory.toFixed(4) },
  { head: 'off by', width: 7, text: ({ measured, theory }) => `${((measured / theory - 1) * 100).toFixed(1)}%`.replace('-0.0', '0.0') },
];

/** The table, line by line. Stop-and-wait stands in it once for all windows. */
export function tableOf(rows: readonly Row[]): string[] {
  const withCounts = rows.some(({ counts }) => counts === 'span');
  const shown = rows.filter((row, index) => row.arq !== 'stop-and-wait' || index === rows.findIndex((other) => isSame(row, other)));
  const head = COLUMNS.map(({ head: name, width }) => padded(name, width)).join(' ');
  const last = withCounts ? 'window counts' : '0 utilisation      1';
  return [
    `${head}  ${last}`,
    ...shown.map((row) => `${COLUMNS.map(({ text, width }) => padded(text(row), width)).join(' ')}  ${withCounts ? row.counts : bar(row)}`),
  ];
}

/** Why some rows are off, if they are: for which of them the formula does not hold. */
export function notesOf(rows: readonly Row[]): string[] {
  const notes: string[] = [];
  if (rows.some(({ arq, a, window, loss }) => arq === 'go-back-n' && loss > 0 && window > 1 && window < 1 + 2 * a))
    notes.push('go-back-n, W < 1+2a: the formula has every loss repeat a whole window; one late in it repeats less.');
  if (rows.some(({ counts, loss }) => counts === 'span' && loss > 0))
    notes.push('span: the window waits for its oldest packet; the formula has W outstanding ones, whichever they are.');
  return notes;
}

function isSame(one: Row, other: Row): boolean {
  return one.arq === other.arq && one.loss === other.loss && one.a === other.a;
}

/** Full blocks up to what was measured, and a bar where the formula is. */
function bar({ measured, theory }: Row): string {
  const [full, mark] = [measured, theory].map((share) => Math.round(share * BAR_COLUMNS)) as [number, number];
  const cells = Array.from({ length: BAR_COLUMNS + 1 }, (_, index) => (index === mark ? '|' : index < full ? '█' : '·'));
  return cells.join('');
}

function padded(text: string, width: number): string {
  return width < 0 ? text.padEnd(-width) : text.padStart(width);
}
