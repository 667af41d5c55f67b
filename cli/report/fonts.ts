/*
 * The fonts of the report, from npm packages and as bytes in a fixed order, so that neither this machine's fonts nor
 * its order of files matter. A serif for the text, a sans for headings, Hebrew, and DejaVu for code and the rest.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ReportError } from './report-error.js';

const SOURCE_SERIF = ['400Regular', '400Regular_Italic', '600SemiBold', '700Bold'];
const SOURCE_SANS = ['400Regular', '400Regular_Italic', '600SemiBold', '700Bold'];
const HEBREW = ['400Regular', '700Bold'];

const FILES = [
  ...SOURCE_SERIF.map((style) => `@expo-google-fonts/source-serif-4/${style}/SourceSerif4_${style}.ttf`),
  ...SOURCE_SANS.map((style) => `@expo-google-fonts/source-sans-3/${style}/SourceSans3_${style}.ttf`),
  ...HEBREW.map((style) => `@expo-google-fonts/frank-ruhl-libre/${style}/FrankRuhlLibre_${style}.ttf`),
  ...['Mono', 'Mono-Bold', 'Mono-Oblique', '', '-Bold'].map((style) => `dejavu-fonts-ttf/ttf/DejaVuSans${style}.ttf`),
];

/** The fonts' bytes. */
export function fonts(): Buffer[] {
  const require = createRequire(import.meta.url);
  return FILES.map((file) => {
    try {
      return readFileSync(require.resolve(file));
    } catch {
      throw new ReportError(`A font of the report is not installed (${file}): run npm ci in the checkout.`);
    }
  });
}
