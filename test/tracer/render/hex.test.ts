/*
 * The inspector: bytes beside fields, the frame inside the segment, masks as dots; and no bytes that make it fail.
 */
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeFrame } from '../../../lib/wire/encode.js';
import type { ArrowStep } from '../../../tracer/join/story.js';
import { hexLines } from '../../../tracer/render/index.js';
import { PacketWriter } from '../../../transports/udp/wire/encode.js';
import { isGolden } from '../golden.js';
import { arrow } from '../told.js';

const test = suite('hex');
const writer = new PacketWriter((bytes) => crc32(bytes));
const step = (label: string, bytes: Uint8Array, masks: ArrowStep['masks'] = []): ArrowStep => ({
  ...arrow('bar->server', 0, label),
  number: 12,
  bytes,
  masks,
});

const presence = encodeFrame({
  type: 'PRESENCE',
  changes: [
    { what: 'joined', name: 'Bar' },
    { what: 'left', name: 'נועה' },
  ],
});

function segment(): Uint8Array {
  writer.begin('OPEN', { flags: 1, destination: 0x0102_0304_0506, number: 7 }, {}, 1200);
  writer.frame({ type: 'ACK', next: 3, credit: 9, delayUs: 5, ranges: [{ first: 1, last: 4 }] });
  writer.frame({ type: 'DATA', segment: 2, data: presence });
  return writer.finish();
}

const answer = step('ANSWER', encodeFrame({ type: 'ANSWER', id: 4, question: 'password', value: '•••' }), [{ from: 11, to: 20 }]);

test('a packet, the segment in it and the frame in the segment, as kept', () => {
  for (const columns of [60, 80, 120]) {
    const lines = hexLines(step('OPEN', segment()), { columns, colours: false });
    isGolden(`hex-${columns}.txt`, `${lines.join('\n')}\n`);
  }
});

test('a password is dots, in hex, as text and as a value', () => {
  const lines = hexLines(answer, { columns: 120, colours: false });
  assert.ok(lines.some((line) => line.includes('•• •• •• ••')));
  assert.ok(lines.some((line) => /value •••/.test(line)));
  assert.not.ok(lines.some((line) => line.includes('e2 80 a2')));
  assert.ok(hexLines(answer, { columns: 120, colours: false, ascii: true }).every((line) => /^[\x20-\x7e]*$/.test(line)));
});

test('rows that repeat are told by a star', () => {
  const lines = hexLines(step('DATA', new Uint8Array(200).fill(0xff)), { columns: 80, colours: false });
  assert.is(lines.filter((line) => line.startsWith('*')).length, 1);
});

test('any bytes at any width: nothing too wide, nothing that acts on the terminal', () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal acts upon
  const acting = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 80 }),
    fc.constantFrom(segment(), presence),
    fc.uint8Array({ maxLength: 30 }).map((tail) => Uint8Array.of(...presence, ...tail)),
  );
  fc.assert(
    fc.property(bytes, fc.constantFrom('LINE', 'OPEN', 'SAY'), fc.integer({ min: 20, max: 160 }), (found, label, columns) => {
      for (const line of hexLines(step(label, found), { columns, colours: false })) {
        assert.ok(stringWidth(line) <= columns, line);
        assert.not.match(line, acting);
      }
    }),
  );
});

test.run();
