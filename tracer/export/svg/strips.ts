/*
 * A figure for paper: its heads, and below them strips that join without a seam, cut where no arrow is under way. Whoever
 * sets a page puts as many below each other as fit, and the heads again at the top of the next one. Colours are those of
 * light paper and stand in the rules themselves, since the programs that set pages know no variables.
 */
import type { Story } from '../../join/story.js';
import { layout, type Row, reasonTeller } from '../../layout/index.js';
import { tagging } from '../../render/step-text.js';
import { escaped, px, textAt } from './markup.js';
import { fit, HEAD_HEIGHT, NUMBER_RIGHT, type Places, placesOf, SMALL_CELL, TIME_RIGHT } from './metrics.js';
import { drawRows, type Figure, type PlacedRow, placeRows, reachOf } from './steps.js';
import { PRINT_STYLE } from './style.js';
import { drawHeads, MOST_COLUMNS, type SvgOptions, separated } from './svg.js';

/** How a figure for paper looks. */
export interface StripOptions extends Omit<SvgOptions, 'title'> {
  /** How wide it may be, in pixels of its own; wider, and its letters become small on paper. Default: as a figure for the screen. */
  readonly width?: number;
}

/** A figure in pieces, each an SVG of the same width. */
export interface Strips {
  readonly heads: string;
  readonly strips: readonly string[];
}

const ABOVE_HEADS = 4;
const BELOW_HEADS = 12;
const BELOW_LAST = 10;

/** Draws a figure in pieces. */
export function svgStrips(story: Story, { width, why, ...options }: StripOptions = {}): Strips {
  const { rows, columns } = layout(story, { mostColumns: MOST_COLUMNS, ...options });
  const names = columns.heads.map(({ name }) => fit(name));
  const places = placesOf(names, width);
  const figure: Figure = { columns, places, tagOf: tagging(story.connections), reasonOf: why ? reasonTeller() : undefined };
  const placed = placeRows(rows, 0, figure);
  return {
    heads: piece(places, ABOVE_HEADS + HEAD_HEIGHT + BELOW_HEADS, ABOVE_HEADS + HEAD_HEIGHT, [
      label(NUMBER_RIGHT, '#') + label(TIME_RIGHT, 'ms'),
      drawHeads(names, places, ABOVE_HEADS),
    ]),
    strips: cut(placed).map((part, i, { length }) => drawStrip(part, figure, i === length - 1)),
  };
}

function label(right: number, text: string): string {
  return textAt(right, ABOVE_HEADS + HEAD_HEIGHT - 12, text, { class: 'small', anchor: 'end', cell: SMALL_CELL });
}

/** Lower strips are not worth a picture of their own. */
const LOWEST = 90;

/** Cuts before a row that no arrow reaches over, unless a note stands above it or it goes on with a phase. */
function cut(placed: readonly PlacedRow[]): readonly (readonly PlacedRow[])[] {
  const parts: PlacedRow[][] = [];
  const under = new Set<number>();
  let joins = true;
  for (const one of placed) {
    const goesOn = one.row.phase?.begins === false;
    if ((joins || goesOn) && parts.length > 0) parts.at(-1)?.push(one);
    else parts.push([one]);
    follow(one.row, under);
    const height = one.bottom - (parts.at(-1)?.[0]?.top ?? 0);
    joins = under.size > 0 || one.row.kind === 'note' || height < LOWEST;
  }
  return parts;
}

/** Keeps, in a set, which arrows have left and not arrived. */
function follow(row: Row, under: Set<number>): void {
  if (row.kind === 'arrow' && row.arrives === 'later') under.add(row.step.number);
  if (row.kind === 'arrival') under.delete(row.step.number);
}

function drawStrip(part: readonly PlacedRow[], figure: Figure, isLast: boolean): string {
  const top = reachOf(part[0] as PlacedRow);
  const bottom = (part.at(-1) as PlacedRow).bottom;
  const moved = part.map((one) => ({ ...one, top: one.top - top, y: one.y - top, bottom: one.bottom - top }));
  const { notes, others } = separated(drawRows(moved, figure));
  // nobody can point at what lies on paper: an arrow goes on behind a note, so that both can be read
  return piece(figure.places, bottom - top + (isLast ? BELOW_LAST : 0), 0, [...others, ...notes]);
}

function piece({ width, lines }: Places, height: number, from: number, drawn: readonly string[]): string {
  const lives = lines.map((x) => `<path class="life" d="M${px(x)} ${px(from)}V${px(height)}"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${px(width)} ${px(height)}" width="${px(width)}" height="${px(height)}">
<style>${escaped(PRINT_STYLE)}</style>
${lives.join('')}
${drawn.join('\n')}
</svg>
`;
}
