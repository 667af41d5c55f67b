/*
 * The project as it stands on this disk: its root, and the files that belong to it. A checkout asks git; the unpacked
 * ZIP, which has none, is walked, and what npm and the compiler put there is left out.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ReportError } from './report-error.js';

/** Folders that hold nothing anybody wrote. */
const MADE = new Set(['.git', 'node_modules', 'dist', 'dist-bench', 'coverage', '__pycache__']);

/** The project's folder. */
export function projectRoot(): string {
  const root = dirname(createRequire(import.meta.url).resolve('chatwire/package.json'));
  if (existsSync(join(root, 'docs/report/main.typ'))) return root;
  throw new ReportError('The report is made from the sources, which are not here: run it in a checkout of Chatwire, after npm ci.');
}

/** The project's files, as paths from its root with slashes, in order. */
export function projectFiles(root: string): readonly string[] {
  const files = existsSync(join(root, '.git')) ? tracked(root) : walk(root, '');
  return files.filter((file) => existsSync(join(root, file))).sort((a, b) => (a < b ? -1 : 1));
}

function tracked(root: string): readonly string[] {
  try {
    return execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .split('\0')
      .filter((file) => file !== '');
  } catch {
    return walk(root, ''); // a checkout on a machine without git
  }
}

function walk(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return MADE.has(entry.name) ? [] : walk(root, path);
    return /\.(?:zip|pdf|log|sock|tgz)$/.test(entry.name) ? [] : [path];
  });
}
