/*
 * The bracket of a phase at a figure's margin, row by row: a head where it begins, a foot where it ends, and behind the
 * box of a sentence it goes on.
 */
import type { Bracket } from '../../layout/index.js';
import { px } from './markup.js';
import { MARGIN } from './metrics.js';

const LEFT = MARGIN - 10;
const RIGHT = MARGIN - 4;

/** Heights between which nothing is drawn. */
export interface Hidden {
  readonly from: number;
  readonly to: number;
}

/** Draws a row's part, from one height to another. */
export function drawBracket({ begins, ends }: Bracket, top: number, bottom: number, hidden?: Hidden): string {
  const head = begins ? `M${RIGHT} ${px(top)}H${LEFT}` : `M${LEFT} ${px(top)}`;
  const gap = hidden ? `V${px(hidden.from)}M${LEFT} ${px(hidden.to)}` : '';
  return `<path class="phase" d="${head}${gap}V${px(bottom)}${ends ? `H${RIGHT}` : ''}"/>`;
}
