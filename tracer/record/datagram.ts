/*
 * A datagram as an event of a trace.
 */
import { crc32 } from 'node:zlib';
import type { DatagramTapEvent } from '../../lib/trace.js';
import { decodePacket, PacketError } from '../../transports/udp/wire/decode.js';
import type { Packet } from '../../transports/udp/wire/packets.js';
import { copied, type WatchedDatagram } from '../redact/index.js';
import type { DatagramEvent } from '../trace/trace.js';

const NOTHING = { bytes: new Uint8Array(0), masks: [] } as const;

/** The packet in a datagram, if there is one. */
export function packetIn({ bytes, fate }: Pick<DatagramTapEvent, 'bytes' | 'fate'>): Packet | undefined {
  if (fate === 'malformed') return undefined;
  try {
    return decodePacket(bytes, (data) => crc32(data));
  } catch (error) {
    if (!(error instanceof PacketError)) throw error;
    return undefined;
  }
}

/** Whether what is sent comes whole to the other end, as far as the link can tell. */
export function arrives({ fate }: Pick<DatagramTapEvent, 'fate'>): boolean {
  return fate !== 'lost' && fate !== 'corrupted';
}

/** The event: masked, or, where secrets are shown, as it was on the wire. What is no packet is not shown at all, for nobody knows what it is. */
export function datagramEvent(
  { local, remote, direction, bytes, fate, spoiled, again }: DatagramTapEvent,
  about: { readonly at: number; readonly by: string; readonly connection?: string },
  watched: WatchedDatagram | undefined,
  showSecrets: boolean,
): DatagramEvent {
  const shown = showSecrets ? { bytes: copied(spoiled ?? bytes), masks: [] } : (watched?.show() ?? NOTHING);
  const isWithheld = !showSecrets && (watched?.withheld ?? true);
  const told = fate ?? (isWithheld ? 'withheld' : undefined);
  return {
    ...{ kind: 'datagram', basis: 'observed', ...about, local, remote, direction, ...shown },
    ...(told && { fate: told }),
    ...(again && { again }),
  };
}
