/*
 * Filling in the generated parts leaves everything around them alone, and forgets none.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fill } from '../../../docs/generate/document.js';

const document = 'before\n<!-- generated: a -->\nold\n<!-- end -->\nbetween\n<!-- generated: b -->\n<!-- end -->\nafter\n';
const filled = 'before\n<!-- generated: a -->\n\nA $& $1\n\n<!-- end -->\nbetween\n<!-- generated: b -->\n\nB\n\n<!-- end -->\nafter\n';
const parts = { a: () => '\nA $& $1\n', b: () => 'B' };

test('the parts are made anew, the rest stays', () => assert.is(fill(document, parts), filled));

test('what is filled is filled', () => assert.is(fill(filled, parts), filled));

test('a part that nobody makes is an error', () => assert.throws(() => fill(document, { a: parts.a }), /"b"/));

test('a part without a place is an error', () => assert.throws(() => fill(document, { ...parts, c: () => '' }), /place for c/));

test.run();
