/*
 * A story as a picture of pixels, for slides and for programs that take no SVG: the figure for light paper, drawn by resvg
 * with fonts from npm. resvg is WebAssembly and asks no font of the machine, so the same story gives the same bytes anywhere.
 */
import type { Story } from '../../join/story.js';
import { type SvgOptions, svg } from '../svg/svg.js';
import { rasteriser } from './rasteriser.js';

/** How the picture looks. */
export type PngOptions = Omit<SvgOptions, 'colours' | 'stepNumbers'>;

/** A story cannot be drawn. */
export class PngError extends Error {
  override readonly name = 'PngError';
  readonly code = 'too-large';
}

/** So many pixels for one of the figure's, where that is not too many: letters are sharp on a good screen. */
const ZOOM = 2;
/** A picture with more pixels is drawn at the figure's own size, and past that it is refused: it would take gigabytes. */
const MOST_PIXELS = 80_000_000;

/**
 * Draws a story.
 * @throws {PngError} if it is too long for a picture
 */
export async function png(story: Story, options: PngOptions = {}): Promise<Uint8Array> {
  const figure = svg(story, { ...options, colours: 'light' });
  const [, width = '0', height = '0'] = / width="([\d.]+)" height="([\d.]+)"/.exec(figure) ?? [];
  const pixels = Number(width) * Number(height);
  if (pixels > MOST_PIXELS) {
    const size = `${Math.round(Number(width))} by ${Math.round(Number(height))} pixels`;
    throw new PngError(`as a picture it would have ${size}: choose fewer steps (--connection, --from, --to), or write .svg`);
  }
  const { draw } = await rasteriser();
  return draw(figure, pixels * ZOOM ** 2 > MOST_PIXELS ? 1 : ZOOM);
}

/** Of these it is no letter that would be missing: they join, mark or steer others. */
const NO_LETTERS = /[\p{Cc}\p{Cf}\p{Mn}\p{Me}\p{Zs}]/u;

/** The letters of a story that a picture has no form for; it shows boxes. Each once, in their order. */
export async function lettersMissing(story: Story, options: PngOptions = {}): Promise<readonly string[]> {
  const { has } = await rasteriser();
  const letters = new Set(svg(story, { ...options, colours: 'light' }));
  return [...letters].filter((letter) => !NO_LETTERS.test(letter) && !has(letter.codePointAt(0) as number));
}
