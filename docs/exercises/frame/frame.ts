/*
 * Your frame: WHISPER. The row is a draft, the encoder forgets the length, the decoder believes everything, and nobody takes
 * it apart yet. Grade it with
 *
 *   npm run -s exercise -- frame
 */
import { ByteReader, ByteWriter, str, u32 } from '../../../lib/wire/fields.js';
import type { FrameDeclaration } from '../../../lib/wire/frames.js';
import type { DissectedField } from '../../../lib/wire/index.js';
import { HEADER_BYTES } from '../../../lib/wire/index.js';
import type { Read, Whisper } from './contract.js';

/** The row of the table. */
export const WHISPER: FrameDeclaration = {
  code: 0x07, // TODO: one that is free in lib/wire/frames.ts
  from: 'both', // TODO: who sends it?
  doc: '', // TODO
  fields: { id: u32(''), text: str('') }, // TODO: all of them, in order, each with what it means
};

/** A WHISPER as bytes. */
export function encode({ id, text }: Whisper): Uint8Array {
  const writer = new ByteWriter();
  writer.u8(WHISPER.code);
  writer.u8(0); // flags
  writer.u16(0); // TODO: the length of the payload
  writer.u32(id);
  writer.u16(text.length); // TODO: of the text as UTF-8, in bytes. writeFields() does all of this from the row
  writer.utf8(text);
  return writer.written();
}

/** Bytes as a WHISPER. */
export function decode(bytes: Uint8Array): Read | undefined {
  // TODO: is it whole? Is the type right, are the flags 0, and do the fields fill the payload exactly?
  const reader = new ByteReader(bytes, HEADER_BYTES, bytes.length);
  const id = reader.u32();
  const text = reader.utf8(reader.u16());
  return { whisper: { id, to: '', text }, length: reader.offset };
}

/** Its fields, each in its place. */
export function dissect(_bytes: Uint8Array): readonly DissectedField[] {
  return []; // TODO: lib/wire/dissect.ts does it for the frames of the table
}
