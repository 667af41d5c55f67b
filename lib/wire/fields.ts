/*
 * The kinds of fields that frames and packets are declared with, and how each is written and read.
 * A field is data: the encoder, the decoder, the dissector, the documentation and the Wireshark plugin
 * all walk the same declaration. Strings, byte strings and lists stand behind a u16 length or count.
 */
import { ByteReader, ByteWriter } from './bytes.js';
import { ProtocolError } from './protocol-error.js';

export { ByteReader, ByteWriter };

/** When a field is a secret: always, or when another field of the same frame has a value. */
export type Secret = true | { readonly when: string; readonly is: string };

/** A field as declared. */
export type Field = NumberField | TextField | BytesField | ChoiceField | ListField | RecordField;

interface Described {
  /** What it means, in a few words. */
  readonly doc: string;
  readonly secret?: Secret;
}
/** An unsigned whole number of 1, 2, 4 or 8 bytes. */
export interface NumberField extends Described {
  readonly kind: 'u8' | 'u16' | 'u32' | 'u64';
}
/** UTF-8 behind its length. */
export interface TextField extends Described {
  readonly kind: 'str';
}
/** Bytes behind their length. */
export interface BytesField extends Described {
  readonly kind: 'bytes';
}
/** One byte that names one of a few things. */
export interface ChoiceField<Name extends string = string> extends Described {
  readonly kind: 'choice';
  readonly values: Readonly<Record<Name, number>>;
  readonly names: ReadonlyMap<number, Name>;
}
/** Any number of one field, behind their count. */
export interface ListField<Item extends Field = Field> extends Described {
  readonly kind: 'list';
  readonly of: Item;
}
/** Several fields as one, for lists of them. */
export interface RecordField<Members extends Fields = Fields> extends Described {
  readonly kind: 'record';
  readonly fields: Members;
  /** The fields as a list, ready for use. */
  readonly entries: readonly (readonly [string, Field])[];
}

/** Fields by name, in the order of the wire. An interface, since fields and records contain each other. */
export interface Fields {
  readonly [name: string]: Field;
}

/** The JavaScript value of a field. */
export type ValueOf<F> = F extends NumberField
  ? number
  : F extends TextField
    ? string
    : F extends BytesField
      ? Uint8Array
      : F extends ChoiceField<infer Name>
        ? Name
        : F extends ListField<infer Item>
          ? readonly ValueOf<Item>[]
          : F extends RecordField<infer Members>
            ? ValuesOf<Members>
            : never;

/** The JavaScript values of named fields. */
export type ValuesOf<F> = { readonly [Name in keyof F]: ValueOf<F[Name]> };

export const u8 = (doc: string): NumberField => ({ kind: 'u8', doc });
export const u16 = (doc: string): NumberField => ({ kind: 'u16', doc });
export const u32 = (doc: string): NumberField => ({ kind: 'u32', doc });
export const u64 = (doc: string): NumberField => ({ kind: 'u64', doc });
export const str = (doc: string, secret?: Secret): TextField => ({ kind: 'str', doc, ...(secret && { secret }) });
export const bytes = (doc: string, secret?: Secret): BytesField => ({ kind: 'bytes', doc, ...(secret && { secret }) });
export const list = <const F extends Field>(doc: string, of: F): ListField<F> => ({ kind: 'list', doc, of });
export const record = <const F extends Fields>(doc: string, fields: F): RecordField<F> => ({
  kind: 'record',
  doc,
  fields,
  entries: Object.entries<Field>(fields),
});
export const choice = <const Name extends string>(doc: string, values: Readonly<Record<Name, number>>): ChoiceField<Name> => ({
  kind: 'choice',
  doc,
  values,
  names: new Map(Object.entries(values).map(([name, value]) => [value as number, name as Name])),
});

/** Whether a field is a secret, given the fields that stand before it in the same frame. */
export function isSecret({ secret }: Field, siblings: Readonly<Record<string, unknown>>): boolean {
  if (secret === undefined || secret === true) return secret === true;
  return siblings[secret.when] === secret.is;
}

/** Writes one value as its field says. */
export function writeField(writer: ByteWriter, field: Field, value: unknown): void {
  switch (field.kind) {
    case 'u8':
      return writer.u8(value as number);
    case 'u16':
      return writer.u16(value as number);
    case 'u32':
      return writer.u32(value as number);
    case 'u64':
      return writer.u64(value as number);
    case 'choice':
      return writer.u8(field.values[value as string] as number);
    case 'str': {
      const at = writer.length;
      writer.u16(0);
      return writer.setU16(at, u16Length(writer.utf8(value as string)));
    }
    case 'bytes':
      writer.u16(u16Length((value as Uint8Array).length));
      return writer.raw(value as Uint8Array);
    case 'list': {
      const items = value as readonly unknown[];
      writer.u16(u16Length(items.length));
      for (const item of items) writeField(writer, field.of, item);
      return;
    }
    case 'record':
      return writeFields(writer, field.entries, value as Record<string, unknown>);
  }
}

/** Writes named values in the order of their fields. */
export function writeFields(writer: ByteWriter, fields: readonly (readonly [string, Field])[], values: Record<string, unknown>): void {
  for (const entry of fields) writeField(writer, entry[1], values[entry[0]]); // no destructuring: this is the hot path
}

/**
 * Reads one value.
 * @throws {ProtocolError} `bad-length`, `bad-value` or `bad-utf8`.
 */
export function readField(reader: ByteReader, field: Field): unknown {
  switch (field.kind) {
    case 'u8':
      return reader.u8();
    case 'u16':
      return reader.u16();
    case 'u32':
      return reader.u32();
    case 'u64':
      return reader.u64();
    case 'str':
      return reader.utf8(reader.u16());
    case 'bytes':
      return reader.raw(reader.u16());
    case 'choice': {
      const name = field.names.get(reader.u8());
      if (name === undefined) throw new ProtocolError('bad-value', `a value that is none of ${Object.keys(field.values).join(', ')}`);
      return name;
    }
    case 'list': {
      const items: unknown[] = []; // grows as items are found, so that a false count reserves nothing
      for (let left = reader.u16(); left > 0; left--) items.push(readField(reader, field.of));
      return items;
    }
    case 'record':
      return readFields(reader, field.entries, {});
  }
}

/** Reads named values in the order of their fields, into an object. */
export function readFields(
  reader: ByteReader,
  fields: readonly (readonly [string, Field])[],
  into: Record<string, unknown>,
): Record<string, unknown> {
  for (const entry of fields) into[entry[0]] = readField(reader, entry[1]);
  return into;
}

function u16Length(length: number): number {
  if (length > 0xffff) throw new RangeError(`A field of ${length} is over 65,535; the caller must keep it shorter.`);
  return length;
}
