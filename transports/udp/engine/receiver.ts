/*
 * The receiving side of a connection: takes segments in, remembers which packets arrived, and writes ACKs, which also
 * carry the credit.
 */
import { ACK_BYTES, DATA_OVERHEAD, type PacketWriter, RANGE_BYTES } from '../wire/encode.js';
import { SEGMENT_BYTES } from '../wire/packets.js';
import type { ArqPolicy } from './arq/index.js';
import { ReceiveStream, type Taken } from './receive-stream.js';
import { ReceivedPackets } from './received-packets.js';
import type { EngineSettings } from './settings.js';

/** How many ranges an ACK has at most; each packet is named in many ACKs. */
const RANGES = 16;

/** Receives one direction of one connection. */
export class Receiver {
  readonly stream: ReceiveStream;
  readonly packets: ReceivedPackets;
  readonly #policy: ArqPolicy;
  readonly #creditSegments: number;
  #told: number;

  constructor(policy: ArqPolicy, { creditSegments, lastNumber }: EngineSettings) {
    this.#policy = policy;
    this.#creditSegments = creditSegments;
    this.stream = new ReceiveStream({ window: creditSegments, keepsEarly: policy.keepsEarly, lastNumber });
    this.packets = new ReceivedPackets(policy.rhythm);
    this.#told = this.stream.credit;
  }

  /** Takes a segment; `undefined` is the end. What was not in order, or was here before, is acknowledged at once. */
  take(number: number, data: Uint8Array | undefined): Taken {
    const taken = this.stream.take(number, data ?? 'end');
    if (taken !== 'new' || data === undefined) this.packets.ackNow();
    return taken;
  }

  /** Has the peer told of new credit, if that has become much. RFC 9000 section 4.2: not for every little piece. */
  offerCredit(): void {
    if (!this.stream.ended && this.stream.credit - this.#told >= Math.max(1, this.#creditSegments >> 2)) this.packets.ackNow();
  }

  /** Writes an ACK into the packet that was begun; leaves room for a segment if there is one to send. Returns the newest packet that it names. */
  writeAck(writer: PacketWriter, withSegment: boolean, now: number): number {
    const room = writer.room - ACK_BYTES - (withSegment ? DATA_OVERHEAD + SEGMENT_BYTES : 0);
    const count = Math.min(RANGES, Math.max(1, Math.floor(room / RANGE_BYTES)));
    this.#told = this.stream.credit;
    writer.frame({
      type: 'ACK',
      next: this.stream.next,
      credit: this.#told,
      delayUs: this.packets.delayUs(now),
      ranges: this.#policy.keepsEarly ? this.packets.ranges(count) : [],
    });
    this.packets.acknowledged();
    return this.packets.largest;
  }
}
