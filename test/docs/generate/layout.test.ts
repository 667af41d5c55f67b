/*
 * The drawings of bytes: 32 bits a row, a field cut where a row ends, and as many bits as the frame has.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { layout } from '../../../docs/generate/layout.js';
import type { Field } from '../../../lib/wire/fields.js';
import { FRAME_BY_TYPE, HEADER_BYTES } from '../../../lib/wire/frames.js';

const ROW = '+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+';
const drawn = (type: keyof typeof FRAME_BY_TYPE) => layout(FRAME_BY_TYPE[type]).slice(2);

test('the bits are numbered as in the RFCs', () => {
  assert.equal(layout(FRAME_BY_TYPE.WHO).slice(0, 2), [
    ' 0                   1                   2                   3',
    ' 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1',
  ]);
});

test('a field that does not fit is cut in two; what varies has a row of its own', () => {
  assert.equal(drawn('REJECTED'), [
    ROW,
    '|   type 0x04   |    flags 0    |            length             |',
    ROW,
    '|     code      |   question    |              id               |',
    ROW,
    '|            ... id             |          text length          |',
    ROW,
    '/                             text                              /',
    ROW,
  ]);
});

test('64 bits are one box of two rows, and a row may be short', () => {
  assert.equal(drawn('MESSAGE').slice(4, 10), [
    ROW,
    '|                             time                              |',
    '+                                                               +',
    '|                           ... time                            |',
    ROW,
    '|         sender length         |',
  ]);
  assert.equal(drawn('JOINED').slice(-2), ['|    resumed    |', '+-+-+-+-+-+-+-+-+']);
});

/** The bits of a field that are always there. */
function fixedBits(field: Field): number {
  switch (field.kind) {
    case 'u8':
    case 'choice':
      return 8;
    case 'u32':
      return 32;
    case 'u64':
      return 64;
    case 'record':
      return Object.values(field.fields).reduce((sum, each) => sum + fixedBits(each), 0);
    default:
      return 16; // a u16, or a length or count
  }
}

test('every frame is drawn with all its bits', () => {
  for (const declaration of Object.values(FRAME_BY_TYPE)) {
    const rows = layout(declaration).filter((line) => line.startsWith('|'));
    const bits = rows.reduce((sum, row) => sum + (row.length - 1) / 2, 0);
    const expected = declaration.fields.reduce((sum, [, field]) => sum + fixedBits(field), HEADER_BYTES * 8);
    assert.is(bits, expected, declaration.type);
    assert.ok(
      rows.every((row) => row.length <= ROW.length),
      declaration.type,
    );
  }
});

test.run();
