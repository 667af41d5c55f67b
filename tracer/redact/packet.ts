/*
 * A UDP packet as it may be shown: the data of its segments replaced by what may be shown of the stream, cookies masked,
 * and the checksum made anew, so that it is a valid packet that tells nothing of what was cut out.
 */
import { crc32 } from 'node:zlib';
import { DATA_OVERHEAD, PacketWriter } from '../../transports/udp/wire/encode.js';
import { type Packet, TRAILER_BYTES } from '../../transports/udp/wire/packets.js';
import type { Range } from '../trace/trace.js';
import { MASK_BYTES } from './unit.js';

/** What may be shown of one segment's data. */
export interface ShownData {
  readonly bytes: Uint8Array;
  readonly masks: readonly Range[];
}

/** A datagram as it may be shown. */
export interface ShownDatagram {
  readonly bytes: Uint8Array;
  readonly masks: readonly Range[];
}

/** Writes one packet after the other; none is written again once it was handed over. */
const writer = new PacketWriter((bytes) => crc32(bytes));

/** Writes a packet with other data in its segments. */
export function showPacket(packet: Packet, original: Uint8Array, dataOf: (segment: number) => ShownData): ShownDatagram {
  const masks: Range[] = [];
  const frames = ('frames' in packet ? packet.frames : []).map((frame) =>
    frame.type === 'DATA' ? { frame, data: dataOf(frame.segment) } : { frame, data: undefined },
  );
  const room = frames.reduce((sum, { data }) => sum + (data?.bytes.length ?? 0), original.length + MASK_BYTES.length);
  const length = () => writer.length - TRAILER_BYTES;
  writer.begin(packet.type, packet, 'mac' in packet ? { ...packet, mac: MASK_BYTES } : packet, room);
  if ('mac' in packet) masks.push({ from: length() - MASK_BYTES.length, to: length() }); // the last of the fields
  for (const { frame, data } of frames) {
    const at = length() + DATA_OVERHEAD;
    for (const { from, to } of data?.masks ?? []) masks.push({ from: at + from, to: at + to });
    writer.frame(data ? { ...frame, data: data.bytes } : frame);
  }
  return { bytes: writer.finish(), masks };
}

/** Bytes of their own: a view could be followed to the memory around it, where secrets may be. */
export function copied(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

/** Whether a packet can be shown as it is. */
export function isHarmless(packet: Packet): boolean {
  return !('mac' in packet) && !('frames' in packet && packet.frames.some(({ type }) => type === 'DATA'));
}
