/*
 * Captured packets by hand: real headers around a payload, as loopback has them (Ethernet, IPv4), and a capture file.
 */
import type { CapturedPacket } from '../../../tracer/kernel/index.js';
import type { TcpFlag } from '../../../tracer/trace/trace.js';

const FLAGS: readonly TcpFlag[] = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'];

/** A segment to be made. */
export interface Made {
  readonly from: number;
  readonly to: number;
  readonly flags: readonly TcpFlag[];
  readonly seq: number;
  readonly ack?: number;
  readonly window?: number;
  readonly options?: readonly number[];
  readonly payload?: Uint8Array;
}

/** A packet of a TCP segment between two ports of 127.0.0.1. */
export function tcpPacket({ from, to, flags, seq, ack = 0, window = 512, options = [], payload = new Uint8Array(0) }: Made): Uint8Array {
  const header = new Uint8Array(20 + options.length);
  const view = new DataView(header.buffer);
  view.setUint16(0, from);
  view.setUint16(2, to);
  view.setUint32(4, seq >>> 0);
  view.setUint32(8, ack >>> 0);
  header[12] = (header.length / 4) << 4;
  header[13] = FLAGS.reduce((bits, flag, bit) => bits | (flags.includes(flag) ? 1 << bit : 0), 0);
  view.setUint16(14, window);
  header.set(options, 20);
  return ipv4Packet(6, Buffer.concat([header, payload]));
}

/** A packet of a UDP datagram. */
export function udpPacket(from: number, to: number, payload: Uint8Array): Uint8Array {
  const header = new Uint8Array(8);
  const view = new DataView(header.buffer);
  view.setUint16(0, from);
  view.setUint16(2, to);
  view.setUint16(4, 8 + payload.length);
  return ipv4Packet(17, Buffer.concat([header, payload]));
}

/** Within Ethernet and IPv4. */
export function ipv4Packet(protocol: number, body: Uint8Array, fragment = 0): Uint8Array {
  const bytes = new Uint8Array(14 + 20 + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(12, 0x0800);
  bytes[14] = 0x45;
  view.setUint16(16, 20 + body.length);
  view.setUint16(20, fragment);
  bytes[23] = protocol;
  bytes.set([127, 0, 0, 1], 26);
  bytes.set([127, 0, 0, 1], 30);
  bytes.set(body, 34);
  return bytes;
}

/** Captured at a time, seconds since 1970. */
export function captured(bytes: Uint8Array, seconds = 0, microseconds = 0): CapturedPacket {
  return { seconds, nanoseconds: microseconds * 1000, linkType: 1, bytes, cut: false };
}

/** A capture file, with nanoseconds. */
export function pcapFile(packets: readonly CapturedPacket[], { littleEndian = true } = {}): Uint8Array {
  const header = new DataView(new ArrayBuffer(24));
  header.setUint32(0, 0xa1b23c4d, littleEndian);
  header.setUint16(4, 2, littleEndian);
  header.setUint16(6, 4, littleEndian);
  header.setUint32(16, 262_144, littleEndian);
  header.setUint32(20, packets[0]?.linkType ?? 1, littleEndian);
  const records = packets.flatMap(({ seconds, nanoseconds, bytes, cut }) => {
    const record = new DataView(new ArrayBuffer(16));
    [seconds, nanoseconds, bytes.length, bytes.length + (cut ? 1 : 0)].forEach(
      (value, i) => void record.setUint32(4 * i, value, littleEndian),
    );
    return [new Uint8Array(record.buffer), bytes];
  });
  return new Uint8Array(Buffer.concat([new Uint8Array(header.buffer), ...records]));
}
