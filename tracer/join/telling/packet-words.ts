/*
 * A UDP packet's name and what it carries, in a few words: `segment 3, 42 bytes (SAY); ACK up to 2, credit 64`.
 */
import { cleanLine } from '../../../lib/wire/clean.js';
import {
  ACK_NOW,
  type Frame,
  type FrameOf,
  OFFER_TAKEN,
  type Packet,
  type PacketOf,
  REFUSED,
} from '../../../transports/udp/wire/packets.js';
import type { ResendCause } from '../../trace/trace.js';
import type { ArrowStep } from '../story.js';
import { bytesInWords, grouped } from './amounts.js';

/** A segment in a packet. */
export interface SegmentWords {
  readonly frame: FrameOf<'DATA'> | FrameOf<'FIN'>;
  /** The chat's frames in it, by name. */
  readonly frames: string;
  /** If it was sent before: in which step, and why it is sent again. */
  readonly again: ArrowStep['repeats'];
  readonly cause: ResendCause | undefined;
}

/** How a cause reads beside `again`. */
const CAUSES: Readonly<Record<ResendCause, string>> = { timeout: 'timeout', probe: 'probe', fast: 'fast retransmit', bundled: 'bundled' };
/** So many digits of a connection ID are enough to tell it from another. */
const ID_DIGITS = 6;
/** So many segments are told one by one; of more, their number. */
const TOLD_SEGMENTS = 4;

/** The name on the arrow: the packet's, or of a packet on an open connection the most telling frame's. */
export function packetLabel(packet: Packet): string {
  if (packet.type !== 'OPEN') return packet.type;
  const types = new Set(packet.frames.map(({ type }) => type));
  const telling = (['CLOSE', 'PATH_CHALLENGE', 'PATH_RESPONSE', 'DATA', 'FIN', 'PING', 'ACK'] as const).filter((type) => types.has(type));
  if (telling[0] === 'DATA' && telling[1] === 'FIN') return 'DATA FIN';
  if (types.has('PADDING')) return 'PING PADDING';
  return telling[0] ?? 'OPEN';
}

/** What is known of a packet beside what stands in it. */
interface Known {
  /** Where it was told first, if it is a SYN, a COOKIE or a CONNECT that goes again. */
  readonly firstStep: number | undefined;
  readonly repeats: ArrowStep['repeats'] | undefined;
  /** A CONNECT with a cookie that nobody was given. */
  readonly madeUp: boolean;
}

/** What it carries. */
export function packetWords(packet: Packet, segments: readonly SegmentWords[], { firstStep, repeats, madeUp }: Known): string {
  const again = (words: string) => (firstStep === undefined ? '' : `${words}, first in step ${firstStep}; `);
  switch (packet.type) {
    case 'SYN':
      return `${again('again (timeout)')}I am ${id(packet.client)}; ${parameters(packet)}; padded to 1,200 bytes`;
    case 'COOKIE':
      return `${again('one more, for one more SYN')}you will be ${id(packet.server)} here; time and MAC; credit ${packet.parameters.credit}`;
    case 'CONNECT':
      return [
        `${madeUp ? `a made-up cookie, for ${id(packet.destination)}` : 'the cookie, echoed'}${firstStep === undefined ? '' : ` again, first in step ${firstStep}`}`,
        ...((packet.flags & OFFER_TAKEN) !== 0 ? ['the policies that you offer'] : []),
        ...frameWords(packet, segments, repeats),
      ].join('; ');
    case 'OPEN':
      return frameWords(packet, segments, repeats).join('; ');
    case 'RST':
      return (packet.flags & REFUSED) !== 0 ? 'refused: there will be no connection' : `there is no connection ${id(packet.destination)}`;
  }
}

function frameWords(
  packet: PacketOf<'CONNECT'> | PacketOf<'OPEN'>,
  segments: readonly SegmentWords[],
  repeats: ArrowStep['repeats'] | undefined,
): string[] {
  const told = segments.slice(0, TOLD_SEGMENTS).map((segment) => segmentWords(segment, repeats));
  const rest = segments.slice(TOLD_SEGMENTS);
  if (rest.length > 0) told.push(`segments ${rest[0]?.frame.segment} to ${rest.at(-1)?.frame.segment}`);
  const others = packet.frames.flatMap((frame) => otherWords(frame));
  if ((packet.flags & ACK_NOW) !== 0) others.push('asks for an ACK at once');
  return [...told, ...others];
}

/** That the step points back for a segment (`repeats`), every view says by itself, with the cause and where it was first. */
function segmentWords({ frame, frames, again, cause }: SegmentWords, repeats: ArrowStep['repeats'] | undefined): string {
  const what = frame.type === 'FIN' ? `FIN is segment ${frame.segment}` : `segment ${frame.segment}, ${bytesInWords(frame.data.length)}`;
  const inside = frames && ` (${frames})`;
  if (again && again !== repeats) return `${what}${inside} again (${CAUSES[again.cause]}), first in step ${again.step}`;
  return cause && !again ? `${what}${inside} again (${CAUSES[cause]})` : `${what}${inside}`;
}

function otherWords(frame: Frame): string[] {
  switch (frame.type) {
    case 'ACK':
      return [ackWords(frame)];
    case 'CLOSE':
      return [`CLOSE ${frame.code}${frame.text === '' ? '' : `: ${cleanLine(frame.text)}`}`];
    case 'PING':
      return ['PING'];
    case 'PADDING':
      return [`${grouped(frame.zeros.length)} zeros: does a datagram of this size get through?`];
    case 'PATH_CHALLENGE':
      return ['are you at this address now?'];
    case 'PATH_RESPONSE':
      return ['yes, at this address'];
    case 'DATA':
    case 'FIN':
      return [];
  }
}

/** Cumulative, by segments; before there is one, by packets. Gaps are told, since they are what SACK is for. */
function ackWords({ next, credit, ranges }: FrameOf<'ACK'>): string {
  const packets = ranges
    .slice(0, 3)
    .map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`))
    .reverse()
    .join(', ');
  const name =
    ranges.length > 1 || next === 0
      ? `${next === 0 ? 'of ' : ''}packet${packets.includes(',') || packets.includes('-') ? 's' : ''} ${packets}`
      : '';
  const upTo = next === 0 ? '' : `up to ${next - 1}`;
  const what = [upTo, packets && name].filter((part) => part !== '').join(' and ');
  return `ACK ${what === '' ? 'of nothing yet' : what}, credit ${grouped(credit)}`;
}

function id(number: number): string {
  const digits = number.toString(16);
  return digits.length > ID_DIGITS ? `${digits.slice(0, ID_DIGITS)}…` : digits;
}

function parameters({ parameters: { arq, congestion, credit } }: PacketOf<'SYN'>): string {
  return `${arq}, ${congestion}, credit ${credit}`;
}
