/*
 * Two aligned stories in lines: at the left the numbers of a row's steps in both, and a sign between them that says
 * whether they are the same; then who, what, and in which words. Below, what it comes to.
 */
import { type Aligned, type LaneCount, summaryOf } from '../diff/index.js';
import { type Comparable, endsIn } from '../diff/streams.js';
import type { Story } from '../join/story.js';
import { remarksOn, wordsBehind } from '../layout/index.js';
import { fitting, wrapTo } from './fit-text.js';
import type { ViewOptions } from './options.js';
import { paint, type Style } from './paint.js';

/** How the lines look. */
export interface DiffOptions extends Pick<ViewOptions, 'columns' | 'ascii' | 'colours'> {
  /** What the two are called. */
  readonly names: readonly [string, string];
  /** Whether rows that are the same in both are left out. Default: false. */
  readonly differencesOnly?: boolean;
}

const SIGNS: Readonly<Record<Aligned['kind'], string>> = { same: '=', reworded: '~', left: '<', right: '>' };
/** So many names of a lane are told one by one. */
const TOLD_NAMES = 6;

/** Draws the rows and the summary. */
export function diffLines(rows: readonly Aligned[], stories: readonly [Story, Story], options: DiffOptions): string[] {
  const { columns, differencesOnly = false } = options;
  const fit = fitting(options.ascii ?? false);
  const colour = paint(options.colours);
  const [leftEnds, rightEnds] = stories.map(endsIn) as [ReturnType<typeof endsIn>, ReturnType<typeof endsIn>];
  const shown = differencesOnly ? rows.filter(({ kind }) => kind !== 'same') : rows;
  const width = Math.max(2, ...rows.flatMap((row) => stepsOf(row).map(({ number }) => String(number).length)));
  const indent = 2 * width + 5;
  const room = Math.max(2, columns - indent);
  const hanging = (text: string, style: Style): string[] => wrapTo(fit(text), room).map((line) => ' '.repeat(indent) + colour(line, style));

  const lines = shown.flatMap((row) => {
    const [left, right] = ['left' in row ? row.left : undefined, 'right' in row ? row.right : undefined];
    const number = (step: Comparable | undefined): string => String(step?.number ?? '').padStart(width);
    const style = row.kind === 'same' ? 'plain' : row.kind === 'reworded' ? 'again' : ((left ?? right) as Comparable).lane;
    const head = `${number(left)} ${SIGNS[row.kind]} ${number(right)}  `;
    const texts = [left && said(left, leftEnds.endsOf(left)), right && said(right, rightEnds.endsOf(right))].filter(
      (text) => text !== undefined,
    );
    const both = row.kind === 'reworded' ? texts : texts.slice(0, 1);
    const [first = '', ...rest] = both.flatMap((text) => hanging(text, style));
    return [colour(head, 'faint') + first.slice(indent), ...rest];
  });
  const [one, other] = options.names;
  const legend = `= in both   ~ in both, in other words   < only in ${one}   > only in ${other}`;
  const summary = summaryOf(rows).map((count) => sentence(count, options.names));
  return [
    ...wrapTo(fit(legend), columns),
    '',
    ...lines,
    ...(lines.length > 0 ? [''] : []),
    ...summary.flatMap((text) => wrapTo(fit(text), columns)),
  ];
}

function stepsOf(row: Aligned): readonly Comparable[] {
  return [...('left' in row ? [row.left] : []), ...('right' in row ? [row.right] : [])];
}

function said(step: Comparable, ends: string): string {
  const parts = [step.kind === 'mark' ? `${ends}:` : ends, step.label];
  if (step.kind === 'arrow' && step.phase !== undefined) parts.push(`(${step.phase})`);
  parts.push(wordsBehind(step), ...(step.kind === 'arrow' ? remarksOn(step) : []));
  return parts.filter((part) => part !== '').join(' ');
}

function sentence({ lane, same, reworded, onlyLeft, onlyRight }: LaneCount, [one, other]: readonly [string, string]): string {
  const both = same + reworded;
  const parts = [`${both} in both${reworded > 0 ? ` (${reworded} in other words)` : ''}`];
  if (onlyLeft.length > 0) parts.push(`only in ${one}: ${named(onlyLeft)}`);
  if (onlyRight.length > 0) parts.push(`only in ${other}: ${named(onlyRight)}`);
  return `${lane}: ${parts.join('; ')}.`;
}

function named(counts: LaneCount['onlyLeft']): string {
  const told = counts.slice(0, TOLD_NAMES).map(([label, count]) => (count === 1 ? label : `${count} ${label}`));
  const rest = counts.slice(TOLD_NAMES).reduce((sum, [, count]) => sum + count, 0);
  return [...told, ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}
