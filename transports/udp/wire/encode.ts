/*
 * Packets to datagrams. A packet is begun, gets frames for as long as there is room, and is finished with its
 * checksum. Datagrams are cut one after the other from a large piece of memory, so that one costs no allocation of
 * its own; none is written again once it was handed over.
 */
import { ByteWriter, writeField, writeFields } from '../../../lib/wire/fields.js';
import type { Crc32 } from './decode.js';
import {
  FIELDS_OF_FRAME,
  FIELDS_OF_PACKET,
  FRAMES,
  type Frame,
  type FrameType,
  type Header,
  PACKETS,
  type PacketFields,
  type PacketType,
  SYN_BYTES,
  TRAILER_BYTES,
  VERSION,
} from './packets.js';

/** Memory that datagrams are cut from. */
const SLAB_BYTES = 64 * 1024;

/** Bytes of a DATA frame beside its data. */
export const DATA_OVERHEAD = 7;
/** Bytes of a FIN. */
export const FIN_BYTES = 5;
/** Bytes of an ACK without its ranges, and of one range. */
export const ACK_BYTES = 15;
export const RANGE_BYTES = 8;

/** Writes one packet after the other. */
export class PacketWriter {
  readonly #crc32: Crc32;
  #writer = new ByteWriter(SLAB_BYTES);
  #start = 0;
  #limit = 0;

  constructor(crc32: Crc32) {
    this.#crc32 = crc32;
  }

  /** Begins a packet that may become `maxBytes` long. What was begun and not finished is forgotten. */
  begin<T extends PacketType>(type: T, header: Header, fields: PacketFields<T>, maxBytes: number): void {
    if (this.#start + maxBytes > this.#writer.bytes.length) {
      this.#writer = new ByteWriter(Math.max(SLAB_BYTES, maxBytes));
      this.#start = 0;
    }
    const writer = this.#writer;
    writer.length = this.#start;
    this.#limit = this.#start + maxBytes - TRAILER_BYTES;
    writer.u8((VERSION << 4) | PACKETS[type].code);
    writer.u8(header.flags);
    writer.u64(header.destination);
    writer.u32(header.number);
    writeFields(writer, FIELDS_OF_PACKET[type], fields);
  }

  /** Bytes that still fit. */
  get room(): number {
    return this.#limit - this.#writer.length;
  }

  /** Sets a flag of the packet that was begun. */
  flag(flag: number): void {
    this.#writer.bytes[this.#start + 1] = (this.#writer.bytes[this.#start + 1] as number) | flag;
  }

  /** Adds a frame; there must be room for it. */
  frame(frame: Frame): void {
    const writer = this.#writer;
    writer.u8(FRAMES[frame.type].code);
    writeFrameFields(writer, frame.type, frame);
  }

  /** The bytes that the packet has by now, its checksum included. */
  get length(): number {
    return this.#writer.length - this.#start + TRAILER_BYTES;
  }

  /** Adds the checksum and hands the datagram over. */
  finish(): Uint8Array {
    const writer = this.#writer;
    writer.u32(this.#crc32(writer.written(this.#start)));
    const datagram = writer.written(this.#start);
    this.#start = writer.length;
    return datagram;
  }

  /** A packet without frames, whole. */
  packet<T extends PacketType>(type: T, header: Partial<Header>, fields: PacketFields<T>): Uint8Array {
    this.begin(type, { flags: 0, destination: 0, number: 0, ...header }, fields, SYN_BYTES + TRAILER_BYTES);
    return this.finish();
  }
}

function writeFrameFields(writer: ByteWriter, type: FrameType, values: Record<string, unknown>): void {
  for (const [name, field] of FIELDS_OF_FRAME[type]) writeField(writer, field, values[name]);
}
