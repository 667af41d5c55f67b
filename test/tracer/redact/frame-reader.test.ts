/*
 * Frames of one direction: the same masked stream however it is cut, frames that can be read again, and nothing of a
 * secret at any split.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeFrame } from '../../../lib/wire/encode.js';
import type { Frame } from '../../../lib/wire/frames.js';
import { MASK } from '../../../lib/wire/mask.js';
import { FrameReader } from '../../../tracer/redact/frame-reader.js';
import { join } from '../../../tracer/redact/unit.js';
import { anyFrame, arbitraryCuts, concat, cutAt, decodeAll } from '../../lib/wire/arbitrary-frames.js';
import { findings } from './searched.js';

const test = suite('frame reader');
const answer = (value: string): Frame => ({ type: 'ANSWER', id: 4, question: 'password', value });
const TOKEN = Uint8Array.from({ length: 16 }, (_, i) => 200 + i);
const joined: Frame = {
  ...{ type: 'JOINED', group: '8888', name: 'Bar', members: 3, nextSequence: 1 },
  ...{ token: TOKEN, resumed: 'no' },
} as const;
const hello: Frame = { type: 'HELLO', magic: 0x43484154, version: 1, token: TOKEN, lastSequence: 7 };

test('a password, a token and a token that comes back are masked in fields and bytes, and the frame is a frame', () => {
  for (const [from, frame, name] of [
    ['client', answer('hunter2'), 'value'],
    ['server', joined, 'token'],
    ['client', hello, 'token'],
  ] as const) {
    const [unit] = new FrameReader(from, false).take(encodeFrame(frame));
    assert.ok(unit);
    assert.is(unit.fields[name], MASK);
    const [mask] = unit.masks;
    assert.is(Buffer.from(unit.bytes.subarray(mask?.from, mask?.to)).toString(), MASK);
    assert.is(decodeAll(from, [unit.bytes]).frames[0]?.type, frame.type);
    assert.equal(findings([unit], name === 'value' ? 'hunter2' : TOKEN), []);
  }
});

test('frames without secrets are left as they are', () => {
  const bytes = encodeFrame({ type: 'ANSWER', id: 2, question: 'name', value: 'Bar' });
  const [unit] = new FrameReader('client', false).take(bytes);
  assert.equal([...(unit?.bytes ?? [])], [...bytes]);
  assert.equal(unit?.masks, []);
});

test('a mask has one length, whatever it hides: an empty password, a long one, and the mask itself', () => {
  const shown = ['', 'a', 'hunter2', MASK, 'é'.repeat(128)].map((value) =>
    new FrameReader('client', false).take(encodeFrame(answer(value))),
  );
  for (const units of shown) assert.equal(units, shown[0]);
});

test('any frames, cut anywhere, give the same masked stream, which can be read', () => {
  const side = fc.constantFrom('client', 'server');
  const stream = side.chain((from) => fc.tuple(fc.constant(from), fc.array(anyFrame(from), { maxLength: 8 })));
  fc.assert(
    fc.property(stream, arbitraryCuts, ([from, frames], cuts) => {
      const bytes = concat(frames.map(encodeFrame));
      const whole = join(new FrameReader(from, false).take(bytes));
      const reader = new FrameReader(from, false);
      const cut = join(cutAt(bytes, cuts).flatMap((chunk) => reader.take(chunk)));
      assert.equal(cut, whole);
      assert.is(decodeAll(from, [whole.bytes]).frames.length, frames.length);
      const raw = new FrameReader(from, true);
      assert.equal([...join(cutAt(bytes, cuts).flatMap((chunk) => raw.take(chunk))).bytes], [...bytes]);
    }),
  );
});

test('nothing of a secret is shown, wherever its frame is cut in two', () => {
  const bytes = concat([encodeFrame({ type: 'WHO' }), encodeFrame(answer('correct horse')), encodeFrame({ type: 'LEAVE' })]);
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const reader = new FrameReader('client', false);
    const units = [...reader.take(bytes.subarray(0, cut)), ...reader.take(bytes.subarray(cut))];
    assert.equal(
      units.map(({ type }) => type),
      ['WHO', 'ANSWER', 'LEAVE'],
    );
    for (const piece of ['correct', 'horse', 'rr']) assert.equal(findings(units, piece), []);
  }
});

test('what breaks the protocol is dropped with everything behind it, whatever its length', () => {
  for (const after of [0, 1, 1000]) {
    const reader = new FrameReader('client', false);
    const broken = concat([encodeFrame({ type: 'WHO' }), Buffer.from('1\nBar\n8888\nhunter2\n'), new Uint8Array(after)]);
    assert.is(reader.take(broken).length, 1);
    assert.equal(reader.take(encodeFrame({ type: 'WHO' })), []);
  }
});

test.run();
