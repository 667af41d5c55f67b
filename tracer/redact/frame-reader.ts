/*
 * One direction of a framed stream: bytes in, whole frames out, their secrets masked. What belongs to no whole frame is
 * not shown, and when the peer breaks the protocol nothing is shown any more, not even how much there was.
 */
import { FrameDecoder } from '../../lib/wire/decode.js';
import { ProtocolError } from '../../lib/wire/protocol-error.js';
import { frameUnit, type Side, type Unit } from './unit.js';

/** Reads the frames of one side. */
export class FrameReader {
  #decoder: FrameDecoder<Side> | undefined;
  readonly #from: Side;
  readonly #showSecrets: boolean;

  constructor(from: Side, showSecrets: boolean) {
    this.#from = from;
    this.#decoder = new FrameDecoder(from);
    this.#showSecrets = showSecrets;
  }

  /** Takes bytes; gives the frames that they complete. */
  take(chunk: Uint8Array): readonly Unit[] {
    const units: Unit[] = [];
    try {
      this.#decoder?.push(chunk);
      for (let frame = this.#decoder?.next(); frame; frame = this.#decoder?.next()) {
        units.push(frameUnit(frame, this.#from, this.#showSecrets));
      }
    } catch (error) {
      // A RangeError: a mask has made the frame longer than a frame may be
      if (!(error instanceof ProtocolError || error instanceof RangeError)) throw error;
      this.#decoder = undefined;
    }
    return units;
  }
}
