/*
 * What a sender knows of its way from its packets and the ACKs that it gets: round trips (RFC 9002 section 5) and what is
 * in flight. Worked out from the trace, not asked from the engine; so there is no congestion window in it.
 */
import { type ConnectionPacket, FRAMES } from '../../../transports/udp/wire/packets.js';

/** The metrics, as qlog names them, in milliseconds and bytes. */
export type Metrics = Readonly<Record<string, number>>;

/** A sender's view. */
export interface Recovery {
  sent(packet: ConnectionPacket, bytes: number, atNs: number): Metrics;
  /** A packet came; nothing, if it acknowledges nothing new. */
  received(packet: ConnectionPacket, atNs: number): Metrics | undefined;
  /** A packet was given up. */
  lost(packet: ConnectionPacket): void;
}

interface Flying {
  readonly bytes: number;
  readonly atNs: number;
  /** The numbers of its segments. */
  readonly segments: readonly number[];
}

const NS_PER_MS = 1e6;
const NS_PER_US = 1e3;

/** Begins with nothing known. */
export function recovery(): Recovery {
  const flying = new Map<number, Flying>();
  let bytesInFlight = 0;
  let rtt: { readonly latest: number; readonly min: number; readonly smoothed: number; readonly variance: number } | undefined;

  const land = (number: number): Flying | undefined => {
    const packet = flying.get(number);
    if (!packet) return undefined;
    flying.delete(number);
    bytesInFlight -= packet.bytes;
    return packet;
  };
  const metrics = (): Metrics => ({
    ...(rtt && { min_rtt: rtt.min, smoothed_rtt: rtt.smoothed, latest_rtt: rtt.latest, rtt_variance: rtt.variance }),
    bytes_in_flight: bytesInFlight,
    packets_in_flight: flying.size,
  });
  const measure = (latest: number, delay: number): void => {
    if (!rtt) {
      rtt = { latest, min: latest, smoothed: latest, variance: latest / 2 };
      return;
    }
    const min = Math.min(rtt.min, latest);
    const adjusted = latest >= min + delay ? latest - delay : latest;
    const variance = 0.75 * rtt.variance + 0.25 * Math.abs(rtt.smoothed - adjusted);
    rtt = { latest, min, smoothed: 0.875 * rtt.smoothed + 0.125 * adjusted, variance };
  };

  return {
    sent(packet, bytes, atNs) {
      if (packet.frames.some(({ type }) => FRAMES[type].eliciting)) {
        const carried = packet.frames.flatMap((frame) => ('segment' in frame ? [frame.segment] : []));
        flying.set(packet.number, { bytes, atNs, segments: carried });
        bytesInFlight += bytes;
      }
      return metrics();
    },
    received({ frames }, atNs) {
      let isNew = false;
      for (const frame of frames) {
        if (frame.type !== 'ACK') continue;
        const largest = Math.max(0, ...frame.ranges.map(({ last }) => last));
        const isIn = (number: number): boolean => frame.ranges.some(({ first, last }) => number >= first && number <= last);
        const landed = [...flying.keys()].filter(isIn).map((number) => ({ number, packet: land(number) }));
        const newest = landed.find(({ number }) => number === largest)?.packet;
        if (newest) measure((atNs - newest.atNs) / NS_PER_MS, (frame.delayUs * NS_PER_US) / NS_PER_MS);
        // lost or not: all that it carried has arrived, so nobody waits for it
        for (const [number, { segments }] of flying)
          if (segments.length > 0 && segments.every((segment) => segment < frame.next)) land(number);
        isNew ||= landed.length > 0;
      }
      return isNew ? metrics() : undefined;
    },
    lost: ({ number }) => void land(number),
  };
}
