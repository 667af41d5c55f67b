/*
 * Draws the rows of a layout at their heights: arrows that slope as long as they took, broken ones, marks, notes. A first
 * pass gives every row its height, a second one draws, since an arrow must know where it arrives.
 */
import type { ArrowStep } from '../../join/story.js';
import {
  type ArrivalRow,
  type ArrowRow,
  type Bracket,
  brackets,
  type Columns,
  type MarkRow,
  type ReasonOf,
  type Row,
  remarksOn,
  timeText,
  wordsBehind,
} from '../../layout/index.js';
import { widthOf } from '../../render/fit-text.js';
import type { TagOf } from '../../render/step-text.js';
import { drawBracket } from './bracket.js';
import { drawArrow, drawLink, LOST_AT } from './lines.js';
import { escaped, px, type Span, spansAt, textAt } from './markup.js';
import {
  CELL,
  fit,
  LINE_HEIGHT,
  linesFor,
  MARGIN,
  NUMBER_RIGHT,
  type Places,
  SMALL_CELL,
  SMALL_LINE_HEIGHT,
  TIME_RIGHT,
} from './metrics.js';

/** What rows are drawn with. */
export interface Figure {
  readonly columns: Columns;
  readonly places: Places;
  readonly tagOf: TagOf;
  /** The reasons as they are shown, if they are. */
  readonly reasonOf: ReasonOf | undefined;
  /** Whether each row says of which step it is. */
  readonly stepNumbers?: boolean;
}

/** A row and where it stands: `y` is its line. */
export interface PlacedRow {
  readonly row: Row;
  readonly bracket: Bracket | undefined;
  readonly top: number;
  readonly y: number;
  readonly bottom: number;
  readonly texts: RowTexts;
}

interface RowTexts {
  /** Lines of pieces, above the arrow or beside the mark. */
  readonly lines: readonly (readonly Span[])[];
  readonly reason: readonly string[];
  /** Where the lines begin, end or have their middle. */
  readonly x: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

const ROW_GAP = 9;
const PHASE_HEIGHT = 22;
const NOTE_PADDING = 10;
const ARRIVAL_HEIGHT = 20;
const TEXT_ABOVE = 7;

/** Gives every row its place, from `top` on. */
export function placeRows(rows: readonly Row[], top: number, figure: Figure): readonly PlacedRow[] {
  const held = brackets();
  rows.forEach(held.add);
  let next = top;
  return rows.map((row, i) => {
    const start = next + (row.phase?.begins ? PHASE_HEIGHT : 0);
    const placed = { ...placeRow(row, start, textsOf(row, figure)), bracket: held.at(i) };
    next = placed.bottom;
    return placed;
  });
}

/** Where a row begins, with the name of the phase above it. */
export function reachOf({ row, top }: PlacedRow): number {
  return row.phase?.begins ? top - PHASE_HEIGHT : top;
}

type Place = Omit<PlacedRow, 'bracket'>;

function placeRow(row: Row, top: number, texts: RowTexts): Place {
  const height = texts.lines.length * LINE_HEIGHT;
  const reason = texts.reason.length * SMALL_LINE_HEIGHT;
  switch (row.kind) {
    case 'note':
      return { row, top, y: top, texts, bottom: top + height + 2 * NOTE_PADDING + 2 * ROW_GAP };
    case 'arrival':
      return { row, top, y: top + ARRIVAL_HEIGHT - 4, texts, bottom: top + ARRIVAL_HEIGHT + ROW_GAP };
    case 'mark':
      return { row, top, y: top + LINE_HEIGHT / 2 + 4, texts, bottom: top + Math.max(LINE_HEIGHT, height) + reason + ROW_GAP };
    case 'arrow': {
      if (row.arrives === 'later') return slantedPlace(row, top, height + reason, texts);
      const y = top + Math.max(height, LINE_HEIGHT / 2) + TEXT_ABOVE;
      return { row, top, y, texts, bottom: y + (reason > 0 ? reason + 4 : 0) + ROW_GAP };
    }
  }
}

/** An arrow that slopes down has the reason above it, too: below there is its own line. */
function slantedPlace(row: ArrowRow, top: number, height: number, texts: RowTexts): Place {
  const y = top + Math.max(height, LINE_HEIGHT / 2) + TEXT_ABOVE;
  return { row, top, y, texts, bottom: y + ROW_GAP };
}

const NO_TEXTS: RowTexts = { lines: [], reason: [], x: 0, anchor: 'start' };

function textsOf(row: Row, figure: Figure): RowTexts {
  const { places, columns } = figure;
  if (row.kind === 'arrival') return NO_TEXTS;
  if (row.kind === 'note') {
    const lines = linesFor(fit(row.step.words), places.width - 2 * MARGIN - 2 * NOTE_PADDING - 8);
    return { ...NO_TEXTS, lines: lines.map((text) => [{ text, class: 'words' }]) };
  }
  const spans = spansOf(row, figure);
  const why = (width: number): readonly string[] => (figure.reasonOf ? linesFor(fit(figure.reasonOf(row.step)), width, SMALL_CELL) : []);
  const [from, to] = endsOf(row, columns, places);
  if (row.kind === 'arrow' && from !== to) {
    const length = row.arrives === 'never' ? (to - from) * LOST_AT : to - from;
    const width = Math.abs(length) - 36;
    const isSlanted = row.arrives === 'later';
    const anchor = isSlanted ? (to > from ? 'start' : 'end') : 'middle';
    const x = isSlanted ? from + (to > from ? 12 : -12) : from + length / 2;
    return { lines: flowed(spans, width), reason: why(width), x, anchor };
  }
  const right = Math.min(places.width - MARGIN, ...places.lines.filter((x) => x > from)) - from - 28;
  const left = from - Math.max(TIME_RIGHT, ...places.lines.filter((x) => x < from)) - 28;
  const toRight = right >= Math.min(left, 160);
  const width = toRight ? right : left;
  return { lines: flowed(spans, width), reason: why(width), x: from + (toRight ? 14 : -14), anchor: toRight ? 'start' : 'end' };
}

function spansOf({ step, phase }: ArrowRow | MarkRow, { tagOf, columns }: Figure): readonly Span[] {
  const lane = step.kind === 'arrow' && step.outcome === 'lost' ? 'trouble' : step.lane;
  const spans: Span[] = [{ text: fit(step.label), class: `label ${lane}` }];
  const tag = tagOf(step.connection);
  if (phase?.part !== undefined) spans.push({ text: phase.part, class: 'part small' });
  if (tag !== undefined) spans.push({ text: fit(tag), class: 'tag small' });
  const words = wordsBehind(step);
  if (words !== '') spans.push({ text: fit(words), class: 'words' });
  if (step.kind === 'arrow') {
    for (const remark of remarksOn(step)) spans.push({ text: remark, class: remark.startsWith('↻') ? 'again' : 'trouble' });
    if (columns.of.get(step.from) === columns.of.get(step.to)) spans.unshift({ text: fit(`${step.from} → ${step.to}`), class: 'words' });
  }
  return spans;
}

/** Pieces in lines of a width, as running text. */
function flowed(spans: readonly Span[], width: number): readonly (readonly Span[])[] {
  const most = Math.max(8, Math.floor(width / CELL));
  const lines: Span[][] = [];
  let left = 0;
  for (const span of spans) {
    for (const word of span.text.split(' ').flatMap((one) => linesFor(one, width))) {
      const line = lines.at(-1);
      const last = line?.at(-1);
      if (!line || !last || widthOf(word) + 1 > left) {
        lines.push([{ text: word, class: span.class }]);
        left = most - widthOf(word);
      } else {
        if (last.class === span.class) line[line.length - 1] = { text: `${last.text} ${word}`, class: span.class };
        else line.push({ text: word, class: span.class });
        left -= widthOf(word) + 1;
      }
    }
  }
  return lines;
}

function endsOf({ step }: ArrowRow | MarkRow | ArrivalRow, { of }: Columns, { lines }: Places): readonly [number, number] {
  const at = (id: string): number => lines[of.get(id) ?? 0] ?? 0;
  return step.kind === 'mark' ? [at(step.actor), at(step.actor)] : [at(step.from), at(step.to)];
}

/** Draws the rows. */
export function drawRows(placed: readonly PlacedRow[], figure: Figure): readonly string[] {
  const arrivals = new Map(placed.flatMap(({ row, y }) => (row.kind === 'arrival' ? [[row.step.number, y] as const] : [])));
  const leaves = new Map(placed.flatMap(({ row, y }) => (row.kind === 'arrow' ? [[row.step.number, y] as const] : [])));
  return placed.map((one) => {
    const { row } = one;
    if (row.kind === 'note') return drawNote(one, figure);
    const body =
      row.kind === 'arrival' ? '' : row.kind === 'mark' ? drawMark(one, row, figure) : drawSend(one, row, figure, arrivals, leaves);
    const why = row.kind === 'arrival' ? '' : row.step.why;
    const which = figure.stepNumbers ? ` data-step="${row.step.number}"` : '';
    return `<g class="step"${which}>${why === '' ? '' : `<title>${escaped(fit(`${row.step.label}: ${why}`))}</title>`}${margin(one, row)}${phaseOf(one)}${body}</g>`;
  });
}

function margin({ y }: PlacedRow, row: ArrowRow | ArrivalRow | MarkRow): string {
  const number = row.kind === 'arrival' ? `(${row.step.number})` : String(row.step.number);
  return (
    textAt(NUMBER_RIGHT, y + 4, number, { class: 'small', anchor: 'end', cell: SMALL_CELL }) +
    textAt(TIME_RIGHT, y + 4, timeText(row.at), { class: 'small', anchor: 'end', cell: SMALL_CELL })
  );
}

/** The bracket at the margin, with the phase's name where it begins. */
function phaseOf({ row, bracket, top, bottom }: PlacedRow): string {
  if (!bracket) return '';
  const name = row.phase?.begins ? textAt(MARGIN, top, row.phase.name, { class: 'small segments', cell: SMALL_CELL }) : '';
  return drawBracket(bracket, bracket.begins ? top - 4 : top - ROW_GAP, bottom - ROW_GAP) + name;
}

function drawSend(
  { y, texts }: PlacedRow,
  row: ArrowRow,
  figure: Figure,
  arrivals: ReadonlyMap<number, number>,
  leaves: ReadonlyMap<number, number>,
): string {
  const { step } = row;
  const [from, to] = endsOf(row, figure.columns, figure.places);
  const above = row.arrives === 'later' ? texts.reason.length * SMALL_LINE_HEIGHT : 0;
  const first = y - TEXT_ABOVE - above - (texts.lines.length - 1) * LINE_HEIGHT;
  const texted = texts.lines.map((line, i) => spansAt(texts.x, first + i * LINE_HEIGHT, line, texts.anchor)).join('');
  const reason = reasonAt(texts, texts.x, above > 0 ? y - above + SMALL_LINE_HEIGHT - TEXT_ABOVE - 1 : y + SMALL_LINE_HEIGHT, texts.anchor);
  const line =
    from === to ? dot(from, y, step.lane) : drawArrow({ from, to, y, until: arrivals.get(step.number) ?? y, arrives: row.arrives, step });
  return `${linkOf(step, from, y, figure, leaves)}<g class="say">${texted}${reason}</g>${line}`;
}

/** From a retransmission to what it repeats. */
function linkOf(
  { repeats, from: sender }: ArrowStep,
  x: number,
  y: number,
  { places, columns }: Figure,
  leaves: ReadonlyMap<number, number>,
): string {
  const first = repeats && leaves.get(repeats.step);
  if (first === undefined) return '';
  const isLeft = (columns.of.get(sender) ?? 0) < places.lines.length / 2;
  return drawLink(x, y, first, isLeft);
}

function drawMark({ y, texts }: PlacedRow, row: MarkRow, figure: Figure): string {
  const [x] = endsOf(row, figure.columns, figure.places);
  const lines = texts.lines.map((line, i) => spansAt(texts.x, y + 4.5 + i * LINE_HEIGHT, line, texts.anchor)).join('');
  const reason = reasonAt(texts, texts.x, y + texts.lines.length * LINE_HEIGHT + 2, texts.anchor);
  return `${dot(x, y, row.step.lane)}<g class="say">${lines}${reason}</g>`;
}

function dot(x: number, y: number, lane: string): string {
  return `<path class="dot ${lane}" d="M${px(x)} ${px(y - 6)}l6 6-6 6-6-6z"/>`;
}

function reasonAt({ reason }: RowTexts, x: number, y: number, anchor: RowTexts['anchor']): string {
  return reason.map((line, i) => textAt(x, y + i * SMALL_LINE_HEIGHT, line, { class: 'small', anchor, cell: SMALL_CELL })).join('');
}

function drawNote({ bracket, top, bottom, texts }: PlacedRow, { places }: Figure): string {
  const height = texts.lines.length * LINE_HEIGHT + 2 * NOTE_PADDING - 4;
  const y = top + ROW_GAP / 2;
  const box = `<rect class="note" x="${MARGIN - 12}" y="${px(y)}" width="${px(places.width - 2 * MARGIN + 24)}" height="${px(height)}" rx="6"/><rect class="bar" x="${MARGIN - 12}" y="${px(y)}" width="4" height="${px(height)}" rx="2"/>`;
  const lines = texts.lines.map((line, i) => spansAt(MARGIN + NOTE_PADDING - 6, y + NOTE_PADDING + 11 + i * LINE_HEIGHT, line));
  const behind = bracket ? drawBracket(bracket, top - ROW_GAP, bottom - ROW_GAP, { from: y, to: y + height }) : '';
  return `<g class="aside">${behind}${box}${lines.join('')}</g>`;
}
