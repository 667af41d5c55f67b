/*
 * The kept figures under docs/figures/, by their path from there, with what each shows: the title within the SVG. The
 * template takes them in by that path; one that it asks for and that is not there ends the build.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 'docs/figures/';

/** What each figure shows. */
export function keptFigures(root: string, files: readonly string[]): Readonly<Record<string, string>> {
  const figures = files.filter((file) => file.startsWith(FOLDER) && file.endsWith('.svg'));
  return Object.fromEntries(
    figures.map((file) => {
      const title = /<title>([^<]*)<\/title>/.exec(readFileSync(join(root, file), 'utf8'))?.[1] ?? '';
      return [file.slice(FOLDER.length), title.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')];
    }),
  );
}
