/*
 * Declared fields taken apart for people: each with the place of its bytes, its value and whether it is a secret. Walks
 * any table that is declared with the field kinds; the frames of the chat (dissect.ts) and the packets of UDP follow it.
 */
import { type ByteReader, type Field, isSecret, readField } from './fields.js';

/** A field in its place. */
export interface DissectedField {
  readonly name: string;
  /** Where its bytes begin, counted from the first byte of its frame or packet. */
  readonly offset: number;
  /** How many bytes it takes, its own length or count included. */
  readonly length: number;
  readonly value: unknown;
  readonly secret: boolean;
  readonly doc: string;
  /** The items of a list, or the fields of a record. */
  readonly parts?: readonly DissectedField[];
}

/**
 * Takes apart what stands next in the reader, field by field.
 * @param base where the frame or packet begins, from which offsets count
 * @throws {ProtocolError} as readField does.
 */
export function dissectFields(reader: ByteReader, fields: readonly (readonly [string, Field])[], base: number): DissectedField[] {
  const values: Record<string, unknown> = {};
  return fields.map(([name, field]) => {
    const found = dissectField(reader, name, field, base, values);
    values[name] = found.value;
    return found;
  });
}

function dissectField(reader: ByteReader, name: string, field: Field, base: number, siblings: Record<string, unknown>): DissectedField {
  const start = reader.offset;
  const parts = dissectParts(reader, field, base);
  const value = parts ? partsValue(field, parts) : readField(reader, field);
  const place = { name, offset: start - base, length: reader.offset - start, value };
  return { ...place, secret: isSecret(field, siblings), doc: field.doc, ...(parts && { parts }) };
}

function dissectParts(reader: ByteReader, field: Field, base: number): DissectedField[] | undefined {
  if (field.kind === 'list') return Array.from({ length: reader.u16() }, (_, i) => dissectField(reader, `${i}`, field.of, base, {}));
  if (field.kind !== 'record') return undefined;
  return dissectFields(reader, Object.entries(field.fields), base);
}

function partsValue(field: Field, parts: readonly DissectedField[]): unknown {
  if (field.kind === 'list') return parts.map((part) => part.value);
  return Object.fromEntries(parts.map((part) => [part.name, part.value]));
}
