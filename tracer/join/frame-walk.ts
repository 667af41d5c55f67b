/*
 * Names the frames that begin in the pieces of a framed stream, from their headers alone: which frames one write, or
 * one segment, carries. A stream that is not framed, or in which a piece is missing, has no names.
 */
import { FRAME_BY_CODE, HEADER_BYTES } from '../../lib/wire/frames.js';

/** Follows one direction of a stream. */
export interface FrameWalk {
  /** The frames in the next piece: `PROMPT`, `PROMPT, JOINED`, `rest of MESSAGE`. Empty if that cannot be told. */
  next(piece: Uint8Array): string;
  /** From here on nothing is known. */
  stop(): void;
}

/** How many frames of a piece are named; of more, their number is told. */
const NAMED = 4;

/** Begins at a stream's first byte. */
export function frameWalk(): FrameWalk {
  /** Bytes of the header that is being read, and of the payload that is still to come. */
  let headerBytes = 0;
  let payloadBytes = 0;
  let type: string | undefined;
  let lost = false;
  return {
    stop() {
      lost = true;
    },
    next(piece) {
      if (lost) return '';
      const names: string[] = [];
      if (headerBytes > 0 || payloadBytes > 0) names.push(`${payloadBytes > piece.length ? 'part' : 'rest'} of ${type}`);
      for (let at = 0; at < piece.length; ) {
        if (payloadBytes > 0 && headerBytes === 0) {
          const skipped = Math.min(payloadBytes, piece.length - at);
          payloadBytes -= skipped;
          at += skipped;
          continue;
        }
        const byte = piece[at++] as number;
        if (headerBytes === 0) {
          type = FRAME_BY_CODE.get(byte)?.type;
          if (type === undefined) {
            lost = true;
            return '';
          }
          names.push(type);
        } else if (headerBytes >= 2) payloadBytes = payloadBytes * 256 + byte; // behind type and flags, big-endian
        headerBytes = (headerBytes + 1) % HEADER_BYTES;
      }
      return names.length > NAMED ? `${names.length} frames, ${names[0]} to ${names.at(-1)}` : names.join(', ');
    },
  };
}
