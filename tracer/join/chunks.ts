/*
 * Chunks to arrows, for streams: one arrow for each write, with the time at which its last byte was read. One write may
 * be read in several pieces, and several writes at once, since a stream keeps no boundaries; the arrow counts that.
 * Where nobody saw the writing, there is an arrow for each read. UDP's segments are in its packets (packets.ts).
 */

import { FRAME_BY_CODE } from '../../lib/wire/frames.js';
import type { ChunkEvent } from '../trace/trace.js';
import { arrow, see } from './draft.js';
import type { ArrowDraft, ChunkContent, Draft, End, Flow, Joint, Station } from './model.js';
import { firstAndLast, view } from './stations.js';
import type { Timeline } from './timeline.js';

/** Takes a chunk that an end sent or received. */
export function takeChunk(end: End, event: ChunkEvent, timeline: Timeline<Draft>): void {
  const joint = end.joint as Joint;
  const { way, station } = view(end.seat, event.direction);
  if (way === 'down' && event.offset === 0 && joint.codec === 'unknown') joint.codec = codecOf(event.bytes);
  if (joint.scheme === 'udp') return;
  const flow = joint[way];
  const { first, last } = firstAndLast(joint, way);
  if (station === first) {
    const { direction, offset, bytes, masks } = event;
    const draft = arrow(event.at, event.basis, joint, way, { is: 'chunk', direction, offset, bytes, masks, reads: 0, shared: false });
    see(draft, station, event.at);
    timeline.insert(draft);
    // Read before it was reported as written: the clocks, or the order of reporting, differ.
    if (first !== last && offset + bytes.length <= flow.readUpTo) see(draft, last, flow.readAt);
    else flow.chunks.push(draft);
  }
  if (station === last && first !== last) takeReading(flow, event, station);
}

function takeReading(flow: Flow, { at, offset, bytes }: ChunkEvent, station: Station): void {
  const end = offset + bytes.length;
  flow.readUpTo = Math.max(flow.readUpTo, end);
  flow.readAt = at;
  let done = 0;
  for (const draft of flow.chunks) {
    const content = draft.content as ChunkContent;
    const to = content.offset + content.bytes.length;
    if (content.offset >= end) break;
    content.reads += 1;
    content.shared ||= offset < content.offset || end > to;
    if (to > end) break;
    see(draft, station, at);
    done += 1;
  }
  if (done > 0) flow.chunks.splice(0, done);
}

/** The server speaks first: a frame's type code is below the first character of a line. */
function codecOf(bytes: Uint8Array): 'frames' | 'text' | 'unknown' {
  const [first] = bytes;
  if (first === undefined) return 'unknown';
  return FRAME_BY_CODE.has(first) || first < 0x20 ? 'frames' : 'text';
}

/** An arrow that was told waits for nothing more. */
export function forgetChunk(flow: Flow, draft: ArrowDraft): void {
  const at = flow.chunks.indexOf(draft);
  if (at >= 0) flow.chunks.splice(at, 1);
}
