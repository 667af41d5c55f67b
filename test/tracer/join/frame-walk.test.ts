/*
 * Names of frames in the pieces of a stream, however it is cut.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { frameWalk } from '../../../tracer/join/frame-walk.js';
import { bytesOf, prompt, say } from './traces.js';

const stream = bytesOf(prompt(1, 'menu', 'Hello'), say(1, ''), say(2, 'two'));

test('whole, it has all names', () => assert.is(frameWalk().next(stream), 'PROMPT, SAY, SAY'));

test('byte by byte each frame is named where it begins, and once where it ends', () => {
  const walk = frameWalk();
  const names = Array.from(stream, (_, i) => walk.next(stream.subarray(i, i + 1)));
  assert.equal(
    names.filter((name) => !name.includes(' of ')),
    ['PROMPT', 'SAY', 'SAY'],
  );
  assert.ok(names.every((name) => name !== ''));
});

test('a piece that ends within a header, and one within a payload', () => {
  const walk = frameWalk();
  assert.is(walk.next(stream.subarray(0, 2)), 'PROMPT');
  assert.is(walk.next(stream.subarray(2, 8)), 'rest of PROMPT');
  assert.is(walk.next(stream.subarray(8, 10)), 'part of PROMPT');
  assert.is(walk.next(stream.subarray(10)), 'rest of PROMPT, SAY, SAY');
});

test('of many frames their number is told', () => {
  const many = bytesOf(...Array.from({ length: 9 }, (_, i) => say(i, 'x')), prompt(1, 'name', 'who?'));
  assert.is(frameWalk().next(many), '10 frames, SAY to PROMPT');
});

test('what is not framed has no names, nor has what follows it', () => {
  const walk = frameWalk();
  assert.is(walk.next(new TextEncoder().encode('Hello\n')), '');
  assert.is(walk.next(stream), '');
});

test.run();
