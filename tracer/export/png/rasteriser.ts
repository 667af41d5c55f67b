/*
 * resvg, loaded when the first picture is drawn, and the fonts that it is given: DejaVu, which has Latin, Greek, Cyrillic,
 * Hebrew and Arabic, and the signs of a ladder. Other scripts show as boxes: a font for Chinese alone takes more than all of this.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Letters, lettersIn } from './letters.js';

/** Draws. */
export interface Rasteriser {
  /** Draws an SVG so many times as large. */
  draw(svg: string, zoom: number): Uint8Array;
  /** Whether one of the fonts has a letter. */
  readonly has: Letters;
}

const FONTS = ['Mono', 'Mono-Bold', '', '-Bold'].map((style) => `dejavu-fonts-ttf/ttf/DejaVuSans${style}.ttf`);
const FAMILY = 'DejaVu Sans Mono';

let loaded: Promise<Rasteriser> | undefined;

/** The rasteriser; there is one, whoever asks. */
export function rasteriser(): Promise<Rasteriser> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Rasteriser> {
  const require = createRequire(import.meta.url);
  const bytesOf = (file: string): Promise<Uint8Array<ArrayBuffer>> => readFile(require.resolve(file));
  const [{ initWasm, Resvg }, wasm, ...fontBuffers] = await Promise.all([
    import('@resvg/resvg-wasm'),
    bytesOf('@resvg/resvg-wasm/index_bg.wasm'),
    ...FONTS.map(bytesOf),
  ]);
  await initWasm(wasm);
  const font = { fontBuffers, defaultFontFamily: FAMILY, monospaceFamily: FAMILY };
  const letters = fontBuffers.map(lettersIn);
  const has: Letters = (codePoint) => letters.some((one) => one(codePoint));
  const draw = (svg: string, zoom: number) => {
    const figure = new Resvg(svg, { font, fitTo: { mode: 'zoom', value: zoom } });
    const image = figure.render();
    try {
      return image.asPng();
    } finally {
      image.free();
      figure.free();
    }
  };
  return { draw, has };
}
