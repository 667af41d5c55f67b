/*
 * The server's two ways to speak: binary frames, and lines of text. A session does not know which one its
 * peer speaks; it takes inputs and gives frames, and the codec stands between it and the bytes.
 */
import type { CodecName } from '../address.js';
import { FrameDecoder } from './decode.js';
import { writeFrame } from './encode.js';
import type { ByteWriter } from './fields.js';
import { LineDecoder } from './lines.js';
import type { Asked, ClientInput, ServerSaying } from './saying.js';
import { lineToInput, writeText } from './text.js';

/** Reads what one client sends. */
export interface ClientDecoder {
  readonly bufferedBytes: number;
  push(chunk: Uint8Array): void;
  /** No more comes. */
  end(): void;
  /**
   * The next thing that the client says; what a line means depends on the question that is asked now.
   * @throws {ProtocolError} if the client broke the protocol.
   */
  next(asked: Asked | undefined): ClientInput | undefined;
}

/** How much of a client's is taken at once. */
export interface DecoderLimits {
  /** The largest payload of a frame. Default 16 KiB. */
  readonly maxFrameBytes?: number;
  /** The longest line. Default 16 KiB. */
  readonly maxLineBytes?: number;
}

/** One way to speak with clients. */
export interface ServerCodec {
  readonly name: CodecName;
  newDecoder(limits?: DecoderLimits): ClientDecoder;
  write(writer: ByteWriter, saying: ServerSaying): void;
}

/** Binary frames, as lib/wire/frames.ts declares them. */
export const framesCodec: ServerCodec = {
  name: 'frames',
  newDecoder: (limits) => new FrameDecoder('client', limits?.maxFrameBytes),
  write(writer, saying) {
    if (saying.type !== 'HELP') writeFrame(writer, saying);
  },
};

/** The same dialogue as lines of text. */
export const textCodec: ServerCodec = {
  name: 'text',
  newDecoder: newTextDecoder,
  write: writeText,
};

/** The codec of an address: `text+tcp:` has the one, `tcp:` the other. */
export function codecNamed(name: CodecName): ServerCodec {
  return name === 'text' ? textCodec : framesCodec;
}

const NOTHING: ClientInput = { type: 'NOTHING' };

function newTextDecoder(limits?: DecoderLimits): ClientDecoder {
  const lines = new LineDecoder(limits?.maxLineBytes);
  let messages = 0;
  return {
    get bufferedBytes() {
      return lines.bufferedBytes;
    },
    push: (chunk) => lines.push(chunk),
    end: () => lines.end(),
    next(asked) {
      if (lines.takeLeftOut()) return NOTHING; // before another line, so that no debt gathers
      const line = lines.next();
      if (!line) return lines.takeLeftOut() ? NOTHING : undefined;
      const input = lineToInput(line, asked, messages + 1);
      if (input?.type === 'SAY') messages++;
      return input ?? NOTHING;
    },
  };
}
