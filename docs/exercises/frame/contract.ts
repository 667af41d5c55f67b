/*
 * What the exercise asks for: a frame WHISPER, by which a client says something to one member of the group alone.
 */
import type { FrameDeclaration } from '../../../lib/wire/frames.js';
import type { DissectedField } from '../../../lib/wire/index.js';

/** What a WHISPER says. */
export interface Whisper {
  /** The client’s own message ID. */
  readonly id: number;
  /** Who is to hear it. */
  readonly to: string;
  readonly text: string;
}

/** A WHISPER that was read, and how many bytes it took: there may be more behind it. */
export interface Read {
  readonly whisper: Whisper;
  readonly length: number;
}

/** What the file exports. */
export interface Work {
  /** Its row in the table of frames. */
  readonly WHISPER: FrameDeclaration;
  /** @throws {RangeError} if the payload would be over 16 KiB */
  encode(whisper: Whisper): Uint8Array;
  /**
   * Reads the frame at the beginning; nothing if it is not whole yet.
   * @throws {ProtocolError} `unknown-type`, `bad-flags`, `too-long`, `bad-length` or `bad-utf8`
   */
  decode(bytes: Uint8Array): Read | undefined;
  /** Takes a whole frame apart: type, flags, length and the fields, each with the place of its bytes. */
  dissect(bytes: Uint8Array): readonly DissectedField[];
}
