/*
 * Bytes to records, however they were cut up on the way. At most one unfinished record is kept, which is 64 KiB.
 */
import { ByteReader, type Field, readField } from '../../../lib/wire/fields.js';
import { HEAD_BYTES, RECORDS, type Record } from './records.js';

/** Bytes that are no records. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
}

/** A record and the channel that it is for. */
export interface Addressed {
  readonly channel: number;
  readonly record: Record;
}

const BY_CODE = new Map(
  Object.entries(RECORDS).map(([type, { code, fields }]) => [code, { type, fields: Object.entries<Field>(fields) }] as const),
);
const NOTHING = new Uint8Array(0);

/** Reads the records of one body. */
export class RecordReader {
  #rest: Uint8Array = NOTHING;

  /**
   * Takes the next bytes; returns the records that are whole now.
   * @throws {RecordError} if they are none; nothing more can be read then.
   */
  read(chunk: Uint8Array): readonly Addressed[] {
    const bytes = this.#rest.length === 0 ? chunk : joined(this.#rest, chunk);
    const found: Addressed[] = [];
    let at = 0;
    while (bytes.length - at >= HEAD_BYTES) {
      const end = at + HEAD_BYTES + (((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number));
      if (end > bytes.length) break;
      found.push(readRecord(bytes, at, end));
      at = end;
    }
    this.#rest = at === bytes.length ? NOTHING : new Uint8Array(bytes.subarray(at)); // slice() of a Buffer of Node's would be no copy
    return found;
  }
}

function readRecord(bytes: Uint8Array, at: number, end: number): Addressed {
  const known = BY_CODE.get(bytes[at] as number);
  if (!known) throw new RecordError(`no record has the type ${bytes[at]}`);
  const record: { [field: string]: unknown } = { type: known.type };
  const reader = new ByteReader(bytes, at + HEAD_BYTES, end);
  try {
    for (const [name, field] of known.fields) record[name] = readField(reader, field);
  } catch (error) {
    throw new RecordError((error as Error).message, { cause: error });
  }
  if (reader.offset !== end) throw new RecordError(`a ${known.type} is longer than its fields`);
  return { channel: bytes[at + 1] as number, record: record as unknown as Record };
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
