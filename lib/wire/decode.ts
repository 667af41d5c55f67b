/*
 * Bytes to frames, one at a time, from chunks that end anywhere. Whoever holds the decoder decides when
 * the next frame is taken, so a paused connection decodes nothing; it never looks past a frame's end.
 */
import { ByteReader, readFields } from './fields.js';
import {
  type ClientFrame,
  type CompiledFrame,
  FRAME_BY_CODE,
  type Frame,
  HEADER_BYTES,
  MAX_PAYLOAD_BYTES,
  type ServerFrame,
} from './frames.js';
import { ProtocolError } from './protocol-error.js';

const NOTHING = new Uint8Array(0);

/** The side whose frames are decoded. */
export type Peer = 'client' | 'server';

/** Takes chunks in and gives frames out. */
export class FrameDecoder<P extends Peer> {
  #bytes: Uint8Array = NOTHING;
  #offset = 0;
  readonly #from: P;
  readonly #maxPayloadBytes: number;

  /**
   * @param from whose frames these are; a frame that only the other side sends is an error
   * @param maxPayloadBytes a longer frame is an error, too
   */
  constructor(from: P, maxPayloadBytes = MAX_PAYLOAD_BYTES) {
    this.#from = from;
    this.#maxPayloadBytes = maxPayloadBytes;
  }

  /** Bytes that wait to be decoded. */
  get bufferedBytes(): number {
    return this.#bytes.length - this.#offset;
  }

  /** Adds what arrived. The chunk is kept, not copied, unless it continues an earlier one. */
  push(chunk: Uint8Array): void {
    const left = this.bufferedBytes;
    if (left > 0) {
      const joined = new Uint8Array(left + chunk.length);
      joined.set(this.#bytes.subarray(this.#offset));
      joined.set(chunk, left);
      this.#bytes = joined;
    } else {
      this.#bytes = chunk;
    }
    this.#offset = 0;
  }

  /** No more comes. Half a frame at the end means nothing. */
  end(): void {}

  /**
   * The next frame, or nothing until more bytes come.
   * @throws {ProtocolError} if the peer broke the protocol; the decoder is of no use after that.
   */
  next(): (P extends 'client' ? ClientFrame : ServerFrame) | undefined {
    const at = this.#offset;
    if (this.#bytes.length - at < HEADER_BYTES) return this.#wait();
    const declaration = readHeader(this.#bytes, at, this.#from, this.#maxPayloadBytes);
    const end = at + HEADER_BYTES + payloadLength(this.#bytes, at);
    if (this.#bytes.length < end) return this.#wait();
    this.#offset = end;
    return readPayload(declaration, this.#bytes, at + HEADER_BYTES, end) as ReturnType<this['next']>;
  }

  /** Lets go of a chunk that is used up; keeps the part of one that is not. */
  #wait(): undefined {
    if (this.bufferedBytes > 0) return undefined;
    this.#bytes = NOTHING;
    this.#offset = 0;
    return undefined;
  }
}

/** The payload's length in a header that begins at `at`. */
export function payloadLength(bytes: Uint8Array, at: number): number {
  return ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
}

/**
 * Checks a header that begins at `at`; says which frame it opens.
 * @throws {ProtocolError} `unknown-type`, `bad-flags` or `too-long`.
 */
export function readHeader(bytes: Uint8Array, at: number, from: Peer, maxPayloadBytes = MAX_PAYLOAD_BYTES): CompiledFrame {
  const code = bytes[at] as number;
  const declaration = FRAME_BY_CODE.get(code);
  if (!declaration) throw new ProtocolError('unknown-type', `no frame has the type 0x${code.toString(16).padStart(2, '0')}`);
  if (declaration.from !== from && declaration.from !== 'both') {
    throw new ProtocolError('unknown-type', `a ${declaration.type} is never sent by a ${from}`);
  }
  if (bytes[at + 1] !== 0) throw new ProtocolError('bad-flags', 'the flags of a frame are not 0');
  const length = payloadLength(bytes, at);
  if (length > maxPayloadBytes) throw new ProtocolError('too-long', `a frame of ${length} bytes is over the limit of ${maxPayloadBytes}`);
  return declaration;
}

/**
 * Reads the fields of a frame; they must fill it to the last byte.
 * @throws {ProtocolError} `bad-length`, `bad-value` or `bad-utf8`.
 */
function readPayload({ type, fields }: CompiledFrame, bytes: Uint8Array, start: number, end: number): Frame {
  const reader = new ByteReader(bytes, start, end);
  const frame = readFields(reader, fields, { type });
  if (reader.offset !== end) throw new ProtocolError('bad-length', `a ${type} is longer than its fields`);
  return frame as unknown as Frame;
}
