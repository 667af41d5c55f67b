/*
 * One TCP connection as a capture saw it: where its numbers begin, which bytes are new, which were there before, and what
 * they come to in the masked stream. Numbers are 32 bits and wrap (RFC 9293, section 3.4).
 */
import type { StreamMap } from '../below/stream-map.js';
import type { Side } from '../redact/index.js';
import type { KernelEvent } from '../trace/trace.js';
import { type TcpSegment, WINDOW_SCALE } from './packet.js';

/** What is told of a segment beside whose it is. */
export type Numbers = Pick<KernelEvent, 'seq' | 'ack' | 'window' | 'again' | 'bytes' | 'masks' | 'names'>;

/** A connection that is being followed. */
export interface Conversation {
  /** Takes its next segment; what is told of it can be asked for once the stream is finished. */
  take(from: Side, segment: TcpSegment, cut: boolean): () => Numbers;
}

interface Flow {
  /** The initial sequence number; nothing as long as no SYN was seen. */
  base: number | undefined;
  /** How much of the stream was seen, without gaps. */
  next: number;
  /** Something is missing, so nothing that follows can be told from a secret. */
  broken: boolean;
  /** At which offset the stream ended. */
  fin: number | undefined;
  /** By how many bits its windows are shifted; nothing if it did not offer that. */
  scale: number | undefined;
}

const NOTHING = { bytes: new Uint8Array(0), masks: [], names: [] };

/** Follows a connection. */
export function conversation(stream: StreamMap): Conversation {
  const flows: Readonly<Record<Side, Flow>> = { client: newFlow(), server: newFlow() };

  /** A real number as one over masked bytes, from the beginning; `real` counts the SYN as one. */
  function masked(side: Side, real: number | undefined): number | undefined {
    const { broken, next, fin } = flows[side];
    if (real === undefined || (broken && real - 1 > next)) return undefined;
    if (real === 0) return 0;
    const isBehindFin = fin !== undefined && real - 1 > fin;
    return 1 + stream.offset(side, real - 1) + (isBehindFin ? 1 : 0);
  }

  function newBytes(from: Side, offset: number, { payload }: TcpSegment, cut: boolean): number | undefined {
    const flow = flows[from];
    if (payload.length === 0 || flow.broken || offset + payload.length <= flow.next) return undefined;
    if (offset > flow.next || cut) {
      flow.broken = true;
      return undefined;
    }
    const piece = stream.take(from, payload.subarray(flow.next - offset));
    flow.next = offset + payload.length;
    return piece;
  }

  return {
    take(from, segment, cut) {
      const { flags, seq, ack, payload } = segment;
      const flow = flows[from];
      const other = flows[from === 'client' ? 'server' : 'client'];
      const isSyn = flags.includes('SYN');
      const sawSyn = flow.base !== undefined;
      if (isSyn) {
        flow.base ??= seq;
        flow.scale ??= scaleIn(segment);
      }
      // only if both ends offer it, and never in a SYN itself
      const scale = isSyn || other.scale === undefined ? 0 : (flow.scale ?? 0);
      const window = segment.window * 2 ** scale;
      const real = flow.base === undefined ? undefined : (seq - flow.base) >>> 0;
      const realAck = flags.includes('ACK') && other.base !== undefined ? (ack - other.base) >>> 0 : undefined;
      const offset = real === undefined || isSyn ? undefined : real - 1;
      const wasThere = isSyn ? sawSyn : offset !== undefined && payload.length > 0 && offset + payload.length <= flow.next;
      // a probe whether the other side is still there repeats the number before the next one (RFC 9293, section 3.8.4)
      const piece = offset === undefined || offset < 0 ? undefined : newBytes(from, offset, segment, cut);
      let again = wasThere;
      if (flags.includes('FIN') && offset !== undefined) {
        again ||= flow.fin !== undefined;
        if (flow.fin === undefined) stream.end(from);
        flow.fin ??= offset + payload.length;
      }
      const acksSide = from === 'client' ? 'server' : 'client';
      return () => {
        const { bytes, masks, names } = piece === undefined ? NOTHING : stream.piece(from, piece);
        const number = masked(from, real);
        const acked = masked(acksSide, realAck);
        return {
          ...(number !== undefined && { seq: number }),
          ...(acked !== undefined && { ack: acked }),
          window,
          ...(again && { again }),
          ...(names.length > 0 && { names }),
          ...{ bytes, masks },
        };
      };
    },
  };
}

function scaleIn({ options }: TcpSegment): number | undefined {
  const found = options.find((option) => option.startsWith(WINDOW_SCALE));
  return found === undefined ? undefined : Math.min(14, Number(found.slice(WINDOW_SCALE.length)));
}

function newFlow(): Flow {
  return { base: undefined, next: 0, broken: false, fin: undefined, scale: undefined };
}
