/*
 * Work from anywhere, as if it lay in the exercise's folder: a folder for the time of the grading that looks like this
 * checkout and holds a copy of the work, so that its imports (`../../../lib/...`, `rxjs`) lead here. Nothing is written into
 * the checkout, which may belong to somebody else.
 */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Where imports may lead. */
const FOLDERS = ['lib', 'lab', 'transports', 'examples', 'tracer', 'node_modules'];
/** The work may be of several files, if they lie beside each other. */
const SOURCES = ['.ts', '.mts', '.js', '.mjs'];

/** Work that can be loaded. */
export interface Placed {
  readonly path: string;
  /** What was said of the place, as said of the file and of this checkout. */
  asOfFile(said: string): string;
}

/** Puts the work in a file where it can be loaded; it stays where it is, if that is in this checkout. What was made for it is gone when the program ends. */
export function inPlace(file: string, exercise: string): Placed {
  if (!relative(root, file).startsWith('..')) return { path: file, asOfFile: (said) => said };
  const stage = mkdtempSync(join(tmpdir(), 'chatwire-exercise-'));
  process.once('exit', () => rmSync(stage, { recursive: true, force: true }));
  for (const folder of FOLDERS) symlinkSync(join(root, folder), join(stage, folder), 'junction');
  copyFileSync(join(root, 'package.json'), join(stage, 'package.json'));

  const own = join(root, 'docs/exercises', exercise);
  const place = join(stage, 'docs/exercises', exercise);
  mkdirSync(place, { recursive: true });
  copySources(own, place);
  copyFileSync(join(root, 'docs/exercises/grading.ts'), join(stage, 'docs/exercises/grading.ts'));
  const isOurs = (name: string) => existsSync(join(own, name));
  copySources(dirname(file), place, (name) => !isOurs(name));
  const path = join(place, basename(file));
  copyFileSync(file, path);
  return { path, asOfFile: (said) => said.replaceAll(place, dirname(file)).replaceAll(stage, resolve(root)) };
}

function copySources(from: string, to: string, isWanted: (name: string) => boolean = () => true): void {
  for (const entry of readdirSync(from, { withFileTypes: true }))
    if (entry.isFile() && SOURCES.includes(extname(entry.name)) && isWanted(entry.name))
      copyFileSync(join(from, entry.name), join(to, entry.name));
}
