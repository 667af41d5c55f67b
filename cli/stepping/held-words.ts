/*
 * What the status line says of held packets, and the ladder of what was done to them. It shows no lengths and no data: a
 * packet in the air is not masked yet.
 */
import { readPacket } from '../../tracer/join/packet-head.js';
import type { Deed, Holder } from '../../tracer/proxy/index.js';
import type { Passing } from '../../transports/link/index.js';
import type { Frame } from '../../transports/udp/wire/packets.js';

/** The keys, as the status line tells them; `looks`: the ladder can be looked back through. */
export function holdKeys(looks: boolean): string {
  const back = looks ? ' · ↑ ↓ look back' : '';
  return `space let it go · k kill · d delay 1 s · c copy · on to the next: h handshake f frame l loss${back} · a let all go · q ends, and lets all go`;
}

/** What waits. */
export function heldWords({ held, delayed, runsOn }: Holder): string {
  const later = delayed === 0 ? '' : ` · ${delayed} on the way, delayed`;
  const [first, ...more] = held;
  if (!first && runsOn) return `Packets go on by themselves to the next of that kind; space holds the next one${later}`;
  if (!first) return `Nothing is held: the next packet will be${later}`;
  return `Held: ${packetWords(first)}${more.length === 0 ? '' : ` · ${more.length} more behind it`}${later}`;
}

/** What was done by hand to a packet. */
export function deedWords(deed: Deed, packet: Passing, ms?: number): string {
  return `By hand: ${deed}${ms === undefined ? '' : ` for ${ms / 1000} s`}: ${packetWords(packet)}`;
}

function packetWords({ from, datagram }: Passing): string {
  const way = from === 'client' ? 'client → server' : 'server → client';
  const packet = readPacket(datagram);
  if (!packet) return `${way}, no packet of ours`;
  if (packet.type !== 'CONNECT' && packet.type !== 'OPEN') return `${way} ${packet.type}`;
  const frames = packet.frames.map(frameWords).join(', ');
  return `${way} ${packet.type === 'OPEN' ? '' : `${packet.type} `}packet ${packet.number}: ${frames}`;
}

function frameWords(frame: Frame): string {
  if ('segment' in frame) return `${frame.type} segment ${frame.segment}`;
  return frame.type === 'ACK' ? `ACK up to ${frame.next - 1}`.replace('up to -1', 'of packets') : frame.type;
}
