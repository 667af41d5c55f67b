/*
 * The colours of the terminal. A name's is the same in every run and on every screen. All can be read on a
 * light and on a dark background; a test holds each to a contrast of 4 to 1 on white and on black.
 * Where colours are not wanted (NO_COLOR, no terminal), they are left out (main.ts, chalk).
 */
import chalk from 'chalk';

/** Colours of the 256-colour palette, by number. */
export const NAME_COLOURS = [27, 28, 30, 64, 98, 130, 131, 133, 161, 164] as const;

/** For what was refused or went wrong: ochre, because the terminal's own yellow cannot be read on white. */
export const WARNING_COLOUR = 130;
/** For what is chosen: teal, instead of cyan. */
export const CHOICE_COLOUR = 30;

/** Paints what was refused or went wrong. */
export function asWarning(text: string): string {
  return chalk.ansi256(WARNING_COLOUR)(text);
}

/** How inquirer paints what is chosen. */
export const PROMPT_STYLE = { highlight: asChoice, answer: asChoice };

function asChoice(text: string): string {
  return chalk.ansi256(CHOICE_COLOUR)(text);
}

/** Paints a text in the colour of a name. */
export function inColourOf(name: string, text: string): string {
  return chalk.bold.ansi256(NAME_COLOURS[hash(name) % NAME_COLOURS.length] as number)(text);
}

/** FNV-1a over UTF-16 units: small, and scatters short names well. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}
