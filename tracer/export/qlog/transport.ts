/*
 * The packets of a connection as one end saw them, as QUIC's events: what it sent and received, what it dropped as spoilt
 * or doubled, and what it took for lost. A sender says nothing when it gives a packet up; that it sends the segments
 * again, and why, is how one knows. Its estimates are worked out anew from its packets (recovery.ts).
 */
import type { ConnectionPacket, Packet } from '../../../transports/udp/wire/packets.js';
import { readPacket } from '../../join/packet-head.js';
import type { ArrowStep } from '../../join/story.js';
import type { ResendCause } from '../../trace/trace.js';
import { qlogFrames, type Segments, segments } from './frames.js';
import { recovery } from './recovery.js';
import type { PlacedEvent } from './schema.js';

/** A packet at one end, at its time. */
interface Seen {
  readonly atNs: number;
  readonly isSent: boolean;
  readonly step: ArrowStep;
  readonly packet: Packet;
}

/** QUIC has one space of numbers for 0-RTT and 1-RTT, as CONNECT and OPEN share one here. */
const TYPES: Readonly<Record<Packet['type'], string>> = {
  SYN: 'initial',
  COOKIE: 'retry',
  CONNECT: '0RTT',
  OPEN: '1RTT',
  RST: 'stateless_reset',
};
/** How a repetition tells that what carried its segments before was given up. `bundled` tells nothing: it only goes along. */
const TRIGGERS: Readonly<Partial<Record<ResendCause, string>>> = {
  timeout: 'pto_expired',
  probe: 'pto_expired',
  fast: 'reordering_threshold',
};

/** What one end saw of its packets. */
export function transportEvents(arrows: readonly ArrowStep[], end: string): readonly PlacedEvent[] {
  const [ours, theirs] = [segments(), segments()];
  const recover = recovery();
  const carriedBy = new Map<number, ConnectionPacket>();
  const given = new Set<number>();
  return seenBy(arrows, end).flatMap((seen): readonly PlacedEvent[] => {
    const { atNs, isSent, step, packet } = seen;
    const event = (name: string, data: PlacedEvent['data']): PlacedEvent => ({ atNs, name, data });
    if (!isSent && step.outcome === 'corrupted') return [event('transport:packet_dropped', dropped(packet, step, 'payload_decrypt_error'))];
    if (!isSent && step.outcome === 'duplicate') return [event('transport:packet_dropped', dropped(packet, step, 'duplicate'))];
    const whole = event(`transport:packet_${isSent ? 'sent' : 'received'}`, whatIs(packet, step, isSent ? ours : theirs));
    if (!isNumbered(packet)) return [whole];
    if (!isSent) {
      const metrics = recover.received(packet, atNs);
      return metrics ? [whole, event('recovery:metrics_updated', metrics)] : [whole];
    }
    const trigger = step.repeats && TRIGGERS[step.repeats.cause];
    const lost = trigger === undefined ? undefined : carriedBy.get(step.repeats?.segment ?? -1);
    for (const frame of packet.frames) if ('segment' in frame) carriedBy.set(frame.segment, packet);
    const isNew = lost !== undefined && !given.has(lost.number);
    if (isNew) given.add(lost.number);
    const before = isNew ? [event('recovery:packet_lost', { header: headerOf(lost), trigger })] : [];
    if (isNew) recover.lost(lost);
    return [...before, whole, event('recovery:metrics_updated', recover.sent(packet, step.bytes.length, atNs))];
  });
}

function isNumbered(packet: Packet): packet is ConnectionPacket {
  return 'frames' in packet;
}

/** In the order of this end's clock. */
function seenBy(arrows: readonly ArrowStep[], end: string): readonly Seen[] {
  const seen = arrows.flatMap((step): readonly Seen[] => {
    const packet = step.lane === 'segments' ? readPacket(step.bytes) : undefined;
    if (!packet) return [];
    const { from, to, sentAt, receivedAt, outcome } = step;
    // a copy was made by the network: its sender sent one
    if (from === end && sentAt !== undefined && outcome !== 'duplicate') return [{ atNs: sentAt, isSent: true, step, packet }];
    return to === end && receivedAt !== undefined ? [{ atNs: receivedAt, isSent: false, step, packet }] : [];
  });
  return seen.sort((a, b) => a.atNs - b.atNs || a.step.number - b.step.number);
}

function headerOf(packet: Packet): Readonly<Record<string, unknown>> {
  return {
    packet_type: TYPES[packet.type],
    ...(isNumbered(packet) && { packet_number: packet.number }),
    ...(packet.destination !== 0 && { dcid: idText(packet.destination) }),
    ...('client' in packet && { scid: idText(packet.client) }),
  };
}

function idText(id: number): string {
  return id.toString(16).padStart(16, '0');
}

function whatIs(packet: Packet, step: ArrowStep, known: Segments): PlacedEvent['data'] {
  const frames = isNumbered(packet) ? qlogFrames(packet.frames, known) : [];
  return { header: headerOf(packet), frames, raw: { length: step.bytes.length } };
}

function dropped(packet: Packet, step: ArrowStep, trigger: string): PlacedEvent['data'] {
  return { header: headerOf(packet), raw: { length: step.bytes.length }, trigger };
}
