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

/** How large the screen is, and how far it looks back. */
export interface Look {
  readonly columns: number;
  readonly rows: number;
  /** How many rows of the ladder are below its lowest one that is shown. */
  readonly back: number;
}

/**
 * Draws it; `foot` gives the lines about what is held, as texts of any length.
 * @returns the lines, and how far back they are in fact: no further than to the first row
 */
export function heldScreen(
  story: Story,
  view: Omit<ViewOptions, 'columns'>,
  foot: readonly string[],
  { columns, rows, back }: Look,
): { readonly lines: readonly string[]; readonly back: number } {
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
  const ladder = drawn.flatMap(({ lines }) => lines);
  const isBack = Math.min(back, Math.max(0, ladder.length - room));
  const end = ladder.length - isBack;
  const body = ladder.slice(Math.max(0, end - room), end);
  const lines = [...above, ...body, ...Array.from({ length: Math.max(0, room - body.length) }, () => ''), ...below].slice(0, rows);
  return { lines, back: isBack };
}

function asAscii(text: string): string {
  return text.replaceAll('→', '->').replaceAll('·', '-').replaceAll('↑ ↓', 'up down');
}
