/*
 * A story as a figure: SVG with text as text, for light and dark paper and for print, without a font or a script from
 * anywhere. The same story gives the same bytes.
 */
import type { Story } from '../../join/story.js';
import { type LayoutOptions, layout, reasonTeller } from '../../layout/index.js';
import { cutTo } from '../../render/fit-text.js';
import { tagging } from '../../render/step-text.js';
import { escaped, px, textAt } from './markup.js';
import {
  CELL,
  fit,
  HEAD_HEIGHT,
  MARGIN,
  MOST_HEAD_COLUMNS,
  NUMBER_RIGHT,
  type Places,
  placesOf,
  SMALL_CELL,
  TIME_RIGHT,
} from './metrics.js';
import { drawRows, type Figure, placeRows } from './steps.js';
import { PRINT_STYLE, STYLE } from './style.js';

/** How a figure looks. */
export interface SvgOptions extends LayoutOptions {
  /** Whether the reason of each step is shown. They can be read as tooltips in any case. Default: false. */
  readonly why?: boolean;
  /** The heading; default: the story's title. */
  readonly title?: string;
  /** In the colours that its reader has, light or dark, or for programs that know no variables and no media. Default: adaptive. */
  readonly colours?: 'adaptive' | 'light';
  /** Whether each row says of which step it is (`data-step`), for a page that looks it up. Default: false. */
  readonly stepNumbers?: boolean;
}

const TOP = 64;
/** The most columns of a figure; who comes after has none of its own. */
export const MOST_COLUMNS = 12;
/** A longer figure has its heads again at the foot. */
const LONG = 900;

/** Draws a figure. */
export function svg(story: Story, options: SvgOptions = {}): string {
  const { rows, columns } = layout(story, { mostColumns: MOST_COLUMNS, ...options });
  const names = columns.heads.map(({ name }) => fit(name));
  const places = placesOf(names);
  const figure: Figure = {
    columns,
    places,
    tagOf: tagging(story.connections),
    reasonOf: options.why ? reasonTeller() : undefined,
    stepNumbers: options.stepNumbers ?? false,
  };
  const start = TOP + HEAD_HEIGHT;
  const placed = placeRows(rows, start + 18, figure);
  const end = (placed.at(-1)?.bottom ?? start + 18) + 10;
  const isLong = end > LONG;
  const height = end + (isLong ? HEAD_HEIGHT + MARGIN : MARGIN - 8);
  const title = fit(options.title ?? story.title);
  const heads = [drawHeads(names, places, TOP), ...(isLong ? [drawHeads(names, places, end)] : [])];
  const lives = places.lines.map((x) => `<path class="life" d="M${px(x)} ${px(start)}V${px(end)}"/>`);
  const { notes, others } = separated(drawRows(placed, figure));
  const isLight = options.colours === 'light';
  return `<svg xmlns="http://www.w3.org/2000/svg"${isLight ? ' xml:space="preserve"' : ''} viewBox="0 0 ${px(places.width)} ${px(height)}" width="${px(places.width)}" height="${px(height)}" role="figure" aria-roledescription="ladder diagram" aria-labelledby="title desc">
<title id="title">${escaped(title)}</title>
<desc id="desc">${escaped(description(names, story.steps.length))}</desc>
<style>${isLight ? escaped(PRINT_STYLE) : STYLE}</style>
<rect class="paper" width="100%" height="100%"/>
${textAt(MARGIN - 12, 34, title, { class: 'title', cell: CELL * TITLE_SCALE })}
${textAt(NUMBER_RIGHT, TOP + 22, '#', { class: 'small', anchor: 'end', cell: SMALL_CELL })}${textAt(TIME_RIGHT, TOP + 22, 'ms', { class: 'small', anchor: 'end', cell: SMALL_CELL })}
${lives.join('')}
${notes.join('\n')}
${heads.join('\n')}
${others.join('\n')}
</svg>
`;
}

const TITLE_SCALE = 17 / 13;

/** Notes lie over the life lines, and arrows that cross a note over the note. */
export function separated(drawn: readonly string[]): { readonly notes: readonly string[]; readonly others: readonly string[] } {
  const isNote = (one: string): boolean => one.startsWith('<g class="aside">');
  return { notes: drawn.filter(isNote), others: drawn.filter((one) => !isNote(one)) };
}

function description(names: readonly string[], steps: number): string {
  return `A ladder diagram: time runs down, and each of ${names.join(', ')} has a life line. ${steps} steps, numbered, with their times in milliseconds.`;
}

/** The heads of the columns. */
export function drawHeads(names: readonly string[], { lines, headWidths }: Places, top: number): string {
  return names
    .map((name, i) => {
      const [x, width] = [lines[i] as number, headWidths[i] as number];
      const box = `<rect class="head" x="${px(x - width / 2)}" y="${px(top)}" width="${px(width)}" height="${HEAD_HEIGHT}" rx="8"/>`;
      return box + textAt(x, top + HEAD_HEIGHT / 2 + 4.5, cutTo(name, MOST_HEAD_COLUMNS, '…'), { class: 'name', anchor: 'middle' });
    })
    .join('');
}
