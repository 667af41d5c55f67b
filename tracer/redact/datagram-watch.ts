/*
 * Watches the datagrams of one UDP connection at one observer, both directions, and says what may be shown of each. A
 * datagram waits until its segments are understood: until those before them have come, and their lines are decided.
 */
import type { Packet } from '../../transports/udp/wire/packets.js';
import { copied, isHarmless, type ShownData, type ShownDatagram, showPacket } from './packet.js';
import type { Piece } from './piece.js';
import { isSettled, type SegmentPlace, Segments, shownData } from './segments.js';
import { StreamWatch } from './stream-watch.js';
import type { Side } from './unit.js';

/** A datagram that is, or is to be, decided. */
export interface WatchedDatagram {
  readonly settled: boolean;
  /** Whether data in it could not be understood and was left out. */
  readonly withheld: boolean;
  /** What may be shown; only once it is settled. */
  show(): ShownDatagram;
}

/** Watches one connection's datagrams. */
export class DatagramWatch {
  readonly #stream: StreamWatch;
  readonly #segments: Readonly<Record<Side, Segments>>;

  /** @param onPiece is told the pieces of the stream, in order, for an observer who sees nothing but datagrams. */
  constructor(
    { showSecrets = false }: { readonly showSecrets?: boolean } = {},
    private readonly onPiece: (from: Side, piece: Piece) => void = () => undefined,
  ) {
    this.#stream = new StreamWatch({ showSecrets });
    const side = (from: Side) => new Segments((data) => (data === 'end' ? this.#stream.end(from) : this.#stream.take(from, data)));
    this.#segments = { client: side('client'), server: side('server') };
  }

  /** Takes a datagram that a side sent, and the packet in it. */
  take(from: Side, datagram: Uint8Array, packet: Packet): WatchedDatagram {
    const places = new Map<number, SegmentPlace>();
    for (const frame of 'frames' in packet ? packet.frames : []) {
      if (frame.type !== 'DATA' && frame.type !== 'FIN') continue;
      const data = frame.type === 'FIN' ? 'end' : frame.data;
      const place = this.#segments[from].take(frame.segment, data, (piece) => this.onPiece(from, piece));
      if (frame.type === 'DATA') places.set(frame.segment, place);
    }
    return isHarmless(packet) ? as(datagram) : watched(packet, datagram, places);
  }

  /** Decides what is undecided, by leaving it out or by masks. */
  giveUp(): void {
    this.#segments.client.giveUp();
    this.#segments.server.giveUp();
    this.#stream.giveUp();
  }
}

/** A datagram of no connection that is known: its data cannot be understood. */
export function strangeDatagram(datagram: Uint8Array, packet: Packet): WatchedDatagram {
  return isHarmless(packet) ? as(datagram) : watched(packet, datagram, new Map());
}

function as(bytes: Uint8Array): WatchedDatagram {
  return { settled: true, withheld: false, show: () => ({ bytes: copied(bytes), masks: [] }) };
}

const UNKNOWN: SegmentPlace = { piece: undefined, withheld: true };

function watched(packet: Packet, original: Uint8Array, places: ReadonlyMap<number, SegmentPlace>): WatchedDatagram {
  const data = 'frames' in packet ? packet.frames.flatMap((frame) => (frame.type === 'DATA' ? [frame.segment] : [])) : [];
  const placeOf = (segment: number) => places.get(segment) ?? UNKNOWN;
  return {
    get settled() {
      return data.every((segment) => isSettled(placeOf(segment)));
    },
    get withheld() {
      return data.some((segment) => placeOf(segment).withheld);
    },
    show: () => showPacket(packet, original, (segment): ShownData => shownData(placeOf(segment))),
  };
}
