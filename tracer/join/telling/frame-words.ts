/*
 * A frame's words in a story. The fields come from a file, in which anything may stand: what does not look like the
 * frame that it is said to be is shown field by field.
 */
import { cleanLine } from '../../../lib/wire/clean.js';
import { FRAME_BY_TYPE } from '../../../lib/wire/frames.js';
import { frameWords } from '../../../lib/wire/words.js';
import type { FrameEvent } from '../../trace/trace.js';

/** How much of a frame's text stands in a story; the bytes have it whole. */
const MAX_WORDS = 240;

/** A frame's words: clean, on one line, and not endless. */
export function wordsOfFrame({ type, fields }: Pick<FrameEvent, 'type' | 'fields'>): string {
  if (type === 'LINE') return short(cleanLine(typeof fields.text === 'string' ? fields.text : ''));
  if (!(type in FRAME_BY_TYPE)) return short(plainly(fields));
  try {
    return short(frameWords({ type: type, fields }));
  } catch {
    return short(plainly(fields));
  }
}

function plainly(fields: FrameEvent['fields']): string {
  return cleanLine(
    Object.entries(fields)
      .map(([name, value]) => `${name} ${String(value)}`)
      .join(', '),
  );
}

/** The beginning of a text, if all of it is too long. */
export function short(text: string): string {
  if (text.length <= MAX_WORDS) return text;
  const cut = text.slice(0, MAX_WORDS);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
