/*
 * A captured packet taken apart: link header, IPv4 (RFC 791) or IPv6 (RFC 8200), TCP (RFC 9293) or UDP (RFC 768). Whatever
 * else goes over loopback, fragments and damaged packets included, is none of ours and gives nothing.
 */
import type { TcpFlag } from '../trace/trace.js';

/** A TCP segment, as it stands in the packet. */
export interface TcpSegment {
  readonly protocol: 'tcp';
  /** `127.0.0.1:4000`, `[::1]:4000`. */
  readonly from: string;
  readonly to: string;
  readonly flags: readonly TcpFlag[];
  readonly seq: number;
  readonly ack: number;
  readonly window: number;
  readonly options: readonly string[];
  readonly payload: Uint8Array;
}

/** A UDP datagram. */
export interface UdpDatagram {
  readonly protocol: 'udp';
  readonly from: string;
  readonly to: string;
  readonly payload: Uint8Array;
}

/** How that option begins. */
export const WINDOW_SCALE = 'window scale ';

const TCP = 6;
const UDP = 17;
/** Extension headers of IPv6 that only stand in between: hop-by-hop, routing, destination options. */
const PASSED_OVER = new Set([0, 43, 60]);
const FLAGS: readonly TcpFlag[] = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'];

/** Bytes of the link header by LINKTYPE: loopback of BSD, Ethernet, raw IP, Linux "cooked" in two versions. */
const LINK_BYTES: Readonly<Record<number, number>> = { 0: 4, 1: 14, 12: 0, 101: 0, 108: 4, 113: 16, 276: 20 };

/** Takes a packet apart; nothing if it is neither TCP nor UDP, or not whole. */
export function packetIn(bytes: Uint8Array, linkType: number): TcpSegment | UdpDatagram | undefined {
  const linkBytes = LINK_BYTES[linkType];
  if (linkBytes === undefined) return undefined;
  try {
    return ipPacket(bytes.subarray(linkBytes));
  } catch (error) {
    if (error instanceof RangeError) return undefined; // it ends within a header
    throw error;
  }
}

function ipPacket(bytes: Uint8Array): TcpSegment | UdpDatagram | undefined {
  const view = viewOf(bytes);
  const version = view.getUint8(0) >> 4;
  if (version === 4) {
    const isFragment = (view.getUint16(6) & 0x3fff) !== 0;
    if (isFragment) return undefined;
    const body = bytes.subarray((view.getUint8(0) & 15) * 4, view.getUint16(2));
    return transport(view.getUint8(9), body, ipv4(bytes.subarray(12, 16)), ipv4(bytes.subarray(16, 20)));
  }
  if (version !== 6) return undefined;
  let next = view.getUint8(6);
  let at = 40;
  for (; PASSED_OVER.has(next); at += (view.getUint8(at + 1) + 1) * 8) next = view.getUint8(at);
  const body = bytes.subarray(at, 40 + view.getUint16(4));
  return transport(next, body, ipv6(bytes.subarray(8, 24)), ipv6(bytes.subarray(24, 40)));
}

function transport(protocol: number, bytes: Uint8Array, source: string, destination: string): TcpSegment | UdpDatagram | undefined {
  if (protocol !== TCP && protocol !== UDP) return undefined;
  const view = viewOf(bytes);
  const [from, to] = [`${source}:${view.getUint16(0)}`, `${destination}:${view.getUint16(2)}`];
  if (protocol === UDP) return { protocol: 'udp', from, to, payload: bytes.subarray(8, view.getUint16(4)) };
  const headerBytes = (view.getUint8(12) >> 4) * 4;
  const bits = view.getUint8(13);
  if (headerBytes < 20 || headerBytes > bytes.length) return undefined;
  return {
    ...{ protocol: 'tcp', from, to },
    flags: FLAGS.filter((_, bit) => (bits & (1 << bit)) !== 0),
    ...{ seq: view.getUint32(4), ack: view.getUint32(8), window: view.getUint16(14) },
    options: optionsIn(bytes.subarray(20, headerBytes)),
    payload: bytes.subarray(headerBytes),
  };
}

/** The options by name. Of selective acknowledgements only that there are some: their numbers count real bytes. */
function optionsIn(bytes: Uint8Array): readonly string[] {
  const view = viewOf(bytes);
  const found: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const kind = view.getUint8(at);
    if (kind === 0) break;
    if (kind === 1) {
      at += 1;
      continue;
    }
    const length = view.getUint8(at + 1);
    if (length < 2 || at + length > bytes.length) break;
    if (kind === 2) found.push(`mss ${view.getUint16(at + 2)}`);
    else if (kind === 3) found.push(`${WINDOW_SCALE}${view.getUint8(at + 2)}`);
    else if (kind === 4) found.push('SACK permitted');
    else if (kind === 5) found.push('SACK');
    else if (kind === 8) found.push('timestamps');
    else found.push(`option ${kind}`);
    at += length;
  }
  return found;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function ipv4(bytes: Uint8Array): string {
  return Array.from(bytes).join('.');
}

/** As RFC 5952 writes it; an address of IPv4 within IPv6 as the IPv4 address that it is. */
function ipv6(bytes: Uint8Array): string {
  const view = viewOf(bytes);
  const groups = Array.from({ length: 8 }, (_, i) => view.getUint16(2 * i));
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) return ipv4(bytes.subarray(12));
  const text = groups.map((group) => group.toString(16)).join(':');
  const zeros = text.match(/(?:^|:)0(?::0)+(?=:|$)/g) ?? [];
  const longest = zeros.reduce((best, run) => (run.replace(/^:/, '').length > best.replace(/^:/, '').length ? run : best), '');
  if (longest === '') return `[${text}]`;
  const [before = '', after = ''] = [text.slice(0, text.indexOf(longest)), text.slice(text.indexOf(longest) + longest.length)];
  return `[${before}:${after === '' ? ':' : after}]`;
}
