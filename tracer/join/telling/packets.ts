/*
 * A UDP packet, told: its frames in words, its place in the handshake or the parting, and if it carries a segment that
 * was sent before, in which step that was and why it is sent again.
 */

import type { ConnectionPacket, Frame, Packet } from '../../../transports/udp/wire/packets.js';
import { whyPacket } from '../../explain/packets.js';
import type { ResendCause } from '../../trace/trace.js';
import type { ArrowDraft, Flow, Joint, PacketContent, ToldSegment, Way } from '../model.js';
import { readPacket } from '../packet-head.js';
import type { ArrowStep } from '../story.js';
import { bytesInWords } from './amounts.js';
import { packetLabel, packetWords, type SegmentWords } from './packet-words.js';
import { guessCause } from './resend-cause.js';
import type { Told } from './told.js';

/** So many packets and segments of one direction are remembered; no sender has more under way. */
const REMEMBERED = 4096;

/** Tells a packet. */
export function tellPacket(draft: ArrowDraft, content: PacketContent, outcome: ArrowStep['outcome'], step: number): Told {
  const { joint, way } = draft;
  const { bytes, masks, number } = content;
  const flow = joint[way];
  const packet = readPacket(bytes);
  if (!packet && draft.fate === 'withheld') return { label: 'WITHHELD', words: WITHHELD, why: WHY_WITHHELD, bytes, masks };
  if (!packet) return { label: 'UNREADABLE', words: `${bytesInWords(bytes.length)} that are no packet`, why: WHY_UNREADABLE, bytes, masks };
  if (draft.copy) return { ...copyOf(packet, flow, number), bytes, masks };

  const missing = outcome === 'lost' || outcome === 'unseen';
  const late = flow.toldPackets.get(number);
  if (number > 0 && !late) remember(flow.toldPackets, number, { step, missing });
  const segments = takeSegments(packet, flow, content, step);
  const repeats = segments.reduce<SegmentWords['again']>(mostTelling, undefined);
  const madeUp = isMadeUp(packet, joint);
  const again = madeUp ? undefined : firstOf(packet, flow, step);
  if (packet.type === 'COOKIE') remember(joint.offered, packet.server, step);
  takeNumbers(packet, joint, way);
  const phase = phaseOf(packet, joint, way, missing);
  const notes = [draft.fate === 'withheld' && 'data not shown', late && `late, told as missing in step ${late.step}`];
  const words = [packetWords(packet, segments, { firstStep: again, repeats, madeUp }), ...notes].filter((part) => part).join('; ');
  return {
    label: packetLabel(packet),
    words,
    ...(phase !== undefined && { phase }),
    why: whyPacket(packet, {
      again: again !== undefined,
      madeUp,
      cause: repeats?.cause,
      opens: phase === OPENED,
      firstStep: repeats?.step ?? again,
    }),
    ...(repeats && { repeats }),
    bytes,
    masks,
  };
}

const WITHHELD = 'not shown: it may hold a secret that could not be cut out';
const WHY_WITHHELD = 'It was sent like any other, but its bytes stay out of the trace, since a secret could be read from them.';
const WHY_UNREADABLE = 'The checksum or the form is wrong, so the receiver drops it as if it had been lost.';
const OPENED = 'handshake 4/4';

function copyOf(packet: Packet, flow: Flow, number: number): Omit<Told, 'bytes' | 'masks'> {
  const first = flow.toldPackets.get(number)?.step;
  return {
    label: packetLabel(packet),
    words: `a second copy${number > 0 ? ` of packet ${number}` : ''}${first === undefined ? '' : `, first in step ${first}`}`,
    why: 'The network delivered it twice; the receiver knows the packet number, or the state it is in, and drops the copy.',
  };
}

/** Notes the segments of a packet; says which of them were told before. */
function takeSegments(packet: Packet, flow: Flow, { again, number }: PacketContent, step: number): readonly SegmentWords[] {
  if (packet.type !== 'CONNECT' && packet.type !== 'OPEN') return [];
  const found: SegmentWords[] = [];
  const brings = packet.frames.some((frame) => 'segment' in frame && !flow.toldSegments.has(frame.segment));
  for (const frame of packet.frames) {
    if (!('segment' in frame)) continue;
    const { segment } = frame;
    const told = flow.toldSegments.get(segment);
    const said = again?.find((each) => each.segment === segment)?.cause;
    if (!told) {
      const frames = framesIn(frame, flow);
      remember<ToldSegment>(flow.toldSegments, segment, { step, frames, packet: number });
      // Its first sending is not in the story: it was before the recording, or too long ago.
      found.push({ frame, frames, again: undefined, cause: said });
      continue;
    }
    const cause: ResendCause = said ?? guessCause({ packet, brings, acked: flow.ackedPacket, last: told.packet });
    told.packet = number;
    found.push({ frame, frames: told.frames, again: { step: told.step, segment, cause }, cause });
  }
  return found;
}

function framesIn(frame: Frame, flow: Flow): string {
  if (frame.type !== 'DATA') return '';
  if (frame.segment !== flow.nextSegment) flow.walk.stop();
  flow.nextSegment = frame.segment + 1;
  return flow.walk.next(frame.data);
}

/** Of several segments that are sent again: the one whose cause was not the company of another. */
function mostTelling(best: SegmentWords['again'], { again }: SegmentWords): SegmentWords['again'] {
  if (!again) return best;
  return !best || (best.cause === 'bundled' && again.cause !== 'bundled') ? again : best;
}

/** SYN, COOKIE and the CONNECTs have no segment to be known by: in which step the first was, if it was told. */
function firstOf({ type }: Packet, flow: Flow, step: number): number | undefined {
  if (type === 'OPEN' || type === 'RST') return undefined;
  const first = flow.firstOf.get(type);
  if (first === undefined) flow.firstOf.set(type, step);
  return first;
}

/** A CONNECT for a connection ID that no COOKIE has offered: its MAC cannot be right. Where not all COOKIEs are known, nobody can tell. */
function isMadeUp(packet: Packet, { offered }: Joint): boolean {
  const areKnown = offered.size > 0 && offered.size < REMEMBERED;
  return packet.type === 'CONNECT' && areKnown && !offered.has(packet.destination);
}

/** What the packet says of the other direction's packets, and of this one's end. */
function takeNumbers(packet: Packet, joint: Joint, way: Way): void {
  const back = joint[way === 'up' ? 'down' : 'up'];
  for (const frame of framesOf(packet)) {
    if (frame.type === 'FIN') joint[way].finSegment ??= frame.segment;
    if (frame.type === 'ACK') for (const { last } of frame.ranges) back.ackedPacket = Math.max(back.ackedPacket, last);
  }
}

function phaseOf(packet: Packet, joint: Joint, way: Way, missing: boolean): string | undefined {
  switch (packet.type) {
    case 'SYN':
      return 'handshake 1/4';
    case 'COOKIE':
      return 'handshake 2/4';
    case 'CONNECT':
      return 'handshake 3/4';
    case 'RST':
      return joint.open ? 'closing' : 'handshake refused';
    case 'OPEN': {
      if (way === 'up') joint.open = true; // the client has heard of it, whoever saw that or did not
      if (way === 'down' && !joint.open && joint.up.firstOf.has('CONNECT')) {
        joint.open = !missing;
        return OPENED;
      }
      const { finSegment } = joint[way === 'up' ? 'down' : 'up'];
      const parts = packet.frames.some(
        (frame) =>
          frame.type === 'FIN' || frame.type === 'CLOSE' || (frame.type === 'ACK' && finSegment !== undefined && frame.next > finSegment),
      );
      return parts ? 'closing' : undefined;
    }
  }
}

function framesOf(packet: Packet): readonly Frame[] {
  return 'frames' in packet ? (packet as ConnectionPacket).frames : [];
}

function remember<T>(map: Map<number, T>, key: number, value: T): void {
  map.set(key, value);
  if (map.size <= REMEMBERED) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    break;
  }
}
