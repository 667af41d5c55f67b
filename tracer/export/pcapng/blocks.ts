/*
 * The blocks of a pcapng file (draft-ietf-opsawg-pcapng): section header, interface description, name resolution and
 * enhanced packet, with their options. Big-endian throughout, which the format allows. Knows nothing of packets' insides.
 */
import { ByteWriter } from '../../../lib/wire/bytes.js';

/** An option: its code, and its value as bytes or as text. */
export type BlockOption = readonly [code: number, value: Uint8Array | string];

/** An interface that packets are said to have been captured on. */
export interface InterfaceDescription {
  readonly name: string;
  readonly comment: string;
}

/** A name of an address. */
export interface NamedAddress {
  /** 4 or 16 bytes. */
  readonly address: Uint8Array;
  readonly name: string;
}

/** A packet, as the file has it. */
export interface PacketRecord {
  /** The interface's number: its place among the interface descriptions. */
  readonly interfaceNumber: number;
  /** Since 1970. */
  readonly timeNs: bigint;
  readonly bytes: Uint8Array;
  readonly comments: readonly string[];
  readonly direction: 'inbound' | 'outbound';
}

const SECTION = 0x0a0d0d0a;
const INTERFACE = 1;
const NAMES = 4;
const PACKET = 6;

const BYTE_ORDER = 0x1a2b3c4d;
/** Link type RAW: packets begin with their IPv4 or IPv6 header. */
const LINKTYPE_RAW = 101;
/** No packet is longer. */
const SNAPLEN = 262_144;
const NANOSECONDS = 9; // if_tsresol: a power of ten
const COMMENT = 1;
const MAX_OPTION_BYTES = 0xffff;

const encoder = new TextEncoder();
const DIRECTION = { inbound: 1, outbound: 2 } as const;

/** Writes the blocks of one section. */
export class BlockWriter {
  readonly #writer = new ByteWriter(64 * 1024);

  /** The section's header; it comes first. */
  section({ hardware, os, application, comment }: Readonly<Record<'hardware' | 'os' | 'application' | 'comment', string>>): void {
    this.#block(SECTION, (writer) => {
      writer.u32(BYTE_ORDER);
      writer.u16(1);
      writer.u16(0);
      writer.u32(0xffffffff); // the section's length: not told
      writer.u32(0xffffffff);
      writeOptions(writer, [
        [COMMENT, comment],
        [2, hardware],
        [3, os],
        [4, application],
      ]);
    });
  }

  interface({ name, comment }: InterfaceDescription): void {
    this.#block(INTERFACE, (writer) => {
      writer.u16(LINKTYPE_RAW);
      writer.u16(0);
      writer.u32(SNAPLEN);
      writeOptions(writer, [
        [COMMENT, comment],
        [2, name],
        [9, Uint8Array.of(NANOSECONDS)],
      ]);
    });
  }

  names(names: readonly NamedAddress[]): void {
    this.#block(NAMES, (writer) => {
      for (const { address, name } of names) {
        const text = encoder.encode(`${name.replaceAll('\0', '')}\0`);
        writer.u16(address.length === 4 ? 1 : 2);
        writer.u16(address.length + text.length);
        writer.raw(address);
        writer.raw(text);
        pad(writer, address.length + text.length);
      }
      writer.u32(0); // the end of the records
    });
  }

  packet({ interfaceNumber, timeNs, bytes, comments, direction }: PacketRecord): void {
    this.#block(PACKET, (writer) => {
      writer.u32(interfaceNumber);
      writer.u32(Number(timeNs >> 32n));
      writer.u32(Number(timeNs & 0xffffffffn));
      writer.u32(bytes.length); // captured
      writer.u32(bytes.length); // on the wire
      writer.raw(bytes);
      pad(writer, bytes.length);
      writeOptions(writer, [
        ...comments.map((comment): BlockOption => [COMMENT, comment]),
        [2, Uint8Array.of(0, 0, 0, DIRECTION[direction])],
      ]);
    });
  }

  /** All that was written, as a file. */
  file(): Uint8Array {
    return this.#writer.written().slice();
  }

  /** A block stands between two copies of its length. */
  #block(type: number, body: (writer: ByteWriter) => void): void {
    const writer = this.#writer;
    const start = writer.length;
    writer.u32(type);
    writer.u32(0);
    body(writer);
    const length = writer.length + 4 - start;
    writer.u32(length);
    writer.setU16(start + 4, length >>> 16);
    writer.setU16(start + 6, length);
  }
}

/** Writes options, none of them empty, and the one that ends them. */
function writeOptions(writer: ByteWriter, options: readonly BlockOption[]): void {
  for (const [code, value] of options) {
    const bytes = typeof value === 'string' ? utf8(value) : value;
    if (bytes.length === 0) continue;
    writer.u16(code);
    writer.u16(bytes.length);
    writer.raw(bytes);
    pad(writer, bytes.length);
  }
  writer.u32(0);
}

/** UTF-8, no longer than an option can be. */
function utf8(text: string): Uint8Array {
  if (text.length * 3 <= MAX_OPTION_BYTES) return encoder.encode(text);
  const room = new Uint8Array(MAX_OPTION_BYTES);
  return room.subarray(0, encoder.encodeInto(text, room).written); // cuts no character in two
}

/** Everything begins at a multiple of four bytes. */
function pad(writer: ByteWriter, length: number): void {
  for (let i = length; i % 4 !== 0; i++) writer.u8(0);
}
