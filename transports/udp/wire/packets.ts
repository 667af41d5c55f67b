/*
 * THE table of UDP packets. Everything that knows them follows from it: the types, the encoder, the decoder,
 * docs/udp.md and what a trace shows. The field kinds are those of the chat's frames (lib/wire/fields.ts).
 *
 * A packet is a header of 14 bytes, its own fields, for some packets frames up to the end, and a CRC-32 of all that
 * stands before it. A frame is its type (u8) and its fields. Numbers are big-endian.
 */
import { bytes, choice, type Fields, list, record, str, u8, u16, u32, u64, type ValuesOf } from '../../../lib/wire/fields.js';

/** The version, in the high four bits of a packet's first byte. */
export const VERSION = 1;
/** Bytes before a packet's own fields: version and type, flags, destination, number. */
export const HEADER_BYTES = 14;
/** Bytes of the CRC-32 at a packet's end. */
export const TRAILER_BYTES = 4;
/** The smallest packet, and the whole of an RST. What is no larger is never answered by an RST, so that none answers another. */
export const SMALLEST_BYTES = HEADER_BYTES + TRAILER_BYTES;
/** How large a SYN is at least: whoever asks must spend as much as the answer could. RFC 9000 section 8.1 has the same number. */
export const SYN_BYTES = 1200;
/** How large a datagram may be that goes everywhere. RFC 9000 section 14. */
export const SAFE_DATAGRAM_BYTES = 1200;
/** Data in one segment: with its frame and an ACK of one range it fills a datagram of 1,200 bytes. */
export const SEGMENT_BYTES = SAFE_DATAGRAM_BYTES - SMALLEST_BYTES - 7 - 23;
/** Bytes of a PADDING beside its zeros. */
export const PADDING_OVERHEAD = 3;
/** The last number that packets and segments could have. None ever gets it: a connection is closed before. */
export const LAST_NUMBER = 2 ** 32 - 1;
/** A connection ID is below this, so that JavaScript holds it exactly and a Map finds it as a number. */
export const ID_LIMIT = 2 ** 53;

/** Flag of a packet that has frames: please acknowledge at once, since the sender can send no more until then. */
export const ACK_NOW = 1;
/** Flag of a CONNECT: not the policies of its parameters are to be used, but those that the COOKIE offered. */
export const OFFER_TAKEN = 2;
/** Flag of an RST: this refuses a SYN or a CONNECT, and the destination is the client's ID. */
export const REFUSED = 1;

const parameters = record('what the sender of this packet wants or offers', {
  arq: choice('how losses are repaired, at both ends; the client chooses, or takes the server’s offer', {
    'stop-and-wait': 1,
    'go-back-n': 2,
    'selective-repeat': 3,
    sack: 4,
  }),
  congestion: choice('how the sending rate adapts, at both ends; likewise', { none: 1, fixed: 2, newreno: 3, cubic: 4 }),
  credit: u32('segments that the peer may send before the first ACK'),
  idleTimeoutMs: u32('after so much silence the connection is given up; the smaller of both counts'),
  maxDatagramBytes: u16('the largest datagram that the peer may send'),
});

/** What both ends tell each other in the handshake. */
export type Parameters = ValuesOf<typeof parameters.fields>;
/** The ways of repairing losses that a packet can name. */
export type ArqName = Parameters['arq'];
/** The ways of adapting the rate that a packet can name. */
export type CongestionName = Parameters['congestion'];

/** A packet as declared. */
export interface PacketDeclaration<F extends Fields = Fields> {
  readonly code: number;
  readonly doc: string;
  readonly fields: F;
  /** Whether frames follow the fields. */
  readonly frames: boolean;
}

const packet = <const F extends Fields>(code: number, doc: string, fields: F, frames = false): PacketDeclaration<F> => ({
  code,
  doc,
  fields,
  frames,
});

/** The fields of every header, behind version and type. */
export const HEADER = {
  flags: u8('ACK_NOW in CONNECT and OPEN, OFFER_TAKEN in CONNECT, REFUSED in RST'),
  destination: u64('the ID under which the receiver knows the connection; 0 in a SYN'),
  number: u32('the packet’s number, from 1, never used twice; 0 in SYN, COOKIE and RST'),
} as const;

/** The packets by name. */
export const PACKETS = {
  SYN: packet(1, 'Asks for a cookie. As large as the largest answer could be.', {
    client: u64('the ID that the client will be known by'),
    parameters,
    padding: bytes('zeros, up to 1,200 bytes in all'),
  }),
  COOKIE: packet(2, 'Gives it, and forgets: whoever echoes it has shown that its address is its own.', {
    server: u64('the ID that the connection will have at the server'),
    parameters,
    time: u64('when it was made, by the server’s clock'),
    mac: bytes('HMAC-SHA-256 over address, both IDs, the client’s parameters and the time; its first 16 bytes', true),
  }),
  CONNECT: packet(
    3,
    'Echoes the cookie: from here on there is a connection. Whatever the client sends before the first answer is a CONNECT.',
    {
      client: u64('the client’s ID, as in the SYN'),
      parameters,
      time: u64('as in the COOKIE'),
      mac: bytes('as in the COOKIE', true),
    },
    true,
  ),
  OPEN: packet(4, 'Everything on an open connection.', {}, true),
  RST: packet(5, 'Says that there is no such connection, or (REFUSED) that there will be none.', {}),
} as const;

/** A frame as declared. */
export interface FrameDeclaration<F extends Fields = Fields> {
  readonly code: number;
  readonly doc: string;
  readonly fields: F;
  /** Whether the peer must acknowledge a packet that has one. */
  readonly eliciting: boolean;
}

const frame = <const F extends Fields>(code: number, eliciting: boolean, doc: string, fields: F): FrameDeclaration<F> => ({
  code,
  eliciting,
  doc,
  fields,
});

/** The frames by name. */
export const FRAMES = {
  DATA: frame(1, true, 'One segment of the stream. Sent again, it is in a new packet under the same segment number.', {
    segment: u32('the segment’s number, from 0'),
    data: bytes('the bytes'),
  }),
  ACK: frame(2, false, 'What has arrived, and how much more may be sent.', {
    next: u32('every segment before this one has arrived'),
    credit: u32('segments before this one may be sent; never retreats'),
    delayUs: u32('microseconds between the arrival of the newest packet and this ACK'),
    ranges: list(
      'numbers of packets that arrived, newest first',
      record('packets in a row', { first: u32('the first'), last: u32('the last, included') }),
    ),
  }),
  FIN: frame(3, true, 'No more data from this side. Takes the number of a segment, so that it is repeated like one.', {
    segment: u32('its number'),
  }),
  PING: frame(4, true, 'Asks for an ACK.', {}),
  CLOSE: frame(5, false, 'The connection is over. Repeated until the peer says CLOSE, too.', {
    code: choice('why', { done: 0, aborted: 1, protocol: 2, exhausted: 3, timeout: 4 }),
    text: str('the reason, as a person reads it'),
  }),
  PATH_CHALLENGE: frame(6, false, 'To an address from which the peer’s packets come of late: are you there?', {
    token: u64('a number that nobody can guess'),
  }),
  PATH_RESPONSE: frame(7, false, 'Yes: whoever echoes the token receives at that address.', {
    token: u64('as in the PATH_CHALLENGE'),
  }),
  PADDING: frame(8, false, 'Makes a packet larger. With a PING: does a datagram of this size get through?', {
    zeros: bytes('zeros, up to the size that is tried'),
  }),
} as const;

/** The names of the packets. */
export type PacketType = keyof typeof PACKETS;
/** The names of the frames. */
export type FrameType = keyof typeof FRAMES;
/** One frame: its `type` and its fields. */
export type FrameOf<T extends FrameType> = T extends FrameType ? { readonly type: T } & ValuesOf<(typeof FRAMES)[T]['fields']> : never;
/** Any frame. */
export type Frame = FrameOf<FrameType>;
/** Why a connection is closed. */
export type CloseCode = FrameOf<'CLOSE'>['code'];

/** What every packet has. */
export interface Header {
  readonly flags: number;
  readonly destination: number;
  readonly number: number;
}
/** The fields that a packet has of its own. */
export type PacketFields<T extends PacketType> = ValuesOf<(typeof PACKETS)[T]['fields']>;
/** One packet: its `type`, header and fields, and its frames if it may have some. */
export type PacketOf<T extends PacketType> = T extends PacketType
  ? { readonly type: T } & Header &
      PacketFields<T> &
      ((typeof PACKETS)[T]['frames'] extends false ? unknown : { readonly frames: readonly Frame[] })
  : never;
/** Any packet. */
export type Packet = PacketOf<PacketType>;
/** A packet that belongs to a connection. */
export type ConnectionPacket = PacketOf<'CONNECT' | 'OPEN'>;

/** A declaration, ready for the encoder and the decoder. */
export interface Compiled<T extends string, D> {
  readonly type: T;
  readonly declaration: D;
  readonly fields: readonly (readonly [string, Fields[string]])[];
}

const compile = <T extends string, D extends { readonly fields: Fields }>(table: Readonly<Record<T, D>>): Compiled<T, D>[] =>
  Object.entries<D>(table).map(([type, declaration]) => ({ type: type as T, declaration, fields: Object.entries(declaration.fields) }));

/** The packets and the frames by code, and the frames by name, ready for use. */
export const PACKET_BY_CODE: ReadonlyMap<number, Compiled<PacketType, PacketDeclaration>> = new Map(
  compile<PacketType, PacketDeclaration>(PACKETS).map((one) => [one.declaration.code, one]),
);
export const FRAME_BY_CODE: ReadonlyMap<number, Compiled<FrameType, FrameDeclaration>> = new Map(
  compile<FrameType, FrameDeclaration>(FRAMES).map((one) => [one.declaration.code, one]),
);
export const FIELDS_OF_FRAME = Object.fromEntries(
  compile<FrameType, FrameDeclaration>(FRAMES).map(({ type, fields }) => [type, fields]),
) as Readonly<Record<FrameType, Compiled<FrameType, FrameDeclaration>['fields']>>;
export const FIELDS_OF_PACKET = Object.fromEntries(
  compile<PacketType, PacketDeclaration>(PACKETS).map(({ type, fields }) => [type, fields]),
) as Readonly<Record<PacketType, Compiled<PacketType, PacketDeclaration>['fields']>>;
