/*
 * Nobody is shown a secret who did not ask for it: neither its value nor, by way of a length, its size.
 */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeFrame } from '../../../lib/wire/encode.js';
import { isSecret } from '../../../lib/wire/fields.js';
import { FRAME_BY_TYPE, type Frame, type FrameType } from '../../../lib/wire/frames.js';
import { MASK, showFrame } from '../../../lib/wire/mask.js';
import { anyFrame, arbitraryFrame, frameTypes } from './arbitrary-frames.js';

const values = (frame: Frame) => frame as unknown as Record<string, unknown>;
const isEmptyBytes = (value: unknown) => value instanceof Uint8Array && value.length === 0;
const secretsOf = (frame: Frame) =>
  FRAME_BY_TYPE[frame.type].fields.filter(([name, field]) => isSecret(field, values(frame)) && !isEmptyBytes(values(frame)[name]));

test('a frame without secrets is shown as it is, with its length', () => {
  fc.assert(
    fc.property(anyFrame(), (frame) => {
      fc.pre(secretsOf(frame).length === 0);
      const { type, ...fields } = frame;
      assert.equal(showFrame(frame), { type, fields, length: encodeFrame(frame).length });
    }),
  );
});

test('a secret is a mask of fixed length, and the frame tells no length', () => {
  const withSecrets = fc.oneof(...frameTypes().map(arbitraryFrame)).filter((frame) => secretsOf(frame).length > 0);
  fc.assert(
    fc.property(withSecrets, (frame) => {
      const shown = showFrame(frame);
      assert.is(shown.length, 0);
      for (const [name] of secretsOf(frame)) assert.is(shown.fields[name], MASK);
    }),
  );
});

test('two frames that differ in nothing but their secret are shown alike', () => {
  const answer = (value: string): Frame => ({ type: 'ANSWER', id: 4, question: 'password', value });
  fc.assert(fc.property(fc.string(), fc.string(), (one, other) => assert.equal(showFrame(answer(one)), showFrame(answer(other)))));
});

test('what depends on another field is a secret only then', () => {
  const shown = (question: 'name' | 'password') => showFrame({ type: 'ANSWER', id: 1, question, value: '1234' }).fields.value;
  assert.is(shown('name'), '1234');
  assert.is(shown('password'), MASK);
});

test('an empty resume token is no secret', () => {
  const hello: Frame = { type: 'HELLO', magic: 1, version: 1, token: new Uint8Array(0), lastSequence: 0 };
  assert.equal(showFrame(hello).fields.token, new Uint8Array(0));
  assert.is(showFrame(hello).length, encodeFrame(hello).length);
});

test('showSecrets shows them', () => {
  fc.assert(
    fc.property(anyFrame(), (frame) => {
      const { type, ...fields } = frame;
      assert.equal(showFrame(frame, true), { type, fields, length: encodeFrame(frame).length });
    }),
  );
});

test('the frames with secrets are these', () => {
  const secretive: FrameType[] = frameTypes().filter((type) => FRAME_BY_TYPE[type].fields.some(([, field]) => field.secret !== undefined));
  assert.equal(secretive, ['HELLO', 'ANSWER', 'JOINED']);
});

test.run();
