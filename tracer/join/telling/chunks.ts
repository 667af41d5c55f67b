/*
 * A write to a stream, told: its bytes, the frames in it, and how it was read, since a stream keeps no boundaries.
 */

import { whyChunk } from '../../explain/streams.js';
import type { ArrowDraft, ChunkContent } from '../model.js';
import type { ArrowStep } from '../story.js';
import { bytesInWords, piecesInWords } from './amounts.js';
import type { Told } from './told.js';

/** Tells a chunk. */
export function tellChunk(
  { joint, way }: ArrowDraft,
  { direction, bytes, masks, offset, reads, shared }: ChunkContent,
  outcome: ArrowStep['outcome'],
): Told {
  const flow = joint[way];
  const isGap = offset !== flow.nextByte;
  flow.nextByte = offset + bytes.length;
  if (isGap) flow.walk.stop();
  const names = joint.codec === 'text' ? '' : flow.walk.next(bytes);
  const inside = joint.codec === 'text' ? piecesInWords(lines(bytes), 'line') : names;
  const how = direction === 'sent' ? 'in one write' : 'in one read';
  const reading = outcome !== 'arrived' || direction !== 'sent' ? '' : readingInWords(reads, shared);
  const words = `${bytesInWords(bytes.length)} ${how}${inside && ` (${inside})`}${reading}`;
  return { label: 'DATA', words, why: whyChunk({ scheme: joint.scheme, direction, reads, shared }), bytes, masks };
}

function readingInWords(reads: number, shared: boolean): string {
  if (reads > 1) return `, read in ${reads} pieces`;
  return shared ? ', read together with others' : '';
}

function lines(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte === 10) count += 1;
  return count;
}
