/*
 * A terminal's screen as an SVG picture: its cells, their colours and weights, as the emulator has them. Text
 * stays text, light and dark follow the reader's setting, and nothing is fetched from anywhere.
 */
import type { IBufferCell, Terminal } from '@xterm/headless';
import stringWidth from 'string-width';

const CELL = { width: 8.4, height: 18 };
const MARGIN = 14;
const BASELINE = 13.5;

/** The 16 colours of a terminal, by name, for light and for dark paper; both readable on theirs. */
const PALETTE: readonly (readonly [string, string])[] = [
  ['#24292f', '#484f58'],
  ['#b3261e', '#ff7b72'],
  ['#116329', '#56d364'],
  ['#7d4e00', '#e3b341'],
  ['#0550ae', '#79c0ff'],
  ['#8250df', '#d2a8ff'],
  ['#0e6b74', '#56d4dd'],
  ['#57606a', '#c9d1d9'],
  ['#57606a', '#8b949e'],
  ['#cf222e', '#ffa198'],
  ['#1a7f37', '#7ee787'],
  ['#9a6700', '#f2cc60'],
  ['#0969da', '#a5d6ff'],
  ['#a475f9', '#e2c5ff'],
  ['#1b7c83', '#76e3ea'],
  ['#24292f', '#f0f6fc'],
];

const STYLE = `text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;white-space:pre;fill:#24292f}
.paper{fill:#fff;stroke:#d0d7de}.title{fill:#57606a}.b{font-weight:600}.d{opacity:.62}.i{font-style:italic}.u{text-decoration:underline}
${PALETTE.map(([light], i) => `.c${i}{fill:${light}}`).join('')}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.paper{fill:#0d1117;stroke:#30363d}.title{fill:#8b949e}
${PALETTE.map(([, dark], i) => `.c${i}{fill:${dark}}`).join('')}}`;

/** A screen and the words above it. */
export interface Shot {
  readonly title: string;
  readonly terminal: Terminal;
  /** A line of this and nothing else is drawn as dots: a password that a program has echoed. */
  readonly secret?: string;
}

/** Draws screens below each other; rows that are empty at the bottom are left out. */
export function drawShots(description: string, shots: readonly Shot[]): string {
  const steadyPorts = portsInOrder();
  const width = Math.max(...shots.map(({ terminal }) => terminal.cols)) * CELL.width + 2 * MARGIN;
  const rest = new Set(
    shots.flatMap(({ terminal }) => rowsOf(terminal).flat()).flatMap(({ classes }) => classes.match(/\bc\d{2,3}\b/g) ?? []),
  );
  const style = STYLE + [...rest].map((name) => paletteRule(Number(name.slice(1)))).join('');
  let top = 0;
  const parts = shots.map(({ title, terminal, secret }) => {
    const rows = rowsOf(terminal).map((row) => masked(row, secret).map((run) => ({ ...run, text: steadyPorts(run.text) })));
    const height = (rows.length + 1.6) * CELL.height + MARGIN;
    const texts = rows.map((row, i) => drawRow(row, (i + 1.9) * CELL.height));
    const part = `<g transform="translate(0 ${number(top)})"><rect class="paper" x=".5" y=".5" width="${number(width - 1)}" height="${number(height - 1)}" rx="8"/>
<text class="title" x="${MARGIN}" y="${number(BASELINE + 8)}">${escaped(title)}</text>
${texts.join('\n')}</g>`;
    top += height + MARGIN;
    return part;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${number(width)} ${number(top - MARGIN)}" role="img">
<title>${escaped(description)}</title>
<style>${style}</style>
${parts.join('\n')}
</svg>
`;
}

interface Run {
  readonly column: number;
  readonly classes: string;
  text: string;
  /** How many columns the text takes. */
  cells: number;
}

function rowsOf(terminal: Terminal): Run[][] {
  const { active } = terminal.buffer;
  const rows: Run[][] = [];
  for (let y = 0; y < terminal.rows; y++) {
    const line = active.getLine(active.viewportY + y);
    const runs: Run[] = [];
    for (let x = 0; line && x < terminal.cols; x++) {
      const cell = line.getCell(x);
      if (!cell || cell.getWidth() === 0) continue;
      const text = cell.getChars() || ' ';
      const classes = classesOf(cell);
      const last = runs.at(-1);
      if (last?.classes === classes) {
        last.text += text;
        last.cells += cell.getWidth();
      } else runs.push({ column: x, classes, text, cells: cell.getWidth() });
    }
    rows.push(
      runs
        .flatMap(words)
        .map(trimmed)
        .filter(({ text }) => text !== ''),
    );
  }
  while (rows.at(-1)?.length === 0) rows.pop();
  return rows;
}

const DOTS = '•••';

function masked(row: readonly Run[], secret: string | undefined): readonly Run[] {
  const [first] = row;
  return first && row.length === 1 && first.text === secret ? [{ ...first, text: DOTS, cells: DOTS.length }] : row;
}

/** The kernel picks a client's port, another one each time: the first that is seen is drawn as 50001, and so on. */
function portsInOrder(): (text: string) => string {
  const seen = new Map<string, string>();
  return (text) =>
    text.replace(/(?<=127\.0\.0\.1:)[3-6]\d{4}\b/g, (port) => {
      const drawn = seen.get(port) ?? String(50_001 + seen.size);
      seen.set(port, drawn);
      return drawn;
    });
}

/** A colour of xterm's 256 beyond the first 16, which programs choose to be readable on light and dark alike. */
function paletteRule(index: number): string {
  if (index < 16) return '';
  const level = (step: number) => (step === 0 ? 0 : 55 + 40 * step);
  const cube = index - 16;
  const grey = 8 + 10 * (index - 232);
  const rgb = index >= 232 ? [grey, grey, grey] : [level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)];
  return `.c${index}{fill:rgb(${rgb.join(',')})}`;
}

/** The run in parts, cut where several spaces stand: not every program that shows SVG keeps them apart. */
function words(run: Run): Run[] {
  const parts: Run[] = [];
  let { column } = run;
  for (const text of run.text.split(/(?<= {2,})(?! )/)) {
    const cells = stringWidth(text);
    parts.push({ column, classes: run.classes, text, cells });
    column += cells;
  }
  return parts;
}

/** Spaces at the ends are left out, too. */
function trimmed({ column, classes, text, cells }: Run): Run {
  const leading = text.length - text.trimStart().length;
  const trailing = text.length - text.trimEnd().length;
  return { column: column + leading, classes, text: text.trim(), cells: cells - leading - trailing };
}

function classesOf(cell: IBufferCell): string {
  const classes: string[] = [];
  if (cell.isFgPalette()) classes.push(`c${cell.getFgColor()}`);
  if (cell.isBold()) classes.push('b');
  if (cell.isDim()) classes.push('d');
  if (cell.isItalic()) classes.push('i');
  if (cell.isUnderline()) classes.push('u');
  return classes.join(' ');
}

function drawRow(runs: readonly Run[], y: number): string {
  return runs
    .map(({ column, classes, text, cells }) => {
      const attributes = classes === '' ? '' : ` class="${classes}"`;
      return `<text x="${number(MARGIN + column * CELL.width)}" y="${number(y + BASELINE)}"${attributes} textLength="${number(cells * CELL.width)}">${escaped(text)}</text>`;
    })
    .join('');
}

function number(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
