/*
 * Control characters in letters, as text on a page has them.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cleanLine } from '../../../lib/wire/clean.js';
import { spelledOut } from '../../../tracer/render/spelled-out.js';

const test = suite('spelled out');

test('a line break is \\n, other controls are in caret form, and all else stays', () => {
  assert.is(spelledOut(cleanLine('one\r\ntwo\n\x1b[31m \x07 \x7f é שלום 🎉')), 'one\\ntwo\\n^[[31m ^G ^? é שלום 🎉');
});

test.run();
