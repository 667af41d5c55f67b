/*
 * The kernel lane: captured packets become events of a trace. Only packets of connections that the trace knows are kept;
 * what else went over loopback is other people's, and nothing of it gets any further than this file.
 */

import { namesIn } from '../../transports/udp/wire/decode.js';
import { type KnownEnd, type KnownEnds, plainAddress } from '../below/known-ends.js';
import { moments } from '../below/moment.js';
import { type StreamMap, streamMap } from '../below/stream-map.js';
import type { Basis, KernelEvent } from '../trace/trace.js';
import { type Conversation, conversation } from './conversation.js';
import { packetIn, type TcpSegment, type UdpDatagram } from './packet.js';
import type { CapturedPacket } from './pcap.js';

/** What the lane is made of. */
export interface KernelLaneParts {
  readonly packets: readonly CapturedPacket[];
  readonly ends: KnownEnds;
  readonly startedAtMs: number;
  /** How far the trace's clock was ahead of the wall clock, milliseconds. */
  readonly skewMs?: number | undefined;
  readonly showSecrets: boolean;
}

/** The lane. */
export interface KernelLane {
  readonly events: readonly KernelEvent[];
  /** Packets that belong to nobody in the trace. */
  readonly strangers: number;
  /** How far the wall clock was set back meanwhile, milliseconds. */
  readonly setBackMs: number;
}

interface Followed {
  readonly stream: StreamMap;
  readonly conversation: Conversation;
  readonly client: string;
  readonly end: KnownEnd;
  readonly basis: Basis;
  /** A FIN or RST was seen: the same addresses again are another connection. */
  over: boolean;
}

/** Makes the lane. */
export function kernelLane({ packets, ends, startedAtMs, skewMs, showSecrets }: KernelLaneParts): KernelLane {
  const clock = moments(startedAtMs, skewMs);
  const followed = new Map<string, Followed>();
  const places = new Map<string, number>();
  const failed = ends.all.filter(({ dialled, local }) => dialled && local === undefined);
  const events: (() => KernelEvent)[] = [];
  let strangers = 0;

  function followedBy(segment: TcpSegment): Followed | undefined {
    const key = [segment.from, segment.to].sort().join(' ');
    const known = followed.get(key);
    const isNew = segment.flags.includes('SYN') && !segment.flags.includes('ACK');
    if (known && !(isNew && known.over)) return known;
    const place = places.get(key) ?? 0;
    const found = tcpEnd(segment, isNew, place);
    if (!found) return undefined;
    places.set(key, place + 1);
    const { end, basis, client } = found;
    const stream = streamMap({ showSecrets });
    const one: Followed = { stream, conversation: conversation(stream), client, end, basis, over: false };
    if (known) known.stream.finish();
    followed.set(key, one);
    return one;
  }

  function tcpEnd({ from, to }: TcpSegment, isNew: boolean, place: number): Pick<Followed, 'end' | 'basis' | 'client'> | undefined {
    const found = pairOf(ends, 'tcp', from, to, place);
    if (found) return { ...found, basis: 'observed' };
    if (!isNew) return undefined;
    // a dial that never got through: it is known by where it went, and when
    const dial = failed.find(({ remote }) => remote === `tcp://${to}`);
    if (!dial) return undefined;
    failed.splice(failed.indexOf(dial), 1);
    return { end: dial, basis: 'inferred', client: from };
  }

  function takeTcp(at: number, segment: TcpSegment, cut: boolean): boolean {
    const one = followedBy(segment);
    if (!one) return false;
    const { from, flags, options } = segment;
    if (flags.includes('FIN') || flags.includes('RST')) one.over = true;
    const numbers = one.conversation.take(from === one.client ? 'client' : 'server', segment, cut);
    const whose = eventOf(at, segment, one);
    events.push(() => ({ ...whose, flags, ...(options.length > 0 && { options }), ...numbers() }));
    return true;
  }

  function takeUdp(at: number, datagram: UdpDatagram): boolean {
    const found = pairOf(ends, 'udp', datagram.from, datagram.to, 0);
    if (!found) return false;
    const names = namesIn(datagram.payload);
    const whose = eventOf(at, datagram, { ...found, basis: 'observed' });
    events.push(() => ({ ...whose, ...(names.length > 0 && { names }), bytes: new Uint8Array(0), masks: [] }));
    return true;
  }

  for (const { seconds, nanoseconds, bytes, linkType, cut } of packets) {
    const packet = packetIn(bytes, linkType);
    const at = Math.max(0, clock.of(seconds, nanoseconds));
    const isOurs = packet && (packet.protocol === 'tcp' ? takeTcp(at, packet, cut) : takeUdp(at, packet));
    if (!isOurs) strangers += 1;
  }
  for (const { stream } of followed.values()) stream.finish();
  return { events: events.map((event) => event()), strangers, setBackMs: clock.setBackMs };
}

/** The end by which a connection is told: that which dialled, if it is known. */
function pairOf(ends: KnownEnds, scheme: 'tcp' | 'udp', one: string, other: string, place: number) {
  const [a, b] = [`${scheme}://${one}`, `${scheme}://${other}`].map(plainAddress) as [string, string];
  const found = [ends.at(a, b, place), ends.at(b, a, place)].filter((end) => end !== undefined);
  const end = found.find(({ dialled }) => dialled) ?? found[0];
  if (!end) return undefined;
  const isOne = end.local === a;
  return { end, client: isOne === end.dialled ? one : other };
}

type Whose = Pick<KernelEvent, 'kind' | 'at' | 'basis' | 'by' | 'connection' | 'direction' | 'local' | 'remote'>;

function eventOf(
  at: number,
  { protocol, from, to }: TcpSegment | UdpDatagram,
  followed: Pick<Followed, 'end' | 'basis' | 'client'>,
): Whose {
  const { end, basis, client } = followed;
  const { by, connection, dialled } = end;
  const isSent = (from === client) === dialled;
  const [local, remote] = isSent ? [from, to] : [to, from];
  return {
    ...{ kind: 'kernel', at, basis, by, connection, direction: isSent ? 'sent' : 'received' },
    ...{ local: `${protocol}://${local}`, remote: `${protocol}://${remote}` },
  };
}
