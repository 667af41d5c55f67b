/* What the wire offers: the table of frames, its codec, its dissector, and the rules for showing text. */
export { cleanLine, cleanText } from './clean.js';
export { FrameDecoder } from './decode.js';
export { type DissectedField, type Dissection, dissect } from './dissect.js';
export { encodeFrame, writeFrame } from './encode.js';
export { ByteReader, ByteWriter, type Field, type Fields, type ValueOf, type ValuesOf } from './fields.js';
export {
  type ByeCode,
  type ClientFrame,
  FRAMES,
  type Frame,
  type FrameOf,
  type FrameType,
  HEADER_BYTES,
  MAGIC,
  MAX_PAYLOAD_BYTES,
  PROTOCOL_VERSION,
  type Question,
  type RejectionCode,
  type ServerFrame,
} from './frames.js';
export { LineDecoder, MAX_LINE_BYTES } from './lines.js';
export { MASK, type ShownFrame, showFrame } from './mask.js';
export { ProtocolError, type ProtocolErrorCode } from './protocol-error.js';
