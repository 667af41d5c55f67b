/*
 * Frames to bytes. A frame is written straight into the batch that will be sent, so that encoding a
 * message for a whole group allocates nothing of its own.
 */
import { ByteWriter, writeFields } from './fields.js';
import { FRAME_BY_TYPE, type Frame, HEADER_BYTES, MAX_PAYLOAD_BYTES } from './frames.js';

/**
 * Appends a frame to what is being written.
 * @throws {RangeError} if the payload would be over 16 KiB: the caller has to keep its texts shorter.
 */
export function writeFrame(writer: ByteWriter, frame: Frame): void {
  const { code, fields } = FRAME_BY_TYPE[frame.type];
  const start = writer.length;
  writer.u8(code);
  writer.u8(0); // flags
  writer.u16(0); // length, below
  try {
    writeFields(writer, fields, frame);
    writer.setU16(start + 2, checked(writer.length - start - HEADER_BYTES, frame));
  } catch (error) {
    writer.length = start; // half a frame would spoil the batch that it stands in
    throw error;
  }
}

function checked(length: number, { type }: Frame): number {
  if (length > MAX_PAYLOAD_BYTES) throw new RangeError(`A ${type} of ${length} bytes is over the limit of ${MAX_PAYLOAD_BYTES}.`);
  return length;
}

/** One frame as bytes of its own. */
export function encodeFrame(frame: Frame): Uint8Array {
  const writer = new ByteWriter();
  writeFrame(writer, frame);
  return writer.written();
}
