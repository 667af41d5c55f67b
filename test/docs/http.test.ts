/*
 * docs/http.md is what the program says.
 */
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fill } from '../../docs/generate/document.js';
import { HTTP_PARTS } from '../../docs/generate/http.js';

test('it is up to date (if not: npm run docs)', () => {
  const text = readFileSync('docs/http.md', 'utf8');
  assert.is(text, fill(text, HTTP_PARTS));
});

test.run();
