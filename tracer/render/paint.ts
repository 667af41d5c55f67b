/*
 * Styles to colours of the terminal. All can be read on white and on black, and none says what the text does not.
 * Without colours the text is the same.
 */
import { Chalk, type ChalkInstance } from 'chalk';
import type { Lane } from '../join/story.js';

/** What a piece of a row is, for whoever colours it. */
export type Style = 'plain' | 'faint' | 'strong' | 'life' | 'trouble' | 'again' | Lane;

/** Colours of the 256-colour palette, by number, with a contrast of at least 4 to 1 on white and on black. */
export const COLOURS: Readonly<Record<Exclude<Style, 'plain' | 'strong'>, number>> = {
  faint: 243,
  life: 243,
  trouble: 161,
  again: 130,
  frames: 27,
  segments: 30,
  states: 98,
  notes: 28,
  kernel: 64,
  calls: 133,
};

const BOLD: ReadonlySet<Style> = new Set(['frames', 'segments', 'trouble', 'again', 'kernel']);

/** Colours a piece of text. */
export type Paint = (text: string, style: Style) => string;

/** Makes the paint: with colours, without, or (undefined) as the terminal and NO_COLOR have it. */
export function paint(colours: boolean | undefined): Paint {
  const chalk = colours === undefined ? new Chalk() : new Chalk({ level: colours ? 2 : 0 });
  if (chalk.level === 0) return (text) => text;
  const brushes = new Map<Style, ChalkInstance>([['strong', chalk.bold]]);
  for (const [style, number] of Object.entries(COLOURS)) {
    const colour = chalk.ansi256(number);
    brushes.set(style as Style, BOLD.has(style as Style) ? colour.bold : colour);
  }
  return (text, style) => brushes.get(style)?.(text) ?? text;
}
