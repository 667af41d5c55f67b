/*
 * Loaded before `chatwire` when a picture of it is made, and never otherwise: the clock stands (almost) still, and what the
 * program draws from the system's randomness counts up instead. So a picture that is made again is the same, byte
 * for byte. FIGURE_DRAWS is the number that the first draw of four bytes gives.
 */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

const MOMENT = Date.UTC(2023, 0, 1, 10, 0, 0);
const RealDate = Date;

class StandingDate extends RealDate {
  constructor(...given: ConstructorParameters<typeof Date> | []) {
    if (given.length === 0) super(MOMENT);
    else super(...given);
  }

  static override now(): number {
    return MOMENT;
  }
}
globalThis.Date = StandingDate as DateConstructor;
// The server's clock goes on from here, since its timers need it, but so slowly that on no machine a minute passes.
const SLOWER = 1000;
const realNow = performance.now.bind(performance);
Object.defineProperty(performance, 'timeOrigin', { value: MOMENT });
Object.defineProperty(performance, 'now', { value: () => realNow() / SLOWER });

const first = Number(process.env.FIGURE_DRAWS ?? 0);
const { randomFillSync } = crypto;
/** Fills the pool of transports/host/random.ts; anything of another size stays random. */
function counting<T extends NodeJS.ArrayBufferView>(bytes: T): T {
  if (bytes.byteLength !== 4096) return randomFillSync(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.byteLength; at += 4) view.setUint32(at, first + at / 4);
  return bytes;
}
crypto.randomFillSync = counting;
syncBuiltinESMExports();
