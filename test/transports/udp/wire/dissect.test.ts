/*
 * The packets' dissector finds every byte of a packet once, in order, and says of it what the decoder says.
 */
import { crc32 } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DissectedField } from '../../../../lib/wire/dissect-fields.js';
import { decodePacket, PacketError } from '../../../../transports/udp/wire/decode.js';
import { dissectPacket } from '../../../../transports/udp/wire/dissect.js';
import { PacketWriter } from '../../../../transports/udp/wire/encode.js';

const test = suite('packet dissector');
const checksum = (bytes: Uint8Array): number => crc32(bytes);
const writer = new PacketWriter(checksum);
const parameters = { arq: 'sack', congestion: 'newreno', credit: 64, idleTimeoutMs: 30_000, maxDatagramBytes: 1200 } as const;

function open(): Uint8Array {
  writer.begin('OPEN', { flags: 1, destination: 0x0102_0304_0506, number: 7 }, {}, 1200);
  writer.frame({ type: 'DATA', segment: 2, data: Uint8Array.of(0x68, 0x69) });
  writer.frame({ type: 'ACK', next: 3, credit: 9, delayUs: 5, ranges: [{ first: 1, last: 4 }] });
  writer.frame({ type: 'PING' });
  writer.frame({ type: 'CLOSE', code: 'done', text: 'bye' });
  return writer.finish();
}

const packets = (): Uint8Array[] => [
  writer.packet('SYN', {}, { client: 5, parameters, padding: new Uint8Array(100) }),
  writer.packet('COOKIE', { destination: 5 }, { server: 6, parameters, time: 7, mac: new Uint8Array(16) }),
  writer.packet('RST', { destination: 5 }, {}),
  open(),
];

test('the fields tile the packet, and the frames’ fields tile the frames', () => {
  for (const datagram of packets()) {
    const { fields, length } = dissectPacket(datagram);
    let at = 0;
    for (const field of fields) {
      assert.is(field.offset, at, field.name);
      at += field.length;
      if (['DATA', 'ACK', 'PING', 'CLOSE'].includes(field.name)) assert.is(sum(field.parts), field.length, field.name);
    }
    assert.equal([at, length], [datagram.length, datagram.length]);
  }
});

test('the values are the decoder’s', () => {
  const datagram = open();
  const decoded = decodePacket(datagram, checksum);
  const { type, fields } = dissectPacket(datagram);
  const value = (name: string): unknown => fields.find((field) => field.name === name)?.value;
  assert.equal(
    [type, value('flags'), value('destination'), value('number')],
    [decoded.type, decoded.flags, decoded.destination, decoded.number],
  );
  const frames = fields.filter(({ parts }) => parts).map(({ name, value: own }) => ({ type: name, ...(own as object) }));
  assert.equal(frames, 'frames' in decoded ? [...decoded.frames] : []);
});

test('the cookie’s MAC is a secret', () => {
  const { fields } = dissectPacket(packets()[1] as Uint8Array);
  assert.equal(
    fields.filter(({ secret }) => secret).map(({ name }) => name),
    ['mac'],
  );
});

test('what is no packet is refused; a spoilt one is shown', () => {
  const spoilt = open().slice();
  spoilt[spoilt.length - 1] = (spoilt[spoilt.length - 1] as number) ^ 1;
  assert.is(dissectPacket(spoilt).type, 'OPEN');
  for (const bytes of [new Uint8Array(3), new Uint8Array(40), open().subarray(0, 30)])
    assert.throws(
      () => dissectPacket(bytes),
      (error: unknown) => error instanceof PacketError,
    );
});

function sum(parts: readonly DissectedField[] = []): number {
  return parts.reduce((total, { length }) => total + length, 0);
}

test.run();
