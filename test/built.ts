/*
 * Programs of ours as tests start them: compiled, since a start through tsx costs a second more and there are hundreds.
 * Compiles anew where a source is younger than what was built of it; the runner asks before it begins, so that no two
 * test files do it at once.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = ['lib', 'transports', 'tracer', 'lab', 'examples', 'cli', 'gui'];
/** What decides how they are built, and with what. */
const recipes = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'].map((file) => join(root, file));
/** What a build writes last. */
const last = join(root, 'dist/gui/index.html');
let isFresh = false;

/** The compiled file of a source: `cli/main.ts`. */
export function built(source: string): string {
  buildIfStale();
  return join(root, 'dist', relative(root, resolve(root, source)).replace(/\.ts$/, '.js'));
}

/** Compiles what the package ships, if a source is younger than it. */
export function buildIfStale(): void {
  if (isFresh) return;
  if (!existsSync(last) || youngest(sources) > statSync(last).mtimeMs) {
    const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', 'build'], {
      cwd: root,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    if (status !== 0) throw new Error(`npm run build failed:\n${stdout}${stderr}`);
  }
  isFresh = true;
}

function youngest(folders: readonly string[]): number {
  const times = folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(root, folder, name)))
    .filter((file) => /\.(tsx?|css|html)$/.test(file))
    .concat(recipes.filter((file) => existsSync(file)))
    .map((file) => statSync(file).mtimeMs);
  return Math.max(...times);
}
