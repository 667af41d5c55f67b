/*
 * A frame taken apart for people: every field with the place of its bytes, its value and whether it is
 * a secret. Hex views, traces and the Wireshark plugin show what this finds; the chat itself never needs it.
 */
import { type Peer, payloadLength, readHeader } from './decode.js';
import { ByteReader, type Field, readField } from './fields.js';
import { type FrameType, HEADER_BYTES } from './frames.js';
import { isSecret } from './mask.js';
import { ProtocolError } from './protocol-error.js';

/** A field in its place. */
export interface DissectedField {
  readonly name: string;
  /** Where its bytes begin, counted from the frame's first byte. */
  readonly offset: number;
  /** How many bytes it takes, its own length or count included. */
  readonly length: number;
  readonly value: unknown;
  readonly secret: boolean;
  readonly doc: string;
  /** The items of a list, or the fields of a record. */
  readonly parts?: readonly DissectedField[];
}

/** A frame taken apart. */
export interface Dissection {
  readonly type: FrameType;
  /** Header and payload, in bytes. */
  readonly length: number;
  readonly fields: readonly DissectedField[];
}

/**
 * Takes apart the frame that begins at `at`; nothing if it is not whole.
 * @throws {ProtocolError} as the decoder does.
 */
export function dissect(bytes: Uint8Array, from: Peer, at = 0): Dissection | undefined {
  if (bytes.length - at < HEADER_BYTES) return undefined;
  const { type, code, fields } = readHeader(bytes, at, from);
  const payload = payloadLength(bytes, at);
  const end = at + HEADER_BYTES + payload;
  if (bytes.length < end) return undefined;
  const reader = new ByteReader(bytes, at + HEADER_BYTES, end);
  const found: DissectedField[] = [
    { name: 'type', offset: 0, length: 1, value: code, secret: false, doc: `frame type: ${type}` },
    { name: 'flags', offset: 1, length: 1, value: 0, secret: false, doc: 'always 0 in version 1' },
    { name: 'length', offset: 2, length: 2, value: payload, secret: false, doc: 'bytes of payload' },
  ];
  const values: Record<string, unknown> = {};
  for (const [name, field] of fields) {
    const part = dissectField(reader, name, field, at, values);
    values[name] = part.value;
    found.push(part);
  }
  if (reader.offset !== end) throw new ProtocolError('bad-length', `a ${type} is longer than its fields`);
  return { type, length: end - at, fields: found };
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
  return Object.entries(field.fields).map(([name, member]) => dissectField(reader, name, member, base, {}));
}

function partsValue(field: Field, parts: readonly DissectedField[]): unknown {
  if (field.kind === 'list') return parts.map((part) => part.value);
  return Object.fromEntries(parts.map((part) => [part.name, part.value]));
}
