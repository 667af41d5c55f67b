/*
 * The connections of a story as a table for the terminal; where there is no room for one, a few lines for each.
 */
import stringWidth from 'string-width';
import { cleanLine } from '../../lib/wire/clean.js';
import type { ConnectionRow, Directions } from '../../tracer/select/index.js';

const GAP = '  ';
/** Counts are of what the client sent, and of what the server sent. */
const HEADS = ['', 'client', 'server', 'over', 'from ms', 'for ms', 'frames', 'segments', 'bytes', 'again', 'lost', 'end'];

/** The table. */
export function indexLines(rows: readonly ConnectionRow[], columns: number): readonly string[] {
  const cells = rows.map(cellsOf);
  const widths = HEADS.map((head, i) => Math.max(...[head, ...cells.map((row) => row[i] ?? '')].map((text) => stringWidth(text))));
  const line = (texts: readonly string[]) =>
    texts
      .map((text, i) => padded(text, widths[i] ?? 0))
      .join(GAP)
      .trimEnd();
  const table = [HEADS, ...cells].map(line);
  if (table.every((text) => stringWidth(text) <= columns)) return table;
  return cells.flatMap((row) => row.map((text, i) => (i === 0 ? text : `  ${HEADS[i]}: ${text}`)));
}

function cellsOf({ connection, client, server, began, lasted, frames, segments, bytes, retransmissions, lost, end }: ConnectionRow) {
  const text = (directions: Directions) => `${directions.up}/${directions.down}`;
  const cells = [
    ...[connection.id, client, server, connection.codec === 'text' ? `text+${connection.scheme}` : connection.scheme],
    ...[ms(began), ms(lasted), text(frames), text(segments), text(bytes), String(retransmissions), String(lost), end],
  ];
  return cells.map(cleanLine);
}

function ms(nanoseconds: number): string {
  return (nanoseconds / 1e6).toFixed(1);
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}
