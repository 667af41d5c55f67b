/*
 * The bytes of frames and packets as rows of 32 bits (bit-rows.ts), from their tables, and what each field means. The
 * drawing itself is the template's.
 */
import type { Field } from '../../../lib/wire/fields.js';
import { FRAMES } from '../../../lib/wire/frames.js';
import { HEADER, PACKETS, FRAMES as UDP_FRAMES } from '../../../transports/udp/wire/packets.js';
import { bitRows, type Cell, type Piece } from './bit-rows.js';

/** A frame or a packet, drawn and explained. */
export interface Layout {
  readonly name: string;
  readonly code: string;
  /** Who sends it, or nothing if that is said elsewhere. */
  readonly from: string;
  readonly doc: string;
  readonly rows: readonly (readonly (Cell & Part)[])[];
  readonly fields: readonly { readonly name: string; readonly kind: string; readonly doc: string; readonly secret: string }[];
}

/** `header`, `field` or `trailer`: what a piece is drawn as. */
interface Part {
  readonly part: string;
}

/** The frames of the chat. */
export function chatLayouts(): Layout[] {
  return Object.entries(FRAMES).map(([name, { code, from, doc, fields }]) => {
    const header = [piece(`type 0x${hex(code)}`, 8, 'header'), piece('flags 0', 8, 'header'), piece('payload length', 16, 'header')];
    return {
      name,
      code: `0x${hex(code)}`,
      from: WAYS[from],
      doc,
      rows: bitRows([...header, ...pieces(fields)]),
      fields: explained(fields),
    };
  });
}

/** The packets of UDP-with-ack. */
export function packetLayouts(): Layout[] {
  return Object.entries(PACKETS).map(([name, { code, doc, fields, frames }]) => {
    const header = [piece(`version 1, type ${code}`, 8, 'header'), ...pieces(HEADER, 'header')];
    const body = [...pieces(fields), ...(frames ? [piece('frames, as many as fit', 'variable')] : [])];
    const trailer = [piece('CRC-32', 32, 'trailer')];
    return { name, code: String(code), from: '', doc, rows: bitRows([...header, ...body, ...trailer]), fields: explained(fields) };
  });
}

/** The frames within those packets. */
export function packetFrameLayouts(): Layout[] {
  return Object.entries(UDP_FRAMES).map(([name, { code, eliciting, doc, fields }]) => ({
    name,
    code: String(code),
    from: eliciting ? 'must be acknowledged' : 'needs no acknowledgement',
    doc,
    rows: bitRows([piece(`type ${code}`, 8, 'header'), ...pieces(fields)]),
    fields: explained(fields),
  }));
}

const WAYS = { client: 'client to server', server: 'server to client', both: 'both ways' } as const;
const BITS = { u8: 8, choice: 8, u16: 16, u32: 32, u64: 64 } as const;

function piece(label: string, bits: number | 'variable', part = 'field'): Piece & Part {
  return { label, bits, part };
}

function pieces(fields: Readonly<Record<string, Field>>, part = 'field', prefix = ''): (Piece & Part)[] {
  return Object.entries(fields).flatMap(([member, field]): (Piece & Part)[] => {
    const name = prefix + member;
    switch (field.kind) {
      case 'str':
      case 'bytes':
        return [piece(`${name} length`, 16, part), piece(`${name} (${field.kind === 'str' ? 'UTF-8' : 'bytes'})`, 'variable', part)];
      case 'list':
        return [piece(`${name} count`, 16, part), piece(`${name}: each ${kindOf(field.of)}`, 'variable', part)];
      case 'record':
        return pieces(field.fields, part, `${member}.`);
      default:
        return [piece(name, BITS[field.kind], part)];
    }
  });
}

function explained(fields: Readonly<Record<string, Field>>, prefix = ''): Layout['fields'] {
  return Object.entries(fields).flatMap(([member, field]) => {
    const row = { name: prefix + member, kind: kindOf(field), doc: docOf(field), secret: secrecy(field) };
    return field.kind === 'record' ? explained(field.fields, `${prefix}${member}.`) : [row];
  });
}

function kindOf(field: Field): string {
  if (field.kind === 'list') return `list of ${kindOf(field.of)}`;
  if (field.kind === 'record') {
    return `(${Object.entries(field.fields)
      .map(([name, member]) => `${name} ${kindOf(member)}`)
      .join(', ')})`;
  }
  return field.kind === 'choice' ? 'choice (u8)' : field.kind;
}

/** What it means; of a choice, the values, too. */
function docOf(field: Field): string {
  if (field.kind !== 'choice') return field.doc;
  const values = Object.entries(field.values).map(([name, value]) => `${value} ${name}`);
  return `${field.doc}: ${values.join(', ')}`;
}

function secrecy({ secret }: Field): string {
  if (secret === undefined) return '';
  return secret === true ? 'secret' : `secret if ${secret.when} is ${secret.is}`;
}

function hex(code: number): string {
  return code.toString(16).padStart(2, '0');
}
