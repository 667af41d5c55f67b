/* A capture is read however it is cut, in either byte order; what is no capture is told. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { pcapReader } from '../../../tracer/kernel/index.js';
import { captured, pcapFile, udpPacket } from './made-packets.js';

const packets = [captured(udpPacket(1, 2, Uint8Array.of(7, 8)), 5, 6), { ...captured(udpPacket(3, 4, Uint8Array.of(9)), 7, 8), cut: true }];

for (const littleEndian of [true, false]) {
  test(`byte by byte and at once, ${littleEndian ? 'little' : 'big'} endian`, () => {
    const file = pcapFile(packets, { littleEndian });
    const whole = pcapReader();
    assert.equal(whole.push(file), packets);
    const pieces = pcapReader();
    const found = Array.from(file).flatMap((byte) => pieces.push(Uint8Array.of(byte)));
    assert.equal(found, packets);
    assert.is(pieces.isCut, false);
  });
}

test('a capture that ends within a packet gives those before it', () => {
  const reader = pcapReader();
  assert.is(reader.push(pcapFile(packets).subarray(0, -1)).length, 1);
  assert.is(reader.isCut, true);
  assert.is(reader.problem, undefined);
});

test('what is no capture is told, and read no further', () => {
  const reader = pcapReader();
  assert.equal(reader.push(new TextEncoder().encode('tcpdump: something else that is written here')), []);
  assert.match(reader.problem ?? '', /no capture/);
  assert.equal(reader.push(pcapFile(packets)), []);
});

test('a length that no packet has is told', () => {
  const file = pcapFile(packets);
  file.fill(0xff, 32, 36);
  const reader = pcapReader();
  assert.equal(reader.push(file), []);
  assert.match(reader.problem ?? '', /damaged/);
});

test.run();
