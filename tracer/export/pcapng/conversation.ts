/*
 * A TCP conversation made up around the bytes that went over a stream: handshake, data, acknowledgements and an end, as
 * RFC 9293 has them, so that Wireshark can follow it. Sequence numbers are this file's own choice. Retransmissions are
 * not made up: the taps cannot see them, and where there was a Unix socket there were none.
 */
import { FLAG, type Segment } from './tcp.js';

/** One of the two ends. */
export type Side = 'client' | 'server';

/** A segment on its way. */
export interface SentSegment extends Segment {
  readonly at: number;
  readonly from: Side;
  /** What it is there for. */
  readonly part: 'handshake' | 'data' | 'ack' | 'end' | 'reset';
  /** Of data: where in its direction's stream it begins. */
  readonly offset: number;
}

/** What happens at one end, in the order of time. */
export interface Conversation {
  /** The client asks for a connection; if nobody is there, it is refused. */
  open(at: number): void;
  refuse(at: number): void;
  /** The other two steps of the handshake. */
  establish(at: number): void;
  /** Bytes leave. */
  send(at: number, from: Side, bytes: Uint8Array): void;
  /** So many bytes of the peer's stream have arrived by now. */
  arrived(at: number, side: Side, bytes: number): void;
  end(at: number, from: Side): void;
  /** The peer's end has arrived. */
  endArrived(at: number, side: Side): void;
  reset(at: number, from: Side): void;
  readonly segments: readonly SentSegment[];
}

/** What one end has done so far; numbers count from its initial sequence number. */
interface End {
  readonly isn: number;
  /** The next sequence number: SYN and FIN take one each (RFC 9293 section 3.4). */
  next: number;
  /** Bytes of its stream. */
  bytes: number;
  ended: boolean;
  /** What the peer has of it, and what it has told of that. */
  arrived: number;
  acknowledged: number;
}

/** Easily told apart, and the same in every export. RFC 9293 section 3.4.1 wants real ones to be unguessable. */
const INITIAL = { client: 1_000_000, server: 2_000_000 } as const;
const NOTHING = new Uint8Array(0);

/** The other end. */
export const peerOf = (side: Side): Side => (side === 'client' ? 'server' : 'client');

/** A conversation of which nothing was said yet. */
export function conversation(maxSegmentBytes: number): Conversation {
  const segments: SentSegment[] = [];
  const ends: Record<Side, End> = { client: end(INITIAL.client), server: end(INITIAL.server) };
  let stage: 'new' | 'asked' | 'open' | 'over' = 'new';

  function put(at: number, from: Side, part: SentSegment['part'], flags: number, payload: Uint8Array = NOTHING): void {
    const [mine, theirs] = [ends[from], ends[peerOf(from)]];
    const hasAck = Math.floor(flags / FLAG.ACK) % 2 === 1;
    if (hasAck) theirs.acknowledged = theirs.arrived;
    const acknowledgment = hasAck ? theirs.isn + theirs.arrived : 0;
    segments.push({ at, from, part, flags, sequence: mine.isn + mine.next, acknowledgment, payload, offset: mine.bytes });
    mine.bytes += payload.length;
    mine.next += payload.length + (flags % 4 === 0 ? 0 : 1); // SYN and FIN are the low two bits
  }

  function open(at: number): void {
    if (stage !== 'new') return;
    stage = 'asked';
    put(at, 'client', 'handshake', FLAG.SYN);
    ends.client.arrived = 1;
  }

  function establish(at: number): void {
    open(at);
    if (stage !== 'asked') return;
    stage = 'open';
    put(at, 'server', 'handshake', FLAG.SYN + FLAG.ACK);
    ends.server.arrived = 1;
    put(at, 'client', 'handshake', FLAG.ACK);
  }

  /** Tells what has arrived by now, if it was not told yet. */
  function acknowledge(at: number, side: Side): void {
    const peer = ends[peerOf(side)];
    if (stage === 'open' && peer.arrived > peer.acknowledged) put(at, side, 'ack', FLAG.ACK);
  }

  return {
    segments,
    open,
    establish,
    refuse(at) {
      open(at);
      if (stage === 'asked') put(at, 'server', 'reset', FLAG.RST + FLAG.ACK);
      stage = 'over';
    },
    send(at, from, bytes) {
      establish(at);
      if (stage !== 'open' || ends[from].ended) return;
      for (let start = 0; start < bytes.length; start += maxSegmentBytes) {
        const payload = bytes.subarray(start, start + maxSegmentBytes);
        const isLast = start + payload.length === bytes.length;
        put(at, from, 'data', FLAG.ACK + (isLast ? FLAG.PSH : 0), payload);
      }
    },
    arrived(at, side, bytes) {
      const peer = ends[peerOf(side)];
      peer.arrived = Math.max(peer.arrived, 1 + Math.min(bytes, peer.bytes)); // the SYN took one; nothing arrives that was not sent
      acknowledge(at, side);
    },
    end(at, from) {
      establish(at);
      if (stage !== 'open' || ends[from].ended) return;
      put(at, from, 'end', FLAG.FIN + FLAG.ACK);
      ends[from].ended = true;
    },
    endArrived(at, side) {
      const peer = ends[peerOf(side)];
      if (!peer.ended) return;
      peer.arrived = peer.next;
      acknowledge(at, side);
    },
    reset(at, from) {
      if (stage === 'open') put(at, from, 'reset', FLAG.RST + FLAG.ACK);
      stage = 'over';
    },
  };
}

function end(isn: number): End {
  return { isn, next: 0, bytes: 0, ended: false, arrived: 0, acknowledged: 0 };
}
