/*
 * The frames of a packet as QUIC's. Segments have numbers and no place in the stream; the place follows from the
 * lengths of those before, as far as they were seen.
 */
import type { Frame } from '../../../transports/udp/wire/packets.js';

/** Where segments of one direction stand in its stream. */
export interface Segments {
  /** Notes a segment; gives its first byte's place. */
  offsetOf(segment: number, length: number): number;
}

/** Begins to count; what came before the first segment that is seen counts as nothing. */
export function segments(): Segments {
  const offsets = new Map<number, number>();
  const waiting = new Map<number, number>();
  let [next, end] = [-1, 0];
  const settle = () => {
    for (let length = waiting.get(next); length !== undefined; length = waiting.get(next)) {
      waiting.delete(next);
      offsets.set(next, end);
      end += length;
      next += 1;
    }
  };
  return {
    offsetOf(segment, length) {
      if (next < 0) next = segment;
      const known = offsets.get(segment);
      if (known !== undefined) return known;
      waiting.set(segment, length);
      settle();
      // behind a gap its place is not known yet: at least here
      return offsets.get(segment) ?? end + [...waiting].reduce((sum, [number, bytes]) => (number < segment ? sum + bytes : sum), 0);
    },
  };
}

/** QUIC's numbers for the errors that are nearest. */
const ERRORS = { done: 0x0, aborted: 0x1, protocol: 0xa, exhausted: 0x1, timeout: 0x1 } as const;
const STREAM = { frame_type: 'stream', stream_id: 0 } as const;

/** The frames, as qlog has them. What QUIC's have no place for goes by a name of its own. */
export function qlogFrames(frames: readonly Frame[], known: Segments): readonly Readonly<Record<string, unknown>>[] {
  return frames.map((frame) => qlogFrame(frame, known));
}

function qlogFrame(frame: Frame, known: Segments): Readonly<Record<string, unknown>> {
  switch (frame.type) {
    case 'DATA': {
      const { length } = frame.data;
      return { ...STREAM, offset: known.offsetOf(frame.segment, length), length, segment: frame.segment };
    }
    case 'FIN':
      return { ...STREAM, offset: known.offsetOf(frame.segment, 0), length: 0, fin: true, segment: frame.segment };
    case 'ACK':
      return {
        frame_type: 'ack',
        ack_delay: frame.delayUs / 1000,
        // an ACK that only says up to where the stream has come has none, and the schema wants one at least
        ...(frame.ranges.length > 0 && { acked_ranges: frame.ranges.map(({ first, last }) => (first === last ? [first] : [first, last])) }),
        next_segment: frame.next,
        credit_segments: frame.credit,
      };
    case 'PING':
      return { frame_type: 'ping' };
    case 'PADDING':
      return { frame_type: 'padding', length: frame.zeros.length };
    case 'PATH_CHALLENGE':
      return { frame_type: 'path_challenge', data: token(frame.token) };
    case 'PATH_RESPONSE':
      return { frame_type: 'path_response', data: token(frame.token) };
    case 'CLOSE':
      return { frame_type: 'connection_close', error_space: 'transport', error_code: ERRORS[frame.code], reason: frame.code };
  }
}

/** A token as QUIC writes it: eight bytes in hexadecimal. */
function token(value: bigint | number): string {
  return value.toString(16).padStart(16, '0');
}
