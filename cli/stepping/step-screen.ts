/*
 * What the screen shows of a story at one of its steps: the ladder down to it, which is always the lowest row, the reason
 * of it, and which keys there are. Pure: lines for a size.
 */
import chalk from 'chalk';
import wrapAnsi from 'wrap-ansi';
import { cleanLine } from '../../lib/index.js';
import type { Story } from '../../tracer/join/index.js';
import { type LadderRow, ladderRows, type ViewOptions } from '../../tracer/render/index.js';
import type { Cursor } from '../../tracer/step/index.js';

/** Which keys there are; the status line tells it. */
const STEP_KEYS = '→ ← step · h handshake · f frame · l loss (H F L: back) · g G ends · q quit';
const ASCII_KEYS = 'right left: step, h handshake, f frame, l loss (H F L: back), g G ends, q quit';

/** So many rows of a reason at most. */
const MOST_REASON = 4;
/** A lower screen has no heads and no reason. */
const LOW = 12;

/** Draws a story for a size; drawn once for each width, since a key only moves what is shown of it. */
export function stepScreen(
  story: Story,
  view: Omit<ViewOptions, 'columns'>,
): (cursor: Cursor, columns: number, rows: number, message: string) => readonly string[] {
  let drawn: { readonly columns: number; readonly ladder: ReturnType<typeof ladderRows> } | undefined;
  return (cursor, columns, rows, message) => {
    if (drawn?.columns !== columns) drawn = { columns, ladder: ladderRows(story, { ...view, columns }) };
    const { heads, rows: all } = drawn.ladder;
    const { steps, index } = cursor;
    const step = steps[index];
    if (!step) return [];
    const wrap = (text: string): string[] => wrapAnsi(text, Math.max(2, columns), { hard: true }).split('\n');
    const isLow = rows < LOW;
    const rule = cutRule(
      `${view.ascii ? '---' : '───'} step ${index + 1} of ${steps.length}${message === '' ? '' : ` · ${message}`} `,
      columns,
      view.ascii,
    );
    const reason = step.kind === 'note' || isLow ? [] : wrap(cleanLine(step.why)).slice(0, MOST_REASON);
    const below = [chalk.bold(rule), ...reason, ...wrap(view.ascii ? ASCII_KEYS : STEP_KEYS).map((line) => chalk.dim(line))];
    const above = isLow ? [] : heads;
    const room = Math.max(1, rows - above.length - below.length);
    const body = upTo(all, step.number, index === steps.length - 1).slice(-room);
    return [...above, ...body, ...Array.from({ length: room - body.length }, () => ''), ...below].slice(0, rows);
  };
}

/** The lines down to a step; of the last one also whatever arrives after it. */
function upTo(rows: readonly LadderRow[], number: number, isLast: boolean): readonly string[] {
  const end = isLast ? rows.length - 1 : rows.findIndex((row) => row.number === number && !row.arrival);
  return rows.slice(0, end + 1).flatMap(({ lines }) => lines);
}

function cutRule(text: string, columns: number, ascii: boolean | undefined): string {
  const plain = ascii ? text.replaceAll('·', '-') : text;
  return plain.length >= columns ? plain.slice(0, columns) : plain + (ascii ? '-' : '─').repeat(columns - plain.length);
}
