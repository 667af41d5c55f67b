/*
 * Aligned stories in lines: at the left the numbers of a row's steps in each, and a sign that says whether they are the
 * same; then who, what, and in which words. Of two stories the sign stands between the numbers; more have a letter each, as
 * the head of a column. Below, what it comes to.
 */
import { type Aligned, type LaneCount, summaryOf } from '../diff/index.js';
import { type Comparable, endsIn } from '../diff/streams.js';
import { anyOf, storiesOf } from '../diff/summary.js';
import type { Story } from '../join/story.js';
import { remarksOn, wordsBehind } from '../layout/index.js';
import { fitting, wrapTo } from './fit-text.js';
import type { ViewOptions } from './options.js';
import { paint, type Style } from './paint.js';

/** How the lines look. */
export interface DiffOptions extends Pick<ViewOptions, 'columns' | 'ascii' | 'colours'> {
  /** What each of the stories is called. */
  readonly names: readonly string[];
  /** Whether rows that are the same in all are left out. Default: false. */
  readonly differencesOnly?: boolean;
}

/** So many names of a lane are told one by one. */
const TOLD_NAMES = 6;

/** A story's letter, where there are more than two. */
export const letterOf = (nth: number): string => String.fromCharCode(65 + nth);

/** Draws titles, rows and the summary. `stories` are those that were aligned, two or more. */
export function diffLines(rows: readonly Aligned[], stories: readonly Story[], options: DiffOptions): string[] {
  const { columns, differencesOnly = false, names } = options;
  const fit = fitting(options.ascii ?? false);
  const colour = paint(options.colours);
  const ends = stories.map(endsIn);
  const shown = differencesOnly ? rows.filter(({ kind }) => kind !== 'same') : rows;
  const width = Math.max(2, ...rows.flatMap(({ steps }) => steps.map((step) => String(step?.number ?? '').length)));
  const { heading, headOf } = stories.length === 2 ? signBetween(width) : signBehind(width, stories.length);
  const indent = heading.length;
  const hanging = (text: string, style: Style, lead: string): string[] =>
    wrapTo(fit(text), Math.max(2, columns - indent - lead.length)).map(
      (line, i) => ' '.repeat(indent) + (i === 0 ? lead : ' '.repeat(lead.length)) + colour(line, style),
    );

  const lines = shown.flatMap((row) => {
    const style = row.kind === 'same' ? 'plain' : row.kind === 'reworded' ? 'again' : anyOf(row).lane;
    const sayings = row.kind === 'same' ? [said(anyOf(row), endOf(row))] : [...new Set(everySaying(row))];
    const [first = '', ...rest] = sayings.flatMap((text) => hanging(text, style, leadOf(row, text, sayings.length)));
    return [colour(headOf(row), 'faint') + first.slice(indent), ...rest];
  });
  const summary = summaryOf(rows).map((count) => sentence(count, names));
  const titles = wrapTo(fit(stories.map(({ title }) => title).join(' | ')), columns);
  return [
    ...titles.map((line) => colour(line, 'strong')),
    ...legend(names).flatMap((line) => wrapTo(fit(line), columns)),
    '',
    ...(heading.trim() === '' || lines.length === 0 ? [] : [colour(heading.trimEnd(), 'strong')]),
    ...lines,
    ...(lines.length > 0 ? [''] : []),
    ...summary.flatMap((text) => wrapTo(fit(text), columns)),
  ];

  function endOf(row: Aligned): string {
    const [nth = 0] = storiesOf(row);
    return ends[nth]?.endsOf(anyOf(row)) ?? '';
  }
  function sayingOf(row: Aligned, nth: number): string {
    const step = row.steps[nth] as Comparable;
    return said(step, ends[nth]?.endsOf(step) ?? '');
  }
  function everySaying(row: Aligned): readonly string[] {
    return storiesOf(row).map((nth) => sayingOf(row, nth));
  }
  /** The letters of the stories that say it so, where not all say the same. */
  function leadOf(row: Aligned, text: string, sayings: number): string {
    if (stories.length === 2 || sayings === 1) return '';
    const letters = storiesOf(row).map((nth) => (sayingOf(row, nth) === text ? letterOf(nth) : ''));
    return `${letters.join('').padEnd(letters.length - 1)} `;
  }
}

/** What stands at the left of a row, and above all of them; as wide as each other. */
interface Heads {
  readonly heading: string;
  headOf(row: Aligned): string;
}

function signBetween(width: number): Heads {
  const number = (step: Comparable | undefined): string => String(step?.number ?? '').padStart(width);
  const sign = ({ kind, steps: [left] }: Aligned): string => (kind === 'same' ? '=' : kind === 'reworded' ? '~' : left ? '<' : '>');
  return {
    heading: ' '.repeat(2 * width + 5),
    headOf: (row) => `${number(row.steps[0])} ${sign(row)} ${number(row.steps[1])}  `,
  };
}

function signBehind(width: number, stories: number): Heads {
  const cells = (texts: readonly string[]): string => texts.map((text) => text.padStart(width)).join(' ');
  const signs = { same: '=', reworded: '~', some: '-' } as const;
  return {
    heading: `${cells(Array.from({ length: stories }, (_, nth) => letterOf(nth)))}    `,
    headOf: ({ kind, steps }) => `${cells(steps.map((step) => String(step?.number ?? '')))} ${signs[kind]}  `,
  };
}

function legend(names: readonly string[]): readonly string[] {
  const [one, other] = names;
  if (names.length === 2) return [`= in both   ~ in both, in other words   < only in ${one}   > only in ${other}`];
  return [
    names.map((name, nth) => `${letterOf(nth)} ${name}`).join('   '),
    '= in all   ~ in all, in other words   - only where a number stands',
  ];
}

function said(step: Comparable, ends: string): string {
  const parts = [step.kind === 'mark' ? `${ends}:` : ends, step.label];
  if (step.kind === 'arrow' && step.phase !== undefined) parts.push(`(${step.phase})`);
  parts.push(wordsBehind(step), ...(step.kind === 'arrow' ? remarksOn(step) : []));
  return parts.filter((part) => part !== '').join(' ');
}

function sentence({ lane, same, reworded, some }: LaneCount, names: readonly string[]): string {
  const parts = [
    `${same + reworded} in ${names.length === 2 ? 'both' : 'all'}${reworded > 0 ? ` (${reworded} in other words)` : ''}`,
    ...some.map((part) => `only in ${part.stories.map((nth) => names[nth]).join(' and ')}: ${named(part.names)}`),
  ];
  return `${lane}: ${parts.join('; ')}.`;
}

function named(counts: LaneCount['some'][number]['names']): string {
  const told = counts.slice(0, TOLD_NAMES).map(([label, count]) => (count === 1 ? label : `${count} ${label}`));
  const rest = counts.slice(TOLD_NAMES).reduce((sum, [, count]) => sum + count, 0);
  return [...told, ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}
