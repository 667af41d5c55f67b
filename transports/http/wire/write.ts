/*
 * Records to bytes, one behind the other.
 */
import { ByteWriter, type Field, writeField } from '../../../lib/wire/fields.js';
import { HEAD_BYTES, RECORDS, type Record, type RecordType } from './records.js';

const FIELDS = Object.fromEntries(Object.entries(RECORDS).map(([type, { fields }]) => [type, Object.entries(fields)])) as unknown as {
  readonly [T in RecordType]: readonly (readonly [string, Field])[];
};

/** Writes records for the channels of one body. */
export class RecordWriter {
  readonly #writer: ByteWriter;

  /** @param expectedBytes how much room to begin with */
  constructor(expectedBytes = 512) {
    this.#writer = new ByteWriter(expectedBytes);
  }

  /** How many bytes were written. */
  get length(): number {
    return this.#writer.length;
  }

  /** Adds one. */
  write(channel: number, record: Record): this {
    const writer = this.#writer;
    const start = writer.length;
    writer.u8(RECORDS[record.type].code);
    writer.u8(channel);
    writer.u16(0);
    for (const [name, field] of FIELDS[record.type]) writeField(writer, field, (record as unknown as { [field: string]: unknown })[name]);
    writer.setU16(start + 2, writer.length - start - HEAD_BYTES);
    return this;
  }

  /** Everything that was written. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#writer.written() as Uint8Array<ArrayBuffer>;
  }
}
