/*
 * The dissector finds every byte of a frame once, in order, and says of it what the decoder says.
 */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type DissectedField, dissect } from '../../../lib/wire/dissect.js';
import { encodeFrame } from '../../../lib/wire/encode.js';
import { FRAME_BY_TYPE, type Frame, HEADER_BYTES } from '../../../lib/wire/frames.js';
import { ProtocolError } from '../../../lib/wire/protocol-error.js';
import { anyFrame, concat, decodeAll, senderOf } from './arbitrary-frames.js';

/** Checks that fields tile the bytes from `start` to `end`, and their parts theirs behind a count, if there is one. */
function tiles(fields: readonly DissectedField[], start: number, end: number): void {
  let at = start;
  for (const { name, offset, length, parts, value } of fields) {
    assert.is(offset, at, name);
    at += length;
    if (parts) tiles(parts, Array.isArray(value) ? offset + 2 : offset, offset + length);
  }
  assert.is(at, end);
}

const byName = (fields: readonly DissectedField[]) => Object.fromEntries(fields.map(({ name, value }) => [name, value]));

test('the fields tile the frame, without gap or overlap', () => {
  fc.assert(
    fc.property(anyFrame(), (frame) => {
      const bytes = encodeFrame(frame);
      const dissection = dissect(bytes, senderOf(frame.type));
      assert.is(dissection?.length, bytes.length);
      tiles(dissection?.fields ?? [], 0, bytes.length);
    }),
  );
});

test('the values are the decoder’s, the names those of the table', () => {
  fc.assert(
    fc.property(anyFrame(), (frame) => {
      const { type, fields = [] } = dissect(encodeFrame(frame), senderOf(frame.type)) ?? {};
      const [header, payload] = [fields.slice(0, 3), fields.slice(3)];
      assert.equal({ type, ...byName(payload) }, frame);
      assert.equal(
        payload.map(({ name }) => name),
        FRAME_BY_TYPE[frame.type].fields.map(([name]) => name),
      );
      assert.equal(Object.keys(byName(header)), ['type', 'flags', 'length']);
    }),
  );
});

test('a frame in the midst of others is found at its place', () => {
  fc.assert(
    fc.property(anyFrame('server'), anyFrame('server'), (before, frame) => {
      const bytes = concat([encodeFrame(before), encodeFrame(frame), Uint8Array.of(0xff)]);
      assert.equal(dissect(bytes, 'server', encodeFrame(before).length), dissect(encodeFrame(frame), 'server'));
    }),
  );
});

test('half a frame is nothing yet', () => {
  fc.assert(
    fc.property(anyFrame('server'), fc.double({ min: 0, max: 0.999, noNaN: true }), (frame, part) => {
      const bytes = encodeFrame(frame);
      assert.is(dissect(bytes.subarray(0, Math.floor(part * bytes.length)), 'server'), undefined);
    }),
  );
});

test('it refuses what the decoder refuses, for the same reason', () => {
  const outcome = (run: () => unknown): unknown => {
    try {
      run();
      return 'fine';
    } catch (error) {
      assert.instance(error, ProtocolError);
      return (error as ProtocolError).code;
    }
  };
  const change = fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(0xff));
  fc.assert(
    fc.property(anyFrame('server'), change, (frame, [place, byte]) => {
      const bytes = encodeFrame(frame).slice();
      bytes[Math.floor(place * bytes.length)] = byte;
      const whole = bytes.subarray(0, HEADER_BYTES + new DataView(bytes.buffer).getUint16(2));
      assert.is(
        outcome(() => dissect(whole, 'server')),
        outcome(() => decodeAll('server', [whole])),
      );
    }),
    { numRuns: 1000 },
  );
});

test('a list of records is taken apart to the last byte', () => {
  const frame: Frame = {
    type: 'PRESENCE',
    changes: [
      { what: 'joined', name: 'Bar' },
      { what: 'left', name: 'נועה' },
    ],
  };
  const changes = dissect(encodeFrame(frame), 'server')?.fields.at(-1);
  const places = (fields: readonly DissectedField[] = []): unknown[] =>
    fields.map(({ name, offset, length, parts }) => [name, offset, length, ...(parts ? [places(parts)] : [])]);
  assert.equal(places(changes && [changes]), [
    [
      'changes',
      4,
      19,
      [
        [
          '0',
          6,
          6,
          [
            ['what', 6, 1],
            ['name', 7, 5],
          ],
        ],
        [
          '1',
          12,
          11,
          [
            ['what', 12, 1],
            ['name', 13, 10],
          ],
        ],
      ],
    ],
  ]);
  assert.equal(changes?.value, frame.changes);
});

test('secrets are marked: tokens always, an answer if it is a password', () => {
  const secrets = (frame: Frame) =>
    dissect(encodeFrame(frame), senderOf(frame.type))
      ?.fields.filter(({ secret }) => secret)
      .map(({ name }) => name);
  assert.equal(secrets({ type: 'ANSWER', id: 1, question: 'password', value: '1234' }), ['value']);
  assert.equal(secrets({ type: 'ANSWER', id: 1, question: 'name', value: 'Bar' }), []);
  assert.equal(secrets({ type: 'HELLO', magic: 1, version: 1, token: Uint8Array.of(1), lastSequence: 0 }), ['token']);
});

test.run();
