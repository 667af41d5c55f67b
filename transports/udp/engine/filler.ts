/*
 * Puts frames into a packet: first what must go again, then what is new, and into room that is left what may have been
 * lost. Segments never depend on the size of a datagram: each fits into the smallest, so one that was sent in a large
 * datagram goes again in a small one when the way has become narrower.
 */
import type { Resent } from '../../../lib/trace.js';
import { DATA_OVERHEAD, FIN_BYTES, type PacketWriter } from '../wire/encode.js';
import { SAFE_DATAGRAM_BYTES, SEGMENT_BYTES } from '../wire/packets.js';
import type { ArqPolicy } from './arq/index.js';
import type { ArqWindow, Segment, SendStream } from './send-stream.js';
import type { SentPacket } from './sent-packets.js';
import type { EngineSettings } from './settings.js';
import type { Counters } from './stats.js';

/** How many segments a packet brings along from before. */
const BUNDLED_SEGMENTS = 3;
/** Behind so many whole segments one more piece takes little of the credit. */
const CHEAP_AFTER = 4;
/** The smallest piece that is cut for the room behind the last whole segment of a large datagram. */
const LEAST_REST_BYTES = 64;

/** What a packet was filled with. */
export type Filled = Pick<SentPacket, 'segments' | 'sizing'>;

/** What holds for one packet. */
export interface Filling {
  /** It asks for an ACK after silence, and brings the oldest data along. */
  readonly probing: boolean;
  /** How long it may become. */
  readonly budget: number;
  /** Whether it may bring along what may have been lost. */
  readonly bundles: boolean;
}

/** Fills the packets of one direction of one connection. */
export class Filler {
  readonly #stream: SendStream;
  readonly #settings: EngineSettings;
  readonly #counters: Counters;
  /** What the policy allows to be outstanding, in segments. */
  readonly window: ArqWindow;
  /** If somebody listens: the segments of the packets that were filled since it was last emptied that were sent before, and why again. */
  resent: Resent[] | undefined;

  constructor(stream: SendStream, policy: ArqPolicy, settings: EngineSettings, counters: Counters) {
    this.#stream = stream;
    this.#settings = settings;
    this.#counters = counters;
    this.window = { segments: policy.window(settings), counts: settings.arqWindowCounts };
  }

  /** Bytes of the next frame that asks for an ACK; -1 if there is none. */
  get nextFrameBytes(): number {
    const { again } = this.#stream;
    if (again) return frameBytes(again);
    const bytes = this.#newBytes;
    return bytes > 0 ? DATA_OVERHEAD + bytes : bytes === 0 ? FIN_BYTES : -1;
  }

  /** Puts segments into the packet that was begun. */
  fill(writer: PacketWriter, { probing, budget, bundles }: Filling): Filled {
    const stream = this.#stream;
    const fits = (bytes: number) => bytes <= writer.room && writer.length + bytes <= budget;
    const { coalescing } = this.#settings;
    const segments: Segment[] = [];
    const mayTake = () => coalescing || segments.length === 0;

    for (let { again } = stream; again && mayTake() && fits(frameBytes(again)); { again } = stream) {
      stream.takeAgain();
      this.#put(writer, again, segments);
      this.#counters.retransmitted += 1;
      if (this.resent) this.resent.push({ segment: again.number, cause: again.cause });
    }
    // RFC 9002 section 6.2.4 lets a probe be new data or old; in one ordered stream the oldest is what the peer waits for.
    if (probing && segments.length === 0) {
      for (const segment of stream.unacked) {
        if (!mayTake() || !fits(frameBytes(segment))) break;
        this.#put(writer, segment, segments);
        this.#counters.retransmitted += 1;
        if (this.resent) this.resent.push({ segment: segment.number, cause: 'probe' });
      }
    }
    const fresh = segments.length;
    for (
      let bytes = this.#newBytes;
      bytes >= 0 && mayTake() && fits(bytes > 0 ? DATA_OVERHEAD + bytes : FIN_BYTES);
      bytes = this.#newBytes
    ) {
      this.#put(writer, stream.cut(SEGMENT_BYTES), segments);
      this.#counters.segmentsSent += 1;
    }
    const isFull = mayTake() && this.nextFrameBytes > writer.room;
    if (isFull && segments.length > 0 && !stream.again) this.#fillRest(writer, segments, fits);
    const first = segments[fresh];
    if (first && bundles) this.#bundle(writer, first.number, segments, fits);
    return { segments, sizing: isFull ? 'full' : undefined };
  }

  #put(writer: PacketWriter, segment: Segment, segments: Segment[]): void {
    const { number, data, fin } = segment;
    writer.frame(fin ? { type: 'FIN', segment: number } : { type: 'DATA', segment: number, data });
    segments.push(segment);
  }

  /** Cuts a smaller segment for the rest of a large datagram; not where credit, which counts segments, is what is short. */
  #fillRest(writer: PacketWriter, segments: Segment[], fits: (bytes: number) => boolean): void {
    const { credit, next, unackedCount } = this.#stream;
    const rest = writer.room - DATA_OVERHEAD;
    if (writer.length + writer.room <= SAFE_DATAGRAM_BYTES || rest < LEAST_REST_BYTES || !fits(DATA_OVERHEAD + rest)) return;
    if (credit - next <= unackedCount && segments.length < CHEAP_AFTER) return;
    this.#put(writer, this.#stream.cut(rest), segments);
    this.#counters.segmentsSent += 1;
  }

  /**
   * Thin streams: a packet with room left also brings the newest unacknowledged segments before it, so that a lost
   * message arrives with the next one instead of a round trip later. The idea is RFC 4588's and Linux's thin-stream
   * "redundant data bundling" (Petlund, 2009).
   */
  #bundle(writer: PacketWriter, before: number, segments: Segment[], fits: (bytes: number) => boolean): void {
    if (!this.#settings.bundling || this.#stream.hasNew) return;
    for (let number = before - 1; number >= before - BUNDLED_SEGMENTS; number -= 1) {
      const segment = this.#stream.segment(number);
      if (!segment || segment.queued || segments.includes(segment)) continue;
      const bytes = frameBytes(segment);
      if (!fits(bytes) || writer.length + bytes > SAFE_DATAGRAM_BYTES) return;
      this.#put(writer, segment, segments);
      this.#counters.bundled += 1;
      if (this.resent) this.resent.push({ segment: segment.number, cause: 'bundled' });
    }
  }

  get #newBytes(): number {
    return this.#stream.next >= this.#settings.lastNumber ? -1 : this.#stream.nextBytes(SEGMENT_BYTES, this.window);
  }
}

function frameBytes({ fin, data }: Segment): number {
  return fin ? FIN_BYTES : DATA_OVERHEAD + data.length;
}
