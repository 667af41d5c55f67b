/*
 * Somebody who asks for connections under another's address, and invents the cookie that it never gets to see. What it
 * sends is made as the engine makes it; only the address, the IDs and the MAC are lies.
 */
import { seeded } from '../../transports/link/index.js';
import { parametersOf } from '../../transports/udp/engine/dialling.js';
import type { EngineSettings } from '../../transports/udp/engine/settings.js';
import { PacketWriter } from '../../transports/udp/wire/encode.js';
import { SAFE_DATAGRAM_BYTES, SYN_BYTES } from '../../transports/udp/wire/packets.js';
import { crc32 } from '../crc32.js';

const FIRST_MS = 20;
/** So long after a SYN it tries its luck with an invented cookie, and after that with the next SYN. */
const PAUSE_MS = 60;
/** Bytes of a SYN without its padding. */
const UNPADDED_BYTES = 40;

/** Sends forged SYNs, each followed by a CONNECT with an invented cookie. */
export class Attacker {
  readonly #writer = new PacketWriter(crc32);
  readonly #random: () => number;
  readonly #settings: EngineSettings;
  readonly #most: number;
  #sent = 0;
  #client = 0;

  constructor(settings: EngineSettings, { forgedSyns, seed }: { readonly forgedSyns: number; readonly seed: number }) {
    this.#settings = settings;
    this.#most = 2 * forgedSyns;
    this.#random = seeded(seed + 2);
  }

  /** When it sends next; Infinity once it is done. */
  get next(): number {
    return this.#sent < this.#most ? FIRST_MS + this.#sent * PAUSE_MS : Number.POSITIVE_INFINITY;
  }

  /** What it sends now, if it is time. */
  pollTransmit(now: number): Uint8Array | undefined {
    if (now < this.next) return undefined;
    this.#sent += 1;
    const parameters = parametersOf(this.#settings);
    if (this.#sent % 2 === 1) {
      this.#client = this.#guess(2 ** 52);
      return this.#writer.packet('SYN', {}, { client: this.#client, parameters, padding: new Uint8Array(SYN_BYTES - UNPADDED_BYTES) });
    }
    const mac = Uint8Array.from({ length: 16 }, () => this.#guess(256));
    const cookie = { client: this.#client, parameters, time: Math.floor(now), mac };
    this.#writer.begin('CONNECT', { flags: 0, destination: this.#guess(2 ** 52), number: 1 }, cookie, SAFE_DATAGRAM_BYTES);
    this.#writer.frame({ type: 'PING' });
    return this.#writer.finish();
  }

  #guess(below: number): number {
    return 1 + Math.floor(this.#random() * (below - 1));
  }
}
