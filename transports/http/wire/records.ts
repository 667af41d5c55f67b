/*
 * THE table of records: what flows in the bodies of the HTTP requests and responses, the same in both directions. The
 * types, the encoder, the decoder and docs/http.md follow from it. The field kinds are those of the chat's frames.
 *
 * A record is its type (u8), its channel (u8), the length of what follows (u16), and its fields; numbers are big-endian.
 * The channel is the connection's place in the list that the GET named, counted from 0; a POST has one connection, 0.
 */
import { bytes, choice, type Fields, str, u64, type ValuesOf } from '../../../lib/wire/fields.js';

/** Bytes before a record's fields: type, channel, length. */
export const HEAD_BYTES = 4;
/** The most data that one record carries, in bytes. */
export const MAX_DATA_BYTES = 32 * 1024;
/** The most connections that one GET carries. */
export const MAX_CHANNELS = 64;

/** A record as declared. */
export interface RecordDeclaration<F extends Fields = Fields> {
  readonly code: number;
  readonly doc: string;
  readonly fields: F;
}

const record = <const F extends Fields>(code: number, doc: string, fields: F): RecordDeclaration<F> => ({ code, doc, fields });

/** The records by name. */
export const RECORDS = {
  DATA: record(1, 'A piece of the stream. What lies before the offset that is expected came before and is dropped; a gap is an error.', {
    offset: u64('where in the stream the first byte stands'),
    data: bytes('the bytes'),
  }),
  END: record(2, 'No more data this way. It takes one place in the stream, so that it is acknowledged like a byte.', {
    offset: u64('where the stream ends'),
  }),
  ACK: record(3, 'What has come the other way, and how much more may be sent.', {
    received: u64('everything before this offset has come and need not be kept'),
    limit: u64('bytes before this offset may be sent; never retreats'),
  }),
  RESET: record(4, 'The connection is over; nothing more is read or sent.', {
    code: choice('why', { aborted: 1, protocol: 2, timeout: 3, unknown: 4 }),
    text: str('the reason, as a person reads it; may be empty'),
  }),
  PING: record(5, 'Please acknowledge now what has come.', {}),
} as const;

/** The names of the records. */
export type RecordType = keyof typeof RECORDS;
/** One record: its `type` and its fields. */
export type RecordOf<T extends RecordType> = T extends RecordType ? { readonly type: T } & ValuesOf<(typeof RECORDS)[T]['fields']> : never;
/** Any record. */
export type Record = RecordOf<RecordType>;
/** Why a connection is reset. */
export type ResetCode = RecordOf<'RESET'>['code'];
