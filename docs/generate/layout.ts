/*
 * The bytes of a frame as a drawing in text, 32 bits a row, in the manner of the RFCs; what has a variable length stands
 * between slashes.
 */
import { bitRows, type Cell, type Piece, ROW_BITS } from '../../cli/report/drawings/bit-rows.js';
import type { Field } from '../../lib/wire/fields.js';
import type { CompiledFrame } from '../../lib/wire/frames.js';
import { bytesOf } from './field-kinds.js';

/** Draws a frame. */
export function layout({ code, fields }: CompiledFrame): string[] {
  const header: Piece[] = [
    { label: `type 0x${code.toString(16).padStart(2, '0')}`, bits: 8 },
    { label: 'flags 0', bits: 8 },
    { label: 'length', bits: 16 },
  ];
  const rows = bitRows([...header, ...fields.flatMap(([name, field]) => pieces(name, field))]);
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

function scale(): string[] {
  const bits = Array.from({ length: ROW_BITS }, (_, i) => i);
  return [bits.map((i) => (i % 10 === 0 ? ` ${i / 10}` : '  ')).join(''), bits.map((i) => ` ${i % 10}`).join('')].map((line) =>
    line.trimEnd(),
  );
}

function drawn(row: readonly Cell[]): string {
  if (row[0]?.variable) return `/${centred(row[0].label, ROW_BITS)}/`;
  return `|${row.map(({ label, bits, continued }) => centred(continued ? `... ${label}` : label, bits)).join('|')}|`;
}

/** The line between two rows; none through a field that fills both of them. */
function border(above: readonly Cell[] = [], below: readonly Cell[] = []): string {
  const [first] = below;
  if (first?.continued && first.bits === ROW_BITS) return `+${' '.repeat(2 * ROW_BITS - 1)}+`;
  return `+${'-+'.repeat(Math.max(width(above), width(below)))}`;
}

function width(row: readonly Cell[]): number {
  return row.reduce((sum, { bits }) => sum + bits, 0);
}

function centred(label: string, bits: number): string {
  const room = 2 * bits - 1;
  if (label.length > room) throw new Error(`"${label}" has no room in ${bits} bits.`);
  return label.padStart(Math.floor((room + label.length) / 2)).padEnd(room);
}
