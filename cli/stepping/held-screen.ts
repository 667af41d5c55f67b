/*
 * What the screen shows of a run that stands still: the ladder of what has happened, its newest rows at the foot, and below
 * it why the last step happened, what is held, and which keys there are. Pure: lines for a size.
 */
import chalk from 'chalk';
import wrapAnsi from 'wrap-ansi';
import { cleanLine } from '../../lib/index.js';
import type { Story } from '../../tracer/join/index.js';
import { inLanes } from '../../tracer/layout/index.js';
import { ladderRows, type ViewOptions } from '../../tracer/render/index.js';

/** So many rows of a reason at most. */
const MOST_REASON = 3;
/** A lower screen has no heads and no reason. */
const LOW = 14;

/** Draws it; `foot` gives the lines about what is held, as texts of any length. */
export function heldScreen(
  story: Story,
  view: Omit<ViewOptions, 'columns'>,
  foot: readonly string[],
  { columns, rows }: { readonly columns: number; readonly rows: number },
): readonly string[] {
  const wrap = (text: string): string[] => wrapAnsi(text, Math.max(2, columns), { hard: true }).split('\n');
  const { heads, rows: drawn } = ladderRows(story, { ...view, columns });
  const isLow = rows < LOW;
  const last = inLanes(story.steps, view.lanes).findLast((step) => step.kind !== 'note');
  const why = last && !isLow ? wrap(cleanLine(`${last.number}: ${last.why}`)).slice(0, MOST_REASON) : [];
  const rule = (view.ascii ? '-' : '─').repeat(columns);
  const below = [chalk.bold(rule), ...why, ...foot.flatMap((text) => wrap(view.ascii ? asAscii(text) : text))].slice(
    0,
    Math.max(1, rows - 1),
  );
  const above = isLow ? [] : heads;
  const room = Math.max(0, rows - above.length - below.length);
  const body = room === 0 ? [] : drawn.flatMap(({ lines }) => lines).slice(-room);
  return [...above, ...body, ...Array.from({ length: Math.max(0, room - body.length) }, () => ''), ...below].slice(0, rows);
}

function asAscii(text: string): string {
  return text.replaceAll('→', '->').replaceAll('·', '-');
}
