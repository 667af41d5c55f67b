/*
 * The fields beside a dump: the bytes they take, name, value, and what it means, nested ones indented.
 */
import type { DissectedField } from '../../../lib/wire/dissect.js';
import { MASK } from '../../../lib/wire/mask.js';
import type { Range } from '../../trace/trace.js';
import { blankRow, type CanvasRow, put } from '../canvas.js';
import { type Fit, widthOf, wrapTo } from '../fit-text.js';
import type { Style } from '../paint.js';

/** What fields are shown with. */
export interface FieldView {
  readonly masks: readonly Range[];
  readonly width: number;
  readonly fit: Fit;
  readonly styleAt: (offset: number) => Style;
}

const INDENT = 2;
const MOST_BYTES = 16;
/** From here on a number is shown in hex, too: it is an ID or a checksum more often than a count. */
const LARGE = 2 ** 20;

/** The rows of some fields and of their parts. */
export function fieldRows(fields: readonly DissectedField[], view: FieldView): readonly CanvasRow[] {
  const flat = flattened(fields, 0);
  const rangeWidth = Math.max(0, ...flat.map(({ field }) => rangeText(field).length));
  return flat.flatMap(({ field, depth }) => rowsOf(field, depth, rangeWidth, view));
}

/** Every field that has bytes of its own, in the order of the wire, with how deep it is nested. */
export function flattened(
  fields: readonly DissectedField[],
  depth: number,
): readonly { readonly field: DissectedField; readonly depth: number }[] {
  return fields.flatMap((field) => [{ field, depth }, ...flattened(field.parts ?? [], depth + 1)]);
}

function rowsOf(field: DissectedField, depth: number, rangeWidth: number, { masks, width, fit, styleAt }: FieldView): readonly CanvasRow[] {
  const first = blankRow(width);
  put(first, rangeWidth - rangeText(field).length, rangeText(field), 'faint');
  const indent = Math.min(depth * INDENT, Math.floor(width / 3));
  const x = put(first, rangeWidth + 2 + indent, fit(field.name), field.parts ? 'strong' : styleAt(field.offset)) + 1;
  const left = rangeWidth + 2 + indent + INDENT;
  const value = fit(valueText(field, masks));
  const doc = fit(field.doc);
  const rows = [first];
  const room = Math.max(4, width - left);
  let end = x;
  if (value !== '' && x + widthOf(value) <= width) end = put(first, x, value) + 1;
  else for (const line of wrapTo(value, room)) end = put(next(rows, width), left, line) + 1;
  const last = rows.at(-1) as CanvasRow;
  if (end + widthOf(doc) + 1 <= width) put(last, end + 1, doc, 'faint');
  else for (const line of wrapTo(doc, room)) put(next(rows, width), left, line, 'faint');
  return rows;
}

function next(rows: CanvasRow[], width: number): CanvasRow {
  const row = blankRow(width);
  rows.push(row);
  return row;
}

/** The bytes that a field takes. */
export function rangeText({ offset, length }: DissectedField): string {
  if (length === 0) return `${offset}`;
  return length === 1 ? `${offset}` : `${offset}..${offset + length - 1}`;
}

/** What a field says, in a few words; of a secret the mask. */
export function valueText({ value, parts, offset, length }: DissectedField, masks: readonly Range[]): string {
  if (masks.some(({ from, to }) => from < offset + length && to > offset) && !parts) return MASK;
  if (parts) return Array.isArray(value) ? `${value.length} of them` : '';
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Uint8Array) return bytesText(value);
  return typeof value === 'number' && value >= LARGE ? `${value} (0x${value.toString(16)})` : String(value);
}

function bytesText(bytes: Uint8Array): string {
  const count = `${bytes.length} byte${bytes.length === 1 ? '' : 's'}`;
  if (bytes.length === 0 || bytes.every((byte) => byte === 0)) return bytes.length === 0 ? count : `${count}, all zero`;
  const hex = Array.from(bytes.subarray(0, MOST_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return `${count}: ${hex}${bytes.length > MOST_BYTES ? ' …' : ''}`;
}
