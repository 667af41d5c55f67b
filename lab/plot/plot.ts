/*
 * The rows of a sweep as a picture: a line for each formula, a mark for each measurement, as an SVG that needs no script
 * and no font. Colour carries nothing that the shape of a mark does not; light and dark both work.
 */
import type { Row } from '../measure.js';
import { utilisation } from '../theory.js';
import { alongAxis, px, scaleFor } from './scale.js';
import { AXES, type Dimension, mainDimension, nameOf, type Panel, panelsOf, type Series, valuesOf } from './series.js';

const PANEL = { width: 300, height: 190, left: 46, right: 14, top: 30, bottom: 44 };
const HEAD = 52;
const MOST_COLUMNS = 3;
const STEPS = 80;
/** Tick labels closer than this would touch. */
const LABEL_PX = 26;

/** How a series looks: colours that the colour-blind tell apart (Okabe and Ito, 2008), and a shape. */
const LOOKS: readonly { readonly colour: string; readonly mark: (x: number, y: number) => string }[] = [
  { colour: '#0072b2', mark: (x, y) => `<circle cx="${px(x)}" cy="${px(y)}" r="3.6"/>` },
  { colour: '#d55e00', mark: (x, y) => `<rect x="${px(x - 3.4)}" y="${px(y - 3.4)}" width="6.8" height="6.8"/>` },
  { colour: '#009e73', mark: (x, y) => `<path d="M${px(x)} ${px(y - 4.6)}l4.4 7.8h-8.8z"/>` },
  { colour: '#cc79a7', mark: (x, y) => `<path d="M${px(x)} ${px(y - 4.8)}l4.8 4.8l-4.8 4.8l-4.8-4.8z" fill="none" stroke-width="1.6"/>` },
];

/** Draws the rows of a sweep. */
export function plot(rows: readonly Row[], { title = 'Utilisation of a line: the formula and the engine' } = {}): string {
  const along = mainDimension(rows);
  const panels = panelsOf(rows, along);
  const names = [...new Set(rows.map(nameOf))];
  const columns = columnsFor(rows, along, panels.length);
  const width = Math.max(columns * PANEL.width, 620);
  const height = HEAD + Math.ceil(panels.length / columns) * PANEL.height;
  const drawn = panels.map((panel, index) => {
    const [x, y] = [(index % columns) * PANEL.width, HEAD + Math.floor(index / columns) * PANEL.height];
    return `<g transform="translate(${x} ${y})">${drawPanel(panel, along, valuesOf(rows, along), names)}</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    STYLE,
    `<rect class="ground" width="${width}" height="${height}"/>`,
    `<text class="title" x="14" y="20">${escaped(title)}</text>`,
    legend(names),
    ...drawn,
    '</svg>\n',
  ].join('\n');
}

const STYLE = `<style>
text { font: 11px system-ui, sans-serif; fill: #222; } .title { font-size: 14px; font-weight: 600; } .panel { font-weight: 600; }
.ground { fill: #fff; } .grid { stroke: #ddd; } .axis { stroke: #666; } .theory { fill: none; stroke-width: 1.4; opacity: 0.75; }
@media (prefers-color-scheme: dark) { text { fill: #ddd; } .ground { fill: #16181c; } .grid { stroke: #333; } .axis { stroke: #999; } }
</style>`;

/** Panels that differ in one thing only stand beside each other, if that fits. */
function columnsFor(rows: readonly Row[], along: Dimension, panels: number): number {
  const inRow = valuesOf(rows, along === 'a' ? 'window' : 'a').length;
  return inRow >= 2 && inRow <= MOST_COLUMNS ? inRow : Math.min(MOST_COLUMNS, panels);
}

function legend(names: readonly string[]): string {
  let x = 14;
  const items = names.map((name) => {
    const item = `${marked(look(name, names), [[x + 5, 37]])}<text x="${px(x + 15)}" y="41">${escaped(name)}</text>`;
    x += 34 + 6.1 * name.length;
    return item;
  });
  return `${items.join('')}<text x="${px(x)}" y="41">lines: formula; marks: measured</text>`;
}

function drawPanel({ title, series }: Panel, along: Dimension, values: readonly number[], names: readonly string[]): string {
  const { width, height, left, right, top, bottom } = PANEL;
  const x = scaleFor(values, [left + 8, width - right - 8]);
  const y = (value: number) => height - bottom - value * (height - bottom - top);
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (value) =>
      `<line class="grid" x1="${left}" x2="${width - right}" y1="${px(y(value))}" y2="${px(y(value))}"/>` +
      `<text x="${left - 5}" y="${px(y(value) + 4)}" text-anchor="end">${value}</text>`,
  );
  let labelled = Number.NEGATIVE_INFINITY;
  const ticks = values.map((value) => {
    const at = x(value);
    const isFree = at - labelled >= LABEL_PX;
    if (isFree) labelled = at;
    return (
      `<line class="axis" x1="${px(at)}" x2="${px(at)}" y1="${px(y(0))}" y2="${px(y(0) + 4)}"/>` +
      (isFree ? `<text x="${px(at)}" y="${px(y(0) + 16)}" text-anchor="middle">${value}</text>` : '')
    );
  });
  return [
    `<text class="panel" x="${left}" y="${top - 10}">${escaped(title)}</text>`,
    ...grid,
    `<line class="axis" x1="${left}" x2="${width - right}" y1="${px(y(0))}" y2="${px(y(0))}"/>`,
    ...ticks,
    `<text x="${px((left + width - right) / 2)}" y="${height - 10}" text-anchor="middle">${AXES[along]}</text>`,
    ...series.map((each) => drawSeries(each, along, { x, y, values, look: look(each.name, names) })),
  ].join('');
}

interface Drawing {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly values: readonly number[];
  readonly look: (typeof LOOKS)[number];
}

function drawSeries({ rows }: Series, along: Dimension, { x, y, values, look: style }: Drawing): string {
  const [first] = rows;
  if (!first) return '';
  const line = alongAxis(values, STEPS)
    .map((value, index) => `${index === 0 ? 'M' : 'L'}${px(x(value))} ${px(y(utilisation({ ...first, [along]: value })))}`)
    .join('');
  const marks = marked(
    style,
    rows.map((row) => [x(row[along]), y(row.measured)]),
  );
  return `<path class="theory" d="${line}" stroke="${style.colour}"/>${marks}`;
}

function marked({ colour, mark }: (typeof LOOKS)[number], places: readonly (readonly [number, number])[]): string {
  return `<g fill="${colour}" stroke="${colour}">${places.map(([x, y]) => mark(x, y)).join('')}</g>`;
}

function look(name: string, names: readonly string[]): (typeof LOOKS)[number] {
  return LOOKS[names.indexOf(name) % LOOKS.length] as (typeof LOOKS)[number];
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
