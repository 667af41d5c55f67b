/*
 * Cuts the secrets out of frames before anybody is shown them. A mask has a fixed displayed length, and
 * a frame that carries a secret tells no length either, since a length gives a short password away.
 */
import { encodeFrame } from './encode.js';
import { isSecret } from './fields.js';
import { FRAME_BY_TYPE, type Frame } from './frames.js';

/** What stands where a secret stood. */
export const MASK = '•••';

/** A frame as it may be shown. */
export interface ShownFrame {
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Bytes on the wire; 0 where that would tell a secret. */
  readonly length: number;
}

/** The frame with its secrets masked (or with them, for the lesson that shows why they are masked). */
export function showFrame(frame: Frame, showSecrets = false): ShownFrame {
  const values = frame as unknown as Record<string, unknown>;
  const fields: Record<string, unknown> = {};
  let masked = false;
  for (const [name, field] of FRAME_BY_TYPE[frame.type].fields) {
    const hide = !showSecrets && isSecret(field, values) && !isEmpty(values[name]);
    fields[name] = hide ? MASK : values[name];
    masked ||= hide;
  }
  return { type: frame.type, fields, length: masked ? 0 : encodeFrame(frame).length };
}

/** An empty resume token is no secret: it says that there is none. */
function isEmpty(value: unknown): boolean {
  return value instanceof Uint8Array && value.length === 0;
}
