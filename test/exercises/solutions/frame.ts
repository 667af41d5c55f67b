/*
 * The frame WHISPER, finished: a solution of docs/exercises/frame.
 */
import type { Read, Whisper } from '../../../docs/exercises/frame/contract.js';
import { dissectFields } from '../../../lib/wire/dissect-fields.js';
import { ByteReader, ByteWriter, readFields, str, u32, writeFields } from '../../../lib/wire/fields.js';
import type { FrameDeclaration } from '../../../lib/wire/frames.js';
import { type DissectedField, HEADER_BYTES, MAX_PAYLOAD_BYTES, ProtocolError } from '../../../lib/wire/index.js';

/** The row of the table. */
export const WHISPER: FrameDeclaration = {
  code: 0x11,
  from: 'client',
  doc: 'Says something to one member of the group alone.',
  fields: { id: u32('the client’s own message ID'), to: str('who is to hear it'), text: str('the message') },
};

const entries = Object.entries(WHISPER.fields);

/** A WHISPER as bytes. */
export function encode(whisper: Whisper): Uint8Array {
  const writer = new ByteWriter();
  writer.u8(WHISPER.code);
  writer.u8(0); // flags
  writer.u16(0); // length, below
  writeFields(writer, entries, { ...whisper });
  const payload = writer.length - HEADER_BYTES;
  if (payload > MAX_PAYLOAD_BYTES) throw new RangeError(`A WHISPER of ${payload} bytes is over the limit of ${MAX_PAYLOAD_BYTES}.`);
  writer.setU16(2, payload);
  return writer.written();
}

/** Where a whole frame ends; nothing if it is not whole. */
function endOf(bytes: Uint8Array): number | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  if (bytes[0] !== WHISPER.code) throw new ProtocolError('unknown-type', 'this is no WHISPER');
  if (bytes[1] !== 0) throw new ProtocolError('bad-flags', 'the flags are not 0');
  const payload = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint16(2);
  if (payload > MAX_PAYLOAD_BYTES) throw new ProtocolError('too-long', `a payload of ${payload} bytes is over the limit`);
  const end = HEADER_BYTES + payload;
  return bytes.length < end ? undefined : end;
}

/** Bytes as a WHISPER. */
export function decode(bytes: Uint8Array): Read | undefined {
  const end = endOf(bytes);
  if (end === undefined) return undefined;
  const reader = new ByteReader(bytes, HEADER_BYTES, end);
  const whisper = readFields(reader, entries, {}) as unknown as Whisper;
  if (reader.offset !== end) throw new ProtocolError('bad-length', 'it is longer than its fields');
  return { whisper, length: end };
}

/** Its fields, each in its place. */
export function dissect(bytes: Uint8Array): readonly DissectedField[] {
  const end = endOf(bytes) ?? 0;
  const header = (name: string, offset: number, length: number, value: number, doc: string): DissectedField => ({
    ...{ name, offset, length, value, secret: false, doc },
  });
  return [
    header('type', 0, 1, WHISPER.code, 'frame type: WHISPER'),
    header('flags', 1, 1, 0, 'always 0 in version 1'),
    header('length', 2, 2, end - HEADER_BYTES, 'bytes of payload'),
    ...dissectFields(new ByteReader(bytes, HEADER_BYTES, end), entries, 0),
  ];
}
