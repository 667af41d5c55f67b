/*
 * The ladder's colours can be read on white and on black.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { COLOURS, paint } from '../../../tracer/render/paint.js';

const test = suite('paint');

/** The relative luminance of a colour of the 256-colour palette (WCAG 2). */
function luminance(index: number): number {
  const level = (step: number): number => (step === 0 ? 0 : 55 + 40 * step);
  const cube = index - 16;
  const rgb =
    index >= 232
      ? [0, 0, 0].map(() => 8 + 10 * (index - 232))
      : [level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)];
  const [r = 0, g = 0, b = 0] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

test('every colour has a contrast of 4 to 1 on white and on black', () => {
  for (const [style, index] of Object.entries(COLOURS)) {
    const light = luminance(index);
    const contrasts = [1.05 / (light + 0.05), (light + 0.05) / 0.05];
    for (const contrast of contrasts)
      assert.ok(contrast >= 4, `${style}: ${contrasts.map((value) => value.toFixed(2)).join(' on white, ')} on black`);
  }
});

test('without colours, a text is itself', () => {
  assert.is(paint(false)('SYN', 'segments'), 'SYN');
  assert.not.equal(paint(true)('SYN', 'segments'), 'SYN');
});

test.run();
