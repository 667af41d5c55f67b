/*
 * The table: one line a step, for whoever wants to search or to count: number, time, delta, who, lane, label, bytes, words.
 */
import type { Step, Story } from '../join/story.js';
import { deltaText, inLanes, reasonTeller, remarksOn, timeText, wordsBehind } from '../layout/index.js';
import { blankRow, put, rowText } from './canvas.js';
import { cutTo, fitting, widthOf, wrapTo } from './fit-text.js';
import { listLines, namesOf } from './list.js';
import type { ViewOptions } from './options.js';
import { paint, type Style } from './paint.js';

interface Column {
  readonly title: string;
  readonly alignRight?: boolean;
  /** It is cut to so many columns. */
  readonly most?: number;
  readonly style: (step: Step) => Style;
  readonly text: (step: Step) => string;
}

const GAP = 2;
/** A narrower table leaves out what can be found without it; one that still has no room becomes a list. */
const SMALLEST_WHOLE = 90;
const SMALLEST_WORDS = 16;

/** The table of a story. Where a row has no room for the words, they go below it. */
export function tableLines(story: Pick<Story, 'actors' | 'steps'>, options: ViewOptions): string[] {
  const ascii = options.ascii ?? false;
  const fit = fitting(ascii);
  const colour = paint(options.colours);
  const steps = inLanes(story.steps, options.lanes);
  const columns = columnsFor(steps, namesOf(story.actors), options.columns < SMALLEST_WHOLE);
  const cells = steps.map((step) =>
    columns.map(({ text, most }) => cutTo(fit(text(step)), most ?? Number.POSITIVE_INFINITY, ascii ? '..' : '…')),
  );
  const widths = columns.map(({ title }, i) => cells.reduce((widest, row) => Math.max(widest, widthOf(row[i] as string)), title.length));
  const left = widths.reduce((sum, width) => sum + width + GAP, 0);
  if (left - GAP > options.columns) return listLines(story.actors, steps, options);
  const isBeside = options.columns - left >= SMALLEST_WORDS;
  const place = isBeside ? { left, width: options.columns - left } : { left: GAP, width: Math.max(2, options.columns - GAP) };

  const line = (texts: readonly string[], styles: readonly Style[]): ReturnType<typeof blankRow> => {
    const row = blankRow(Math.max(options.columns, 1));
    let x = 0;
    texts.forEach((text, i) => {
      const width = widths[i] as number;
      put(row, columns[i]?.alignRight ? x + width - widthOf(text) : x, text, styles[i]);
      x += width + GAP;
    });
    return row;
  };
  const head = line(
    columns.map(({ title }) => title),
    columns.map(() => 'strong'),
  );
  if (isBeside) put(head, left, 'words', 'strong');

  const reasonOf = reasonTeller();
  const body = steps.flatMap((step, i) => {
    const first = line(
      cells[i] as string[],
      columns.map(({ style }) => style(step)),
    );
    const rows = [first];
    wrapTo(fit(wordsOf(step)), place.width).forEach((text, n) => {
      const y = isBeside ? n : n + 1;
      if (rows.length <= y) rows.push(blankRow(options.columns));
      put(rows[y] as typeof first, place.left, text);
    });
    if (options.why && step.kind !== 'note') {
      for (const text of wrapTo(fit(reasonOf(step)), place.width)) {
        const row = blankRow(options.columns);
        put(row, place.left, text, 'faint');
        rows.push(row);
      }
    }
    return rows.map((row) => rowText(row, colour)); // at once: cells take a good deal more room than text
  });
  return [rowText(head, colour), ...body];
}

function columnsFor(steps: readonly Step[], nameOf: (actor: string) => string, isNarrow: boolean): readonly Column[] {
  const before = new Map(steps.map((step, i) => [step, steps[i - 1]?.at ?? step.at]));
  const faint = (): Style => 'faint';
  const plain = (): Style => 'plain';
  const lane = (step: Step): Style => (step.kind === 'arrow' && step.outcome !== 'arrived' ? 'trouble' : step.lane);
  const columns: Column[] = [
    { title: '#', alignRight: true, style: plain, text: ({ number }) => String(number) },
    { title: 'ms', alignRight: true, style: faint, text: ({ at }) => timeText(at) },
    { title: 'delta', alignRight: true, style: faint, text: (step) => deltaText(step.at - (before.get(step) as number)) },
    {
      title: 'from',
      most: 20,
      style: plain,
      text: (step) => (step.kind === 'arrow' ? nameOf(step.from) : step.kind === 'mark' ? nameOf(step.actor) : ''),
    },
    { title: 'to', most: 20, style: plain, text: (step) => (step.kind === 'arrow' ? nameOf(step.to) : '') },
    { title: 'lane', style: lane, text: (step) => step.lane },
    { title: 'label', style: lane, text: (step) => (step.kind === 'note' ? '' : step.label) },
    {
      title: 'bytes',
      alignRight: true,
      style: plain,
      text: (step) => (step.kind === 'arrow' && step.bytes.length > 0 ? String(step.bytes.length) : ''),
    },
  ];
  return isNarrow ? columns.filter(({ title }) => title !== 'delta' && title !== 'lane') : columns;
}

function wordsOf(step: Step): string {
  if (step.kind === 'note') return step.words;
  if (step.kind === 'mark') return wordsBehind(step);
  return [step.phase === undefined ? '' : `(${step.phase})`, wordsBehind(step), ...remarksOn(step)].filter((text) => text !== '').join(' ');
}
