/* Packets are taken apart; whatever is neither TCP nor UDP, or not whole, is nothing. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { packetIn } from '../../../tracer/kernel/index.js';
import { ipv4Packet, tcpPacket, udpPacket } from './made-packets.js';

const options = [2, 4, 0xff, 0xd7, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7];

test('a segment with its flags and options', () => {
  const bytes = tcpPacket({
    from: 5000,
    to: 4000,
    flags: ['SYN', 'ECE'],
    seq: 0xfffffff0,
    window: 65_495,
    options,
    payload: Uint8Array.of(1),
  });
  assert.equal(packetIn(bytes, 1), {
    ...{ protocol: 'tcp', from: '127.0.0.1:5000', to: '127.0.0.1:4000', flags: ['SYN', 'ECE'], seq: 0xfffffff0, ack: 0, window: 65_495 },
    options: ['mss 65495', 'SACK permitted', 'timestamps', 'window scale 7'],
    payload: Uint8Array.of(1),
  });
});

test('padding behind an IP packet is none of its payload', () => {
  const bytes = Buffer.concat([udpPacket(1, 2, Uint8Array.of(3)), new Uint8Array(9)]);
  const packet = packetIn(new Uint8Array(bytes), 1);
  assert.equal(packet?.payload, Uint8Array.of(3));
});

test('IPv6, with an extension header, and addresses in their short form', () => {
  const udp = udpPacket(9, 10, Uint8Array.of(5)).subarray(34);
  const ipv6 = (source: readonly number[]) => {
    const bytes = new Uint8Array(40 + 8 + udp.length);
    bytes[0] = 0x60;
    new DataView(bytes.buffer).setUint16(4, 8 + udp.length);
    bytes.set(source, 8);
    bytes[39] = 1; // ::1
    bytes[40] = 17; // a header of hop-by-hop options of 8 bytes stands before the UDP
    bytes.set(udp, 48);
    return bytes;
  };
  const linkLocal = [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x12];
  const mapped = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 10, 0, 0, 1];
  assert.equal(
    [linkLocal, mapped].map((source) => packetIn(ipv6(source), 101)?.from),
    ['[fe80::12]:9', '10.0.0.1:9'],
  );
  assert.is(packetIn(ipv6(linkLocal), 101)?.to, '[::1]:10');
});

test('fragments, other protocols and other links are nothing, and so is whatever ends too early', () => {
  const udp = udpPacket(1, 2, Uint8Array.of(3));
  assert.is(packetIn(ipv4Packet(17, udp.subarray(34), 0x2000), 1), undefined);
  assert.is(packetIn(ipv4Packet(1, udp.subarray(34)), 1), undefined);
  assert.is(packetIn(udp, 147), undefined);
  const segment = tcpPacket({ from: 1, to: 2, flags: ['SYN'], seq: 1, options });
  for (let length = 0; length < segment.length; length++) packetIn(segment.subarray(0, length), 1); // throws nothing
  assert.is(packetIn(segment.subarray(0, 40), 1), undefined);
});

test.run();
