/*
 * Frames at random for fast-check, made from the table of frames itself, so that a frame which is added to
 * the table is tested from that moment on. Also ways to cut a stream of bytes, as a network may.
 */
import fc from 'fast-check';
import { FrameDecoder, type Peer } from '../../../lib/wire/decode.js';
import type { Field } from '../../../lib/wire/fields.js';
import { FRAME_BY_TYPE, FRAMES, type Frame, type FrameType } from '../../../lib/wire/frames.js';

/** All types of frames that a side may send; of both sides if none is named. */
export function frameTypes(from?: Peer): FrameType[] {
  return (Object.keys(FRAMES) as FrameType[]).filter((type) => !from || [from, 'both'].includes(FRAMES[type].from));
}

/** Values of a field. */
export function arbitraryValue(field: Field): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case 'u8':
      return fc.nat(0xff);
    case 'u16':
      return fc.nat(0xffff);
    case 'u32':
      return fc.nat(0xffffffff);
    case 'u64':
      return fc.maxSafeNat();
    case 'str':
      return fc.string({ unit: 'binary', maxLength: 40 });
    case 'bytes':
      return fc.uint8Array({ maxLength: 40 });
    case 'choice':
      return fc.constantFrom(...Object.keys(field.values));
    case 'list':
      return fc.array(arbitraryValue(field.of), { maxLength: 6 });
    case 'record':
      return fc.tuple(...Object.entries(field.fields).map(named)).map(Object.fromEntries);
  }
}

/** Frames of one type. */
export function arbitraryFrame(type: FrameType): fc.Arbitrary<Frame> {
  return fc.tuple(...FRAME_BY_TYPE[type].fields.map(named)).map((values) => ({ type, ...Object.fromEntries(values) }) as Frame);
}

/** Frames of any type that a side may send. */
export function anyFrame(from?: Peer): fc.Arbitrary<Frame> {
  return fc.oneof(...frameTypes(from).map(arbitraryFrame));
}

/** Some of the places where a stream of this many bytes may be cut, and where it may not. */
export const arbitraryCuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

/** Cuts bytes into chunks at places between 0 (the beginning) and 1 (the end). */
export function cutAt(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [0, ...cuts.map((cut) => Math.floor(cut * bytes.length)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, i) => bytes.slice(places[i], end));
}

/** The side that may send a frame; the client, if both may. */
export function senderOf(type: FrameType): Peer {
  return FRAMES[type].from === 'server' ? 'server' : 'client';
}

/** Everything that a decoder makes of these chunks; throws as it does. */
export function decodeAll(from: Peer, chunks: readonly Uint8Array[]): { frames: Frame[]; bufferedBytes: number } {
  const decoder = new FrameDecoder(from);
  const frames: Frame[] = [];
  for (const chunk of chunks) {
    decoder.push(chunk);
    for (let frame: Frame | undefined = decoder.next(); frame; frame = decoder.next()) frames.push(frame);
  }
  return { frames, bufferedBytes: decoder.bufferedBytes };
}

/** Several pieces of bytes as one. */
export function concat(chunks: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
}

function named([name, field]: readonly [string, Field]): fc.Arbitrary<readonly [string, unknown]> {
  return arbitraryValue(field).map((value) => [name, value] as const);
}
