/*
 * A packet taken apart for people: every field of it and of its frames, with the place of its bytes, its value and
 * whether it is a secret. Hex views and the exports show what this finds; the transport itself never needs it. What the
 * DATA carries is a piece of a stream and nothing that is known here.
 */
import { type DissectedField, dissectFields } from '../../../lib/wire/dissect-fields.js';
import { ByteReader } from '../../../lib/wire/fields.js';
import { PacketError } from './decode.js';
import { FRAME_BY_CODE, HEADER, PACKET_BY_CODE, type PacketType, SMALLEST_BYTES, TRAILER_BYTES, VERSION } from './packets.js';

/** A packet taken apart. Its frames are fields with parts, named as their types. */
export interface PacketDissection {
  readonly type: PacketType;
  /** The whole datagram, in bytes. */
  readonly length: number;
  readonly fields: readonly DissectedField[];
}

/**
 * Takes apart a datagram, whatever its checksum says: a spoilt one is shown, too.
 * @throws {PacketError} as the decoder does.
 */
export function dissectPacket(datagram: Uint8Array): PacketDissection {
  if (datagram.length < SMALLEST_BYTES) throw new PacketError('too-short', `${datagram.length} bytes are no packet`);
  const first = datagram[0] as number;
  if (first >> 4 !== VERSION) throw new PacketError('wrong-version', `version ${first >> 4} is not spoken here`);
  const packet = PACKET_BY_CODE.get(first & 0xf);
  if (!packet) throw new PacketError('unknown-type', `no packet has the type ${first & 0xf}`);
  const end = datagram.length - TRAILER_BYTES;
  const reader = new ByteReader(datagram, 1, end);
  try {
    const fields = [
      plain('version/type', 0, 1, first, `version ${VERSION} in the high four bits; packet type: ${packet.type}`),
      ...dissectFields(reader, Object.entries(HEADER), 0),
      ...dissectFields(reader, packet.fields, 0),
    ];
    while (packet.declaration.frames && reader.offset < end) fields.push(dissectFrame(reader));
    if (reader.offset !== end) throw new PacketError('malformed', `a ${packet.type} is longer than its fields`);
    const checksum = new ByteReader(datagram, end).u32();
    fields.push(plain('checksum', end, TRAILER_BYTES, checksum, 'CRC-32 of all bytes before it'));
    return { type: packet.type, length: datagram.length, fields };
  } catch (error) {
    throw error instanceof PacketError ? error : new PacketError('malformed', (error as Error).message, { cause: error });
  }
}

function dissectFrame(reader: ByteReader): DissectedField {
  const offset = reader.offset;
  const code = reader.u8();
  const frame = FRAME_BY_CODE.get(code);
  if (!frame) throw new PacketError('malformed', `no frame has the type ${code}`);
  const parts = [plain('type', offset, 1, code, `frame type: ${frame.type}`), ...dissectFields(reader, frame.fields, 0)];
  const value = Object.fromEntries(parts.slice(1).map((part) => [part.name, part.value]));
  return { ...plain(frame.type, offset, reader.offset - offset, value, frame.declaration.doc), parts };
}

function plain(name: string, offset: number, length: number, value: unknown, doc: string): DissectedField {
  return { name, offset, length, value, secret: false, doc };
}
