/*
 * The examples' bytes, read back from the listing, are a frame of their type: nothing is lost in the drawing.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { example } from '../../../docs/generate/examples.js';
import { FRAMES, type FrameType } from '../../../lib/wire/frames.js';
import { decodeAll, senderOf } from '../../lib/wire/arbitrary-frames.js';

for (const type of Object.keys(FRAMES) as FrameType[]) {
  test(`the example of ${type}`, () => {
    const listing = example(type);
    const bytes = listing.flatMap((line) => line.slice(6, 29).trim().split(' ')).map((pair) => Number.parseInt(pair, 16));
    const { frames, bufferedBytes } = decodeAll(senderOf(type), [Uint8Array.from(bytes)]);
    assert.is(frames.length, 1);
    assert.is(frames[0]?.type, type);
    assert.is(bufferedBytes, 0);
    let at = 0;
    for (const line of listing) {
      assert.is(Number.parseInt(line.slice(0, 4), 16), at, line);
      at += line.slice(6, 29).trim().split(' ').length;
    }
  });
}

test.run();
