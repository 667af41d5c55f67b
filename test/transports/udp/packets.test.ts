/*
 * The packets' encoder and decoder: what is written is read, to the byte, and whatever else comes is a PacketError.
 */
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decodePacket, namesIn, PacketError } from '../../../transports/udp/wire/decode.js';
import { PacketWriter } from '../../../transports/udp/wire/encode.js';
import { type Frame, type PacketOf, SEGMENT_BYTES } from '../../../transports/udp/wire/packets.js';

const test = suite('packets');
const checksum = (bytes: Uint8Array): number => crc32(bytes);
const writer = new PacketWriter(checksum);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const u32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const plain = { noNullPrototype: true } as const;
const frame: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({ type: fc.constant('DATA' as const), segment: u32, data: fc.uint8Array({ maxLength: 300 }) }, plain),
  fc.record(
    {
      type: fc.constant('ACK' as const),
      next: u32,
      credit: u32,
      delayUs: u32,
      ranges: fc.array(fc.record({ first: u32, last: u32 }, plain), { maxLength: 20 }),
    },
    plain,
  ),
  fc.record({ type: fc.constant('FIN' as const), segment: u32 }, plain),
  fc.constant({ type: 'PING' as const }),
  fc.record({ type: fc.constant('PADDING' as const), zeros: fc.nat({ max: 300 }).map((count) => new Uint8Array(count)) }, plain),
  fc.record(
    { type: fc.constantFrom('PATH_CHALLENGE' as const, 'PATH_RESPONSE' as const), token: fc.maxSafeNat() },
    { noNullPrototype: true },
  ),
  fc.record(
    {
      type: fc.constant('CLOSE' as const),
      code: fc.constantFrom('done', 'aborted', 'protocol', 'exhausted'),
      text: fc.string({ unit: 'grapheme' }),
    },
    plain,
  ),
);

test('an OPEN by hand, byte by byte', () => {
  writer.begin('OPEN', { flags: 1, destination: 0x0102_0304_0506, number: 7 }, {}, 1200);
  writer.frame({ type: 'DATA', segment: 2, data: Uint8Array.of(0x68, 0x69) });
  writer.frame({ type: 'ACK', next: 3, credit: 9, delayUs: 5, ranges: [{ first: 1, last: 4 }] });
  const datagram = writer.finish();
  const body = '1401' + '0000010203040506' + '00000007' + '01' + '00000002' + '0002' + '6869';
  const ack = '02' + '00000003' + '00000009' + '00000005' + '0001' + '00000001' + '00000004';
  assert.is(hex(datagram.subarray(0, -4)), body + ack);
  assert.is(hex(datagram.subarray(-4)), crc32(datagram.subarray(0, -4)).toString(16).padStart(8, '0'));
  assert.equal(namesIn(datagram), ['OPEN', 'DATA', 'ACK']);
});

test('a full segment and an ACK of one range fill 1,200 bytes exactly; an RST has 18', () => {
  writer.begin('OPEN', { flags: 0, destination: 1, number: 1 }, {}, 1200);
  writer.frame({ type: 'ACK', next: 3, credit: 9, delayUs: 5, ranges: [{ first: 1, last: 4 }] });
  writer.frame({ type: 'DATA', segment: 2, data: new Uint8Array(SEGMENT_BYTES) });
  assert.equal([writer.room, writer.finish().length], [0, 1200]);
  assert.is(writer.packet('RST', { destination: 5 }, {}).length, 18);
});

test('what is written is read', () => {
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 6 }), u32, fc.maxSafeNat(), (frames, number, destination) => {
      writer.begin('OPEN', { flags: 0, destination, number }, {}, 60_000);
      for (const one of frames) writer.frame(one);
      const packet = decodePacket(writer.finish(), checksum) as PacketOf<'OPEN'>;
      assert.equal(packet, { type: 'OPEN', flags: 0, destination, number, frames });
    }),
  );
});

test('every cut and every flipped bit is noticed', () => {
  writer.begin('OPEN', { flags: 0, destination: 9, number: 1 }, {}, 1200);
  writer.frame({ type: 'CLOSE', code: 'done', text: 'bye' });
  const datagram = writer.finish().slice();
  for (let length = 0; length < datagram.length; length += 1) assert.throws(() => decodePacket(datagram.subarray(0, length), checksum));
  for (let bit = 0; bit < datagram.length * 8; bit += 1) {
    const flipped = datagram.slice();
    flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
    assert.throws(
      () => decodePacket(flipped, checksum),
      (error: unknown) => error instanceof PacketError,
    );
  }
});

test('whatever comes with a right checksum is a packet or a PacketError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 14, maxLength: 200 }), fc.integer({ min: 0, max: 15 }), (body, type) => {
      body[0] = 0x10 | type;
      const datagram = new Uint8Array(body.length + 4);
      datagram.set(body);
      new DataView(datagram.buffer).setUint32(body.length, crc32(body));
      try {
        decodePacket(datagram, checksum);
      } catch (error) {
        assert.instance(error, PacketError);
      }
    }),
    { numRuns: 5000 },
  );
});

test.run();
