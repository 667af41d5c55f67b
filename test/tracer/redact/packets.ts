/*
 * UDP packets by hand, for the tests of what is shown of them.
 */
import { crc32 } from 'node:zlib';
import { decodePacket } from '../../../transports/udp/wire/decode.js';
import { PacketWriter } from '../../../transports/udp/wire/encode.js';
import type { Frame, Packet } from '../../../transports/udp/wire/packets.js';

const checksum = (bytes: Uint8Array): number => crc32(bytes);

/** What both ends say of themselves. */
export const PARAMETERS = { arq: 'sack', congestion: 'newreno', credit: 100, idleTimeoutMs: 30_000, maxDatagramBytes: 1200 } as const;
/** The connection's numbers at both ends. */
export const [CLIENT, SERVER] = [1111, 2222];

/** A packet of an open connection. */
export function openPacket(destination: number, number: number, frames: readonly Frame[]): Uint8Array {
  const writer = new PacketWriter(checksum);
  writer.begin('OPEN', { flags: 0, destination, number }, {}, 60_000);
  for (const frame of frames) writer.frame(frame);
  return writer.finish().slice();
}

/** A COOKIE, and the CONNECT that brings it back. */
export function cookiePackets(
  mac: Uint8Array,
  frames: readonly Frame[] = [],
): { readonly cookie: Uint8Array; readonly connect: Uint8Array } {
  const writer = new PacketWriter(checksum);
  const cookie = writer.packet('COOKIE', { destination: CLIENT }, { server: SERVER, parameters: PARAMETERS, time: 5, mac }).slice();
  writer.begin('CONNECT', { flags: 0, destination: SERVER, number: 1 }, { client: CLIENT, parameters: PARAMETERS, time: 5, mac }, 60_000);
  for (const frame of frames) writer.frame(frame);
  return { cookie, connect: writer.finish().slice() };
}

/** Segments of a stream, in order. */
export function dataFrames(chunks: readonly Uint8Array[]): Frame[] {
  return chunks.map((data, segment) => ({ type: 'DATA', segment, data }));
}

/** Reads a packet; its checksum must hold. */
export function packetOf(datagram: Uint8Array): Packet {
  return decodePacket(datagram, checksum);
}

/** The data in a packet's segments, by number. */
export function dataIn(datagram: Uint8Array): readonly (readonly [segment: number, data: string])[] {
  const packet = packetOf(datagram);
  const frames = 'frames' in packet ? packet.frames : [];
  return frames.flatMap((frame) => (frame.type === 'DATA' ? [[frame.segment, Buffer.from(frame.data).toString('hex')] as const] : []));
}
