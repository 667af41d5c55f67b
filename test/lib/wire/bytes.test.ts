/*
 * Numbers, texts and byte strings: what is written is read again, and nothing is read past the end.
 */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ByteReader, ByteWriter } from '../../../lib/wire/bytes.js';
import { ProtocolError, type ProtocolErrorCode } from '../../../lib/wire/protocol-error.js';

const LONE_SURROGATE = /\p{Cs}/gu;
const breaks = (code: ProtocolErrorCode) => (error: unknown) => error instanceof ProtocolError && error.code === code;

function written(write: (writer: ByteWriter) => void, expectedBytes?: number): Uint8Array {
  const writer = new ByteWriter(expectedBytes);
  write(writer);
  return writer.written().slice();
}

test('numbers are big-endian', () => {
  const bytes = written((writer) => {
    writer.u8(0x01);
    writer.u16(0x0203);
    writer.u32(0x84050607);
    writer.u64(0x08090a0b0c0d0e);
  });
  assert.equal([...bytes], [1, 2, 3, 0x84, 5, 6, 7, 0, 8, 9, 10, 11, 12, 13, 14]);
});

test('every u64 up to 2^53 - 1 is read as it was written', () => {
  const edges = fc.constantFrom(0, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER);
  fc.assert(
    fc.property(fc.oneof(fc.maxSafeNat(), edges), (value) => {
      assert.is(new ByteReader(written((writer) => writer.u64(value))).u64(), value);
    }),
  );
});

for (const [name, bytes] of [
  ['2^53', [0, 0x20, 0, 0, 0, 0, 0, 0]],
  ['2^53 + 1, which rounds down', [0, 0x20, 0, 0, 0, 0, 0, 1]],
  ['2^64 - 1', Array(8).fill(0xff)],
] as const) {
  test(`a u64 of ${name} is refused`, () => {
    assert.throws(() => new ByteReader(Uint8Array.from(bytes)).u64(), breaks('bad-value'));
  });
}

test('a text is written as TextEncoder writes it, and its length is told', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'binary-ascii' }),
    fc.constantFrom('\ufeffBOM', '\ud800', 'a\udc00b'),
  );
  fc.assert(
    fc.property(texts, fc.nat(8), (text, room) => {
      const expected = new TextEncoder().encode(text);
      const bytes = written((writer) => assert.is(writer.utf8(text), expected.length), room);
      assert.equal(bytes, expected);
      assert.is(new ByteReader(bytes).utf8(bytes.length), text.replace(LONE_SURROGATE, '\ufffd'));
    }),
  );
});

for (const [name, bytes] of [
  ['a byte that UTF-8 never has', [0x61, 0xff]],
  ['half a character', [0xd7]],
  ['a character in a longer form than needed', [0xc0, 0xaf]],
  ['a surrogate', [0xed, 0xa0, 0x80]],
  ['past U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
] as const) {
  test(`${name} is bad UTF-8`, () => {
    assert.throws(() => new ByteReader(Uint8Array.from(bytes)).utf8(bytes.length), breaks('bad-utf8'));
  });
}

test('a reader stops at its end, even where the bytes go on', () => {
  const bytes = new Uint8Array(16);
  for (const [count, read] of [
    [1, (reader: ByteReader) => reader.u8()],
    [2, (reader: ByteReader) => reader.u16()],
    [4, (reader: ByteReader) => reader.u32()],
    [8, (reader: ByteReader) => reader.u64()],
    [5, (reader: ByteReader) => reader.raw(5)],
    [5, (reader: ByteReader) => reader.utf8(5)],
  ] as const) {
    const whole = new ByteReader(bytes, 3, 3 + count);
    read(whole);
    assert.is(whole.offset, 3 + count);
    assert.throws(() => read(new ByteReader(bytes, 3, 3 + count - 1)), breaks('bad-length'));
  }
});

test('raw bytes are a copy, so that they outlive their chunk', () => {
  for (const chunk of [Uint8Array.of(1, 2, 3), Buffer.of(1, 2, 3)]) {
    const read = new ByteReader(chunk).raw(3);
    chunk.fill(0);
    assert.equal(read, Uint8Array.of(1, 2, 3));
    assert.is(read.buffer.byteLength, 3);
  }
});

test.run();
