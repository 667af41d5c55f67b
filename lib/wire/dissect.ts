/*
 * A frame taken apart for people: every field with the place of its bytes, its value and whether it is
 * a secret. Hex views, traces and the Wireshark plugin show what this finds; the chat itself never needs it.
 */
import { type Peer, payloadLength, readHeader } from './decode.js';
import { type DissectedField, dissectFields } from './dissect-fields.js';
import { ByteReader } from './fields.js';
import { type FrameType, HEADER_BYTES } from './frames.js';
import { ProtocolError } from './protocol-error.js';

export type { DissectedField };

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
  found.push(...dissectFields(reader, fields, at));
  if (reader.offset !== end) throw new ProtocolError('bad-length', `a ${type} is longer than its fields`);
  return { type, length: end - at, fields: found };
}
