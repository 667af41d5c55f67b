/*
 * The bytes of a frame as a drawing, 32 bits a row, in the manner of the RFCs. What has a variable length gets
 * a row between slashes; since nothing is padded, what follows begins wherever that ends, and on a new row here.
 */
import type { Field } from '../../lib/wire/fields.js';
import type { CompiledFrame } from '../../lib/wire/frames.js';
import { bytesOf } from './field-kinds.js';

const ROW_BITS = 32;

/** A piece of a frame: so many bits, or as many as are told before it. */
type Piece = { readonly label: string; readonly bits: number } | { readonly label: string; readonly bits: 'variable' };

/** A piece, or the part of one that stands in one row. */
interface Cell {
  readonly label: string;
  readonly bits: number;
  /** It goes on from the row above. */
  readonly continued: boolean;
}
type Row = readonly Cell[] | { readonly variable: string };

/** Draws a frame. */
export function layout({ code, fields }: CompiledFrame): string[] {
  const header: Piece[] = [
    { label: `type 0x${code.toString(16).padStart(2, '0')}`, bits: 8 },
    { label: 'flags 0', bits: 8 },
    { label: 'length', bits: 16 },
  ];
  const rows = toRows([...header, ...fields.flatMap(([name, field]) => pieces(name, field))]);
  return [...scale(), ...rows.flatMap((row, i) => [border(rows[i - 1], row), drawn(row)]), border(rows.at(-1), undefined)];
}

function pieces(name: string, field: Field): Piece[] {
  switch (field.kind) {
    case 'u8':
    case 'choice':
      return [{ label: name, bits: 8 }];
    case 'u16':
      return [{ label: name, bits: 16 }];
    case 'u32':
      return [{ label: name, bits: 32 }];
    case 'u64':
      return [{ label: name, bits: 64 }];
    case 'str':
    case 'bytes':
      return [
        { label: `${name} length`, bits: 16 },
        { label: name, bits: 'variable' },
      ];
    case 'list':
      return [
        { label: `${name} count`, bits: 16 },
        { label: `${name}, each: ${bytesOf('', field.of)}`, bits: 'variable' },
      ];
    case 'record':
      return Object.entries(field.fields).flatMap(([member, each]) => pieces(`${name}.${member}`, each));
  }
}

function toRows(all: readonly Piece[]): Row[] {
  const rows: Row[] = [];
  let row: Cell[] = [];
  let room = ROW_BITS;
  const wrap = () => {
    if (row.length > 0) rows.push(row);
    row = [];
    room = ROW_BITS;
  };
  for (const { label, bits } of all) {
    if (bits === 'variable') {
      wrap();
      rows.push({ variable: label });
      continue;
    }
    for (let left = bits; left > 0; ) {
      const part = Math.min(left, room);
      row.push({ label, bits: part, continued: left < bits });
      left -= part;
      room -= part;
      if (room === 0) wrap();
    }
  }
  wrap();
  return rows;
}

function scale(): string[] {
  const bits = Array.from({ length: ROW_BITS }, (_, i) => i);
  return [bits.map((i) => (i % 10 === 0 ? ` ${i / 10}` : '  ')).join(''), bits.map((i) => ` ${i % 10}`).join('')].map((line) =>
    line.trimEnd(),
  );
}

function drawn(row: Row): string {
  if ('variable' in row) return `/${centred(row.variable, ROW_BITS)}/`;
  return `|${row.map(({ label, bits, continued }) => centred(continued ? `... ${label}` : label, bits)).join('|')}|`;
}

/** The line between two rows; none through a field that fills both of them. */
function border(above: Row | undefined, below: Row | undefined): string {
  if (below && !('variable' in below) && below.length === 1 && below[0]?.continued && below[0].bits === ROW_BITS) {
    return `+${' '.repeat(2 * ROW_BITS - 1)}+`;
  }
  return `+${'-+'.repeat(Math.max(width(above), width(below)))}`;
}

function width(row: Row | undefined): number {
  if (!row) return 0;
  return 'variable' in row ? ROW_BITS : row.reduce((sum, { bits }) => sum + bits, 0);
}

function centred(label: string, bits: number): string {
  const room = 2 * bits - 1;
  if (label.length > room) throw new Error(`"${label}" has no room in ${bits} bits.`);
  return label.padStart(Math.floor((room + label.length) / 2)).padEnd(room);
}
