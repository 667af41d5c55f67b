/*
 * Datagrams to packets. Whatever arrives, there is a packet or a PacketError and never anything else; nothing is
 * looked at before the checksum holds. Bytes in a packet are views of the datagram, which nobody changes.
 */
import { ByteReader, type Field, readField } from '../../../lib/wire/fields.js';
import {
  type ConnectionPacket,
  FRAME_BY_CODE,
  type Frame,
  PACKET_BY_CODE,
  type Packet,
  SMALLEST_BYTES,
  TRAILER_BYTES,
  VERSION,
} from './packets.js';

/** What is wrong with a datagram. */
export type PacketErrorCode = 'too-short' | 'wrong-version' | 'bad-checksum' | 'unknown-type' | 'malformed';

/** A datagram that is no packet. It is dropped: on an open network anything may arrive. */
export class PacketError extends Error {
  override readonly name = 'PacketError';
  readonly code: PacketErrorCode;

  constructor(code: PacketErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** CRC-32 as in Ethernet and zlib, as an unsigned number. */
export type Crc32 = (bytes: Uint8Array) => number;

/**
 * Reads a datagram.
 * @throws {PacketError} if it is no packet of this version, whole and unchanged.
 */
export function decodePacket(datagram: Uint8Array, crc32: Crc32): Packet {
  const end = datagram.length - TRAILER_BYTES;
  if (datagram.length < SMALLEST_BYTES) throw new PacketError('too-short', `${datagram.length} bytes are no packet`);
  const first = datagram[0] as number;
  if (first >> 4 !== VERSION) throw new PacketError('wrong-version', `version ${first >> 4} is not spoken here`);
  const checksum = new ByteReader(datagram, end).u32();
  if (checksum !== crc32(datagram.subarray(0, end))) throw new PacketError('bad-checksum', 'the checksum does not fit the packet');
  const compiled = PACKET_BY_CODE.get(first & 0xf);
  if (!compiled) throw new PacketError('unknown-type', `no packet has the type ${first & 0xf}`);
  const reader = new ByteReader(datagram, 1, end);
  try {
    const packet: Record<string, unknown> = { type: compiled.type, flags: reader.u8(), destination: reader.u64(), number: reader.u32() };
    readInto(packet, reader, compiled.fields);
    if (compiled.declaration.frames) packet.frames = readFrames(reader);
    if (reader.offset !== end) throw new PacketError('malformed', `a ${compiled.type} is longer than its fields`);
    return packet as unknown as Packet;
  } catch (error) {
    throw error instanceof PacketError ? error : new PacketError('malformed', (error as Error).message, { cause: error });
  }
}

/** The names of a datagram's packet and of its frames, for whoever drops or shows datagrams by name; nothing if it is no packet. */
export function namesIn(datagram: Uint8Array): readonly string[] {
  try {
    const checksum = new ByteReader(datagram, Math.max(0, datagram.length - TRAILER_BYTES)).u32();
    const packet = decodePacket(datagram, () => checksum);
    const frames = 'frames' in packet ? (packet as ConnectionPacket).frames : [];
    return [packet.type, ...frames.map(({ type }) => type)];
  } catch {
    return [];
  }
}

/** The connection ID that a packet is for; 0 if there is none. */
export function destinationIn(datagram: Uint8Array): number {
  return datagram.length < SMALLEST_BYTES ? 0 : new ByteReader(datagram, 2).u64();
}

function readFrames(reader: ByteReader): Frame[] {
  const frames: Frame[] = [];
  while (reader.offset < reader.end) {
    const code = reader.u8();
    const compiled = FRAME_BY_CODE.get(code);
    if (!compiled) throw new PacketError('malformed', `no frame has the type ${code}`);
    frames.push(readInto({ type: compiled.type }, reader, compiled.fields) as unknown as Frame);
  }
  return frames;
}

function readInto(
  into: Record<string, unknown>,
  reader: ByteReader,
  fields: readonly (readonly [string, Field])[],
): Record<string, unknown> {
  for (const [name, field] of fields) into[name] = field.kind === 'bytes' ? view(reader) : readField(reader, field);
  return into;
}

/** The bytes of a field without a copy of them. */
function view(reader: ByteReader): Uint8Array {
  const length = reader.u16();
  const { offset } = reader;
  if (offset + length > reader.end) throw new PacketError('malformed', 'bytes reach past the end of their packet');
  reader.offset = offset + length;
  return reader.bytes.subarray(offset, offset + length);
}
