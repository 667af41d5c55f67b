/*
 * The checksum in plain JavaScript is zlib's.
 */
import * as zlib from 'node:zlib';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { crc32 } from '../../lab/crc32.js';

test('as zlib has it, for any bytes', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => crc32(bytes) === zlib.crc32(bytes)));
});

test('the check value of the catalogue', () => {
  assert.is(crc32(new TextEncoder().encode('123456789')), 0xcbf4_3926);
});

test.run();
