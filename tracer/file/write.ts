/*
 * Writes a trace as a file: JSON Lines, the header first, then a line for each event. Bytes become hex text and masks
 * become pairs [from, to]; all else stands as the model has it (tracer/trace). Where the lines go is the caller's business.
 */
import type { TraceEvent, TraceHeader, TraceSink } from '../trace/trace.js';
import { toHex } from './hex.js';

/** Writes the header at once and then each event, a line a call, its line break included. */
export function traceWriter(write: (line: string) => void, header: TraceHeader): TraceSink {
  write(headerLine(header));
  return { event: (event) => write(eventLine(event)) };
}

/** The first line of a file. */
export function headerLine(header: TraceHeader): string {
  return line(header);
}

/** The line of an event. */
export function eventLine(event: TraceEvent): string {
  if (!('bytes' in event)) return line(event);
  const { bytes, masks, ...rest } = event;
  const shown = { ...rest, bytes: toHex(bytes), ...(masks.length > 0 && { masks: masks.map(({ from, to }) => [from, to]) }) };
  return line(shown);
}

/** What JSON lets stand as it is, and a terminal obeys: the second half of the control characters, and marks of direction. */
const STEERS = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** A file is looked at with `less` and `cat`, too: it is the same JSON, and nothing in it steers a terminal. */
function line(value: unknown): string {
  return `${JSON.stringify(value).replace(STEERS, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
