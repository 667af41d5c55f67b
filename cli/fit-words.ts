/*
 * A sentence for a person: broken between words where a terminal shows it, and in one piece where a program reads it.
 */
import wrapAnsi from 'wrap-ansi';

/** Fits a sentence to where it is written: `process.stderr`, say. A word that is wider than the terminal is left whole. */
export function fitWords(text: string, { isTTY, columns }: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>): string {
  return isTTY ? wrapAnsi(text, columns || 80) : text;
}
