/*
 * The pieces of markup that a figure is made of. Numbers are rounded, so that the same story gives the same bytes on any
 * machine.
 */
import { widthOf } from '../../render/fit-text.js';
import { CELL } from './metrics.js';

/** A number of pixels. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Text in markup. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** How a text stands. */
export interface TextStyle {
  readonly class: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly cell?: number;
}

/** A line of text at a place; it takes exactly its columns. */
export function textAt(x: number, y: number, text: string, { class: name, anchor = 'start', cell = CELL }: TextStyle): string {
  if (text === '') return '';
  const anchored = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  const length = `textLength="${px(widthOf(text) * cell)}" lengthAdjust="spacingAndGlyphs"`;
  return `<text class="${name}" x="${px(x)}" y="${px(y)}"${anchored} ${length}>${escaped(text)}</text>`;
}

/** A piece of a line, with its class. */
export interface Span {
  readonly text: string;
  readonly class: string;
}

/** Several pieces in one line, a blank between any two. */
export function spansAt(x: number, y: number, spans: readonly Span[], anchor: TextStyle['anchor'] = 'start'): string {
  const width = spans.reduce((sum, { text }) => sum + widthOf(text) + 1, -1) * CELL;
  let left = anchor === 'middle' ? x - width / 2 : anchor === 'end' ? x - width : x;
  return spans
    .map((span) => {
      const text = textAt(left, y, span.text, { class: span.class });
      left += (widthOf(span.text) + 1) * CELL;
      return text;
    })
    .join('');
}
