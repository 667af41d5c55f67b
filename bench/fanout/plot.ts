/*
 * The saturated deliveries per second as a bar chart: a self-contained SVG without script or font files, that reads on light
 * and on dark pages. Bars are ratios to naive; the number stands beside each, so nothing hangs on colour.
 */
import { figureOf, type Results } from './results.js';
import { idle, reference } from './table.js';

const width = 640;
const labelWidth = 96;
const numberWidth = 130;
const barHeight = 16;
const gap = 4;
const titleHeight = 34;

const style = `text{font:12px system-ui,sans-serif;fill:#1f2328}.title{font-weight:600}.bar{fill:#8c959f}.ours{fill:#1a7f64}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.bar{fill:#6e7681}.ours{fill:#3fb68b}}`;

interface Bar {
  readonly peer: string;
  readonly ratio: number;
  readonly perSecond: number;
}

function barsOf(results: Results, scenario: string): Bar[] {
  const cells = results.cells[scenario] ?? {};
  const base = figureOf(cells[reference], 'deliveriesPerSecond');
  if (base === undefined) return [];
  return Object.keys(results.peers).flatMap((peer) => {
    const perSecond = figureOf(cells[peer], 'deliveriesPerSecond');
    return perSecond === undefined ? [] : [{ peer, perSecond, ratio: perSecond / base }];
  });
}

function drawBar({ peer, ratio, perSecond }: Bar, y: number, longest: number): string {
  const length = (ratio / longest) * (width - labelWidth - numberWidth);
  const label = `${ratio.toPrecision(2)}x  ${Math.round(perSecond / 1000).toLocaleString('en-US')}k/s`;
  const middle = y + barHeight - 4;
  return (
    `<text x="${labelWidth - 8}" y="${middle}" text-anchor="end">${peer}</text>` +
    `<rect class="${peer === 'chatwire' ? 'ours' : 'bar'}" x="${labelWidth}" y="${y}" width="${length.toFixed(1)}" height="${barHeight}" rx="2"/>` +
    `<text x="${(labelWidth + length + 6).toFixed(1)}" y="${middle}">${label}</text>`
  );
}

/** The chart; empty scenarios and those without naive are left out. */
export function drawFanOut(results: Results): string {
  const parts: string[] = [];
  let y = 4;
  for (const scenario of Object.keys(results.cells)) {
    const bars = scenario === idle ? [] : barsOf(results, scenario);
    if (bars.length === 0) continue;
    const [groups, members] = scenario.split('x');
    const longest = Math.max(...bars.map((bar) => bar.ratio));
    parts.push(`<text class="title" x="8" y="${y + 20}">${groups} x ${members} members: deliveries per second, naive loop = 1</text>`);
    y += titleHeight;
    for (const bar of bars) {
      parts.push(drawBar(bar, y, longest));
      y += barHeight + gap;
    }
    y += 8;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" role="img" aria-label="Deliveries per second by peer"><style>${style}</style>\n${parts.join('\n')}\n</svg>\n`;
}
