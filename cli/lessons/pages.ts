/*
 * A lesson as pages that each fit the screen: what to look at, the ladder with its heads on every page, the questions. Pure:
 * pages for a size. A row of the ladder is never cut in two, unless it is higher than the screen.
 */

import type { Story } from '../../tracer/join/index.js';
import { type LadderRow, ladderRows, type ViewOptions } from '../../tracer/render/index.js';

/** What is shown. Texts are wrapped already. */
export interface Shown {
  /** Title, what to look at, and what will be asked. */
  readonly opening: readonly string[];
  readonly story: Story;
  /** The questions, each with its answer if that is asked for. */
  readonly questions: readonly (readonly string[])[];
}

/** Lines for one screen. */
export type Page = readonly string[];

/** Cuts a lesson into pages of at most so many rows. */
export function pagesOf({ opening, story, questions }: Shown, view: ViewOptions, rows: number): readonly Page[] {
  const { heads, rows: all } = ladderRows(story, view);
  const room = Math.max(1, rows - heads.length);
  const kinds = new Map(story.steps.map(({ number, kind }) => [number, kind]));
  const isNote = ({ number, arrival }: LadderRow) => !arrival && kinds.get(number) === 'note';
  const blocks = all.flatMap((_, i) => {
    const before = all[i - 1];
    if (before && isNote(before)) return []; // a sentence stays with what it is about
    let end = i + 1;
    while (end < all.length && isNote(all[end - 1] as LadderRow)) end += 1;
    return [all.slice(i, end).flatMap(({ lines }) => lines)];
  });
  const ladder = filled(blocks, room).map((lines) => [...heads, ...lines]);
  return [...filled([opening], rows), ...ladder, ...filled(questions, rows)];
}

/** Puts as many blocks on a page as fit. */
function filled(blocks: readonly (readonly string[])[], room: number): Page[] {
  const pages: string[][] = [];
  for (const block of blocks) {
    const last = pages.at(-1);
    if (last && last.length + block.length <= room) last.push(...block);
    else for (let at = 0; at < block.length; at += room) pages.push(block.slice(at, at + room));
  }
  return pages;
}
