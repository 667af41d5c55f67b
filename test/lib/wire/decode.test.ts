/*
 * The decoder: however the network cuts the stream, the frames are the same; and whatever a peer sends,
 * there are frames or a ProtocolError, and never anything else.
 */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FrameDecoder, type Peer } from '../../../lib/wire/decode.js';
import { encodeFrame } from '../../../lib/wire/encode.js';
import { FRAMES, type Frame, MAX_PAYLOAD_BYTES } from '../../../lib/wire/frames.js';
import { ProtocolError, type ProtocolErrorCode } from '../../../lib/wire/protocol-error.js';
import { anyFrame, arbitraryCuts, concat, cutAt, decodeAll, frameTypes } from './arbitrary-frames.js';

const PEERS = ['client', 'server'] as const;

/** Bytes in hex to what comes of them: the error's code, or how many frames. */
function decodes(from: Peer, hex: string): ProtocolErrorCode | number {
  try {
    return decodeAll(from, [Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))]).frames.length;
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
}

for (const from of PEERS) {
  const streams = fc.array(anyFrame(from), { maxLength: 5 });

  test(`a ${from}'s stream may be cut anywhere`, () => {
    fc.assert(
      fc.property(streams, arbitraryCuts, (frames, cuts) => {
        assert.equal(decodeAll(from, cutAt(concat(frames.map(encodeFrame)), cuts)), { frames, bufferedBytes: 0 });
      }),
    );
  });

  test(`a ${from}'s stream may come byte by byte`, () => {
    fc.assert(
      fc.property(streams, (frames) => {
        const bytes = concat(frames.map(encodeFrame));
        assert.equal(
          decodeAll(
            from,
            [...bytes].map((byte) => Uint8Array.of(byte)),
          ),
          { frames, bufferedBytes: 0 },
        );
      }),
      { numRuns: 30 },
    );
  });

  test(`half a frame of a ${from}'s waits for its other half`, () => {
    fc.assert(
      fc.property(streams, anyFrame(from), fc.double({ min: 0, max: 0.999, noNaN: true }), (frames, last, part) => {
        const half = encodeFrame(last);
        const trailing = half.subarray(0, Math.floor(part * half.length));
        const bytes = concat([...frames.map(encodeFrame), trailing]);
        assert.equal(decodeAll(from, [bytes]), { frames, bufferedBytes: trailing.length });
      }),
    );
  });

  test(`random bytes of a ${from} give frames or a ProtocolError`, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => onlyBreaksTheProtocol(from, bytes)),
      { numRuns: 2000 },
    );
  });

  test(`a ${from}'s stream with some bytes changed gives frames or a ProtocolError`, () => {
    const change = fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(0xff));
    fc.assert(
      fc.property(streams, fc.array(change, { minLength: 1, maxLength: 4 }), arbitraryCuts, (frames, changes, cuts) => {
        const bytes = concat(frames.map(encodeFrame));
        for (const [place, byte] of changes) bytes[Math.floor(place * bytes.length)] = byte;
        onlyBreaksTheProtocol(from, bytes, cuts);
      }),
      { numRuns: 1000 },
    );
  });

  for (const type of frameTypes().filter((each) => FRAMES[each].from !== 'both' && FRAMES[each].from !== from)) {
    test(`a ${type} never comes from a ${from}`, () => {
      assert.is(decodes(from, `${FRAMES[type].code.toString(16).padStart(2, '0')} 00 0000`), 'unknown-type');
    });
  }
}

function onlyBreaksTheProtocol(from: Peer, bytes: Uint8Array, cuts: readonly number[] = []): void {
  try {
    decodeAll(from, cutAt(bytes, cuts));
  } catch (error) {
    assert.instance(error, ProtocolError);
  }
}

const bad: readonly (readonly [name: string, from: Peer, hex: string, expected: ProtocolErrorCode | number])[] = [
  ['a type that does not exist', 'client', 'ff 00 0000', 'unknown-type'],
  ['type 0', 'client', '00 00 0000', 'unknown-type'],
  ['GET / HTTP/1.1', 'client', '47455420 2f20485454502f312e31', 'unknown-type'],
  ['flags that are not 0', 'client', '0b 01 0000', 'bad-flags'],
  ['a payload one byte over the limit', 'client', '07 00 4001', 'too-long'],
  ['the largest length there is', 'client', '07 00 ffff', 'too-long'],
  ['a payload longer than its fields', 'client', '0b 00 0001 00', 'bad-length'],
  ['a payload shorter than its fields', 'client', '0e 00 0003 000000', 'bad-length'],
  ['a text longer than its payload', 'client', '07 00 0007 00000001 0002 41', 'bad-length'],
  ['a text that reaches into the next frame', 'client', '07 00 0006 00000001 0004 0b000000', 'bad-length'],
  ['a text shorter than its payload', 'client', '07 00 0007 00000001 0000 41', 'bad-length'],
  ['a text that is not UTF-8', 'client', '07 00 0007 00000001 0001 ff', 'bad-utf8'],
  ['a list of 65,535 names that are not there', 'server', '0c 00 0003 ffff 00', 'bad-length'],
  ['a list of 8,191 names, the last one cut off', 'server', `0c 00 3fff 1fff ${'0000'.repeat(0x1ffe)} 00`, 'bad-length'],
  ['a choice out of range', 'server', '0c 00 0003 0000 02', 'bad-value'],
  ['a question that does not exist', 'client', '03 00 0007 00000001 05 0000', 'bad-value'],
  ['a time of 2^53', 'server', '09 00 0010 00000001 0020000000000000 0000 0000', 'bad-value'],
  ['a time of 2^53 - 1', 'server', '09 00 0010 00000001 001fffffffffffff 0000 0000', 1],
  ['no bytes at all', 'client', '', 0],
];

for (const [name, from, hex, expected] of bad) {
  test(`${name}: ${typeof expected === 'number' ? `${expected} frames` : expected}`, () => {
    assert.is(decodes(from, hex), expected);
  });
}

test('a header is refused before its payload has come', () => {
  assert.is(decodes('client', '0700 4001'), 'too-long');
  assert.is(decodes('client', '0500 3fff'), 'unknown-type');
});

test('a smaller limit of frames can be set, and holds exactly', () => {
  const take = (text: string) => {
    const decoder = new FrameDecoder('client', 10);
    decoder.push(encodeFrame({ type: 'SAY', id: 1, text }));
    return decoder.next();
  };
  assert.equal(take('four'), { type: 'SAY', id: 1, text: 'four' });
  assert.throws(
    () => take('five!'),
    (error: unknown) => error instanceof ProtocolError && error.code === 'too-long',
  );
});

test('a false count of items reserves no memory for them', () => {
  const bytes = Uint8Array.from(Buffer.from('0c000003ffff00', 'hex'));
  const grown = () => {
    const before = process.memoryUsage().heapUsed;
    assert.throws(() => decodeAll('server', [bytes]));
    return process.memoryUsage().heapUsed - before;
  };
  const smallest = Math.min(...Array.from({ length: 20 }, grown).filter((size) => size > 0));
  assert.ok(smallest < 64 * 1024, `${smallest} bytes`);
});

test('what a frame takes from a chunk is a copy', () => {
  const hello: Frame = { type: 'HELLO', magic: 1, version: 1, token: Uint8Array.of(1, 2, 3), lastSequence: 0 };
  const chunk = encodeFrame(hello).slice();
  const frames = decodeAll('client', [chunk]).frames;
  chunk.fill(0);
  assert.equal(frames, [hello]);
});

test('a frame is taken when it is asked for, not before', () => {
  const decoder = new FrameDecoder('client');
  const bytes = encodeFrame({ type: 'WHO' });
  decoder.push(concat([bytes, bytes]));
  assert.is(decoder.bufferedBytes, 8);
  assert.equal(decoder.next(), { type: 'WHO' });
  assert.is(decoder.bufferedBytes, 4);
  decoder.push(encodeFrame({ type: 'LEAVE' }));
  assert.equal([decoder.next(), decoder.next(), decoder.next()], [{ type: 'WHO' }, { type: 'LEAVE' }, undefined]);
});

test('what waits for the rest of a frame is never more than a frame', () => {
  const largest = encodeFrame({ type: 'SAY', id: 1, text: 'x'.repeat(MAX_PAYLOAD_BYTES - 6) });
  assert.is(decodeAll('client', [largest.subarray(0, -1)]).bufferedBytes, largest.length - 1);
  assert.is(decodeAll('client', [largest]).bufferedBytes, 0);
});

test.run();
