/* The colours can be read on light and on dark, and a name keeps its own. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CHOICE_COLOUR, inColourOf, NAME_COLOURS, WARNING_COLOUR } from '../../../cli/screen/colours.js';

/** The contrast of WCAG 2 between a colour of the 6x6x6 cube and a background of a relative luminance. */
function contrast(colour: number, background: number): number {
  const steps = [0, 95, 135, 175, 215, 255];
  const [red, green, blue] = [Math.floor((colour - 16) / 36), Math.floor((colour - 16) / 6) % 6, (colour - 16) % 6].map((step) => {
    const share = (steps[step] as number) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return (Math.max(luminance, background) + 0.05) / (Math.min(luminance, background) + 0.05);
}

test('every colour can be read on white and on black', () => {
  for (const colour of [...NAME_COLOURS, WARNING_COLOUR, CHOICE_COLOUR]) {
    assert.ok(contrast(colour, 1) >= 4, `${colour} on white: ${contrast(colour, 1)}`);
    assert.ok(contrast(colour, 0) >= 4, `${colour} on black: ${contrast(colour, 0)}`);
  }
});

test('a name keeps its colour', () => {
  assert.is(inColourOf('Dana', 'x'), inColourOf('Dana', 'x'));
});

test.run();
