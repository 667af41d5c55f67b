/*
 * The smallest thing that a trace shows of a stream: a whole frame, or a whole line of the plain-text door, with its
 * secrets cut out. Masked bytes are a valid frame or line again, and every mask is equally long.
 */
import { dissect } from '../../lib/wire/dissect.js';
import { encodeFrame } from '../../lib/wire/encode.js';
import { isSecret } from '../../lib/wire/fields.js';
import { FRAME_BY_TYPE, type Frame } from '../../lib/wire/frames.js';
import { MASK, showFrame } from '../../lib/wire/mask.js';
import type { Range } from '../trace/trace.js';

/** Which end of a connection said something. */
export type Side = 'client' | 'server';

/** A whole frame or line, as it may be shown. */
export interface Unit {
  /** A name of lib/wire/frames.ts, or `LINE`. */
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly bytes: Uint8Array;
  /** The places of masks in `bytes`. */
  readonly masks: readonly Range[];
}

/** A mask on the wire: 9 bytes of UTF-8. */
export const MASK_BYTES: Uint8Array = new TextEncoder().encode(MASK);

/** Bytes before a string or a byte string: its length. */
const LENGTH_BYTES = 2;
const NOTHING: readonly Range[] = [];
const encoder = new TextEncoder();

/** A frame as it may be shown. */
export function frameUnit(frame: Frame, from: Side, showSecrets: boolean): Unit {
  const { fields } = showFrame(frame, showSecrets);
  const masked: Record<string, unknown> = { type: frame.type };
  const shown: Record<string, unknown> = {};
  for (const [name, field] of FRAME_BY_TYPE[frame.type].fields) {
    const value = fields[name];
    masked[name] = value === MASK && field.kind === 'bytes' ? MASK_BYTES : value;
    shown[name] = value instanceof Uint8Array ? hex(value) : value;
  }
  const bytes = encodeFrame(masked as unknown as Frame);
  const hasNone = showSecrets || !FRAME_BY_TYPE[frame.type].fields.some(([, field]) => isSecret(field, shown));
  return { type: frame.type, fields: shown, bytes, masks: hasNone ? NOTHING : masksIn(bytes, from) };
}

/** A line as it may be shown; without a text, as a mask. */
export function lineUnit(text: string | undefined, lineEnd: string): Unit {
  if (text !== undefined) return { type: 'LINE', fields: { text }, bytes: encoder.encode(text + lineEnd), masks: NOTHING };
  return { type: 'LINE', fields: { text: MASK }, bytes: encoder.encode(`${MASK}\n`), masks: [{ from: 0, to: MASK_BYTES.length }] };
}

/** Pieces one after the other, and the places of their masks. */
export function join(units: readonly Unit[]): { readonly bytes: Uint8Array; readonly masks: readonly Range[] } {
  const [only] = units;
  if (only && units.length === 1) return { bytes: only.bytes, masks: only.masks };
  const bytes = new Uint8Array(units.reduce((sum, unit) => sum + unit.bytes.length, 0));
  const masks: Range[] = [];
  let at = 0;
  for (const unit of units) {
    bytes.set(unit.bytes, at);
    for (const { from, to } of unit.masks) masks.push({ from: at + from, to: at + to });
    at += unit.bytes.length;
  }
  return { bytes, masks };
}

/** Bytes as hex text. */
function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The secrets in a frame; an empty one is none. */
function masksIn(bytes: Uint8Array, from: Side): readonly Range[] {
  const secrets = dissect(bytes, from)?.fields.filter(({ secret, length }) => secret && length > LENGTH_BYTES) ?? [];
  if (secrets.length === 0) return NOTHING;
  return secrets.map(({ offset, length }) => ({ from: offset + LENGTH_BYTES, to: offset + length }));
}
