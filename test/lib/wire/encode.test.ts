/*
 * Every frame comes back as it was sent, and what cannot be sent leaves no trace in the bytes.
 */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeFrame, writeFrame } from '../../../lib/wire/encode.js';
import { ByteWriter } from '../../../lib/wire/fields.js';
import { FRAMES, type Frame, HEADER_BYTES, MAX_PAYLOAD_BYTES } from '../../../lib/wire/frames.js';
import { anyFrame, arbitraryFrame, concat, decodeAll, frameTypes, senderOf } from './arbitrary-frames.js';

const say = (text: string): Frame => ({ type: 'SAY', id: 1, text });
/** The bytes of SAY's payload beside its text. */
const SAY_BYTES = 4 + 2;

for (const type of frameTypes()) {
  test(`${type} comes back as it was sent`, () => {
    fc.assert(
      fc.property(arbitraryFrame(type), (frame) => {
        assert.equal(decodeAll(senderOf(type), [encodeFrame(frame)]), { frames: [frame], bufferedBytes: 0 });
      }),
    );
  });
}

test('a header is type, flags 0 and the length of the payload', () => {
  fc.assert(
    fc.property(anyFrame(), (frame) => {
      const bytes = encodeFrame(frame);
      assert.is(bytes[0], FRAMES[frame.type].code);
      assert.is(bytes[1], 0);
      assert.is(new DataView(bytes.buffer).getUint16(2), bytes.length - HEADER_BYTES);
    }),
  );
});

test('frames are written one after the other into the same batch', () => {
  fc.assert(
    fc.property(fc.array(anyFrame()), (frames) => {
      const writer = new ByteWriter(16);
      for (const frame of frames) writeFrame(writer, frame);
      assert.equal(writer.written(), concat(frames.map(encodeFrame)));
    }),
  );
});

test('a payload of exactly 16 KiB is sent and read', () => {
  const frame = say('x'.repeat(MAX_PAYLOAD_BYTES - SAY_BYTES));
  assert.equal(decodeAll('client', [encodeFrame(frame)]).frames, [frame]);
});

for (const [name, length] of [
  ['one byte over 16 KiB', MAX_PAYLOAD_BYTES - SAY_BYTES + 1],
  ['longer than a u16 can tell', 70_000],
] as const) {
  test(`a frame ${name} is refused, and what was written before it stays as it was`, () => {
    const writer = new ByteWriter();
    writeFrame(writer, say('before'));
    assert.throws(
      () => writeFrame(writer, say('x'.repeat(length))),
      (error: unknown) => error instanceof RangeError,
    );
    writeFrame(writer, say('after'));
    assert.equal(decodeAll('client', [writer.written()]).frames, [say('before'), say('after')]);
  });
}

test.run();
