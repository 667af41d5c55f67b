/*
 * Reads a capture as tcpdump and dumpcap write it to a pipe: the classic pcap format, a file header and then records, in
 * either byte order, with micro- or nanoseconds (draft-ietf-opsawg-pcap). Pure and incremental; not pcapng, and nothing of
 * what is inside a packet (packet.ts).
 */

/** A packet as it was captured. */
export interface CapturedPacket {
  /** Since 1970. */
  readonly seconds: number;
  readonly nanoseconds: number;
  /** The kind of its first header: a LINKTYPE number. */
  readonly linkType: number;
  readonly bytes: Uint8Array;
  /** It was longer, but only so much was kept. */
  readonly cut: boolean;
}

/** A reader of a capture in pieces. */
export interface PcapReader {
  /** The next piece, which may end anywhere; gives the packets that are whole now. */
  push(piece: Uint8Array): readonly CapturedPacket[];
  /** What is wrong with it, in a sentence; nothing is read behind that. */
  readonly problem: string | undefined;
  /** Whether it ends in the middle of a packet, as far as it came. */
  readonly isCut: boolean;
}

const FILE_HEADER_BYTES = 24;
const RECORD_HEADER_BYTES = 16;
/** More than any packet has; a longer one is none. */
const MOST_BYTES = 1024 * 1024;
const MICROSECONDS = 0xa1b2c3d4;
const NANOSECONDS = 0xa1b23c4d;

interface FileHeader {
  readonly littleEndian: boolean;
  readonly nanosecondsPerTick: 1 | 1000;
  readonly linkType: number;
}

/** Begins to read a capture. */
export function pcapReader(): PcapReader {
  let rest: Uint8Array = new Uint8Array(0);
  let header: FileHeader | undefined;
  let problem: string | undefined;

  function take(): readonly CapturedPacket[] {
    const packets: CapturedPacket[] = [];
    let at = 0;
    if (!header) {
      if (rest.length < FILE_HEADER_BYTES) return packets;
      header = fileHeader(rest);
      if (!header) {
        problem = 'What came is no capture in the pcap format.';
        return packets;
      }
      at = FILE_HEADER_BYTES;
    }
    while (rest.length - at >= RECORD_HEADER_BYTES) {
      const view = new DataView(rest.buffer, rest.byteOffset + at, RECORD_HEADER_BYTES);
      const [seconds = 0, ticks = 0, kept = 0, length = 0] = [0, 4, 8, 12].map((offset) => view.getUint32(offset, header?.littleEndian));
      if (kept > MOST_BYTES || kept > length) {
        problem = 'The capture is damaged: a packet is longer than packets are.';
        break;
      }
      const begin = at + RECORD_HEADER_BYTES;
      if (rest.length - begin < kept) break;
      const { nanosecondsPerTick, linkType } = header;
      const bytes = rest.slice(begin, begin + kept);
      packets.push({ seconds, nanoseconds: ticks * nanosecondsPerTick, linkType, bytes, cut: kept < length });
      at = begin + kept;
    }
    rest = rest.subarray(at);
    return packets;
  }

  return {
    push(piece) {
      if (problem !== undefined) return [];
      const joined = new Uint8Array(rest.length + piece.length);
      joined.set(rest);
      joined.set(piece, rest.length);
      rest = joined;
      return take();
    },
    get problem() {
      return problem;
    },
    get isCut() {
      return problem === undefined && rest.length > 0;
    },
  };
}

function fileHeader(bytes: Uint8Array): FileHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, FILE_HEADER_BYTES);
  for (const littleEndian of [true, false]) {
    const magic = view.getUint32(0, littleEndian);
    if (magic !== MICROSECONDS && magic !== NANOSECONDS) continue;
    // the upper bits say whether there is a checksum behind each frame
    const linkType = view.getUint32(20, littleEndian) & 0xffff;
    return { littleEndian, nanosecondsPerTick: magic === NANOSECONDS ? 1 : 1000, linkType };
  }
  return undefined;
}
