/*
 * A story as plain text, for a file or a mail: its title and the ladder, without colours.
 */
import type { Story } from '../join/story.js';
import { fitting } from '../render/fit-text.js';
import { ladderLines, type ViewOptions } from '../render/index.js';

/** How the text looks; it has 100 columns unless told otherwise. */
export type TextOptions = Partial<Omit<ViewOptions, 'colours'>>;

const COLUMNS = 100;

/** Writes a story as text. */
export function textFigure(story: Story, options: TextOptions = {}): string {
  const view: ViewOptions = { columns: COLUMNS, ...options, colours: false };
  const title = fitting(options.ascii ?? false)(story.title);
  return [title, '', ...ladderLines(story, view), ''].join('\n');
}
