/*
 * The catalogue of all files of the project. A file that says nothing of itself is an error: nothing can be told of it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReportError } from '../report-error.js';
import type { DocumentTools } from '../tools.js';
import type { ExplainedFile } from './explained.js';
import { explainOther } from './others.js';
import { explainTypeScript } from './typescript.js';

/** Files of which there are many that follow from others: figures, recordings and golden files are told of as one. */
const GATHERED = /^docs\/(?:figures|recordings)\/.*\.(?!ts$)\w+$|^(?:test|tracer)\/(?:.*\/)?golden\//;
const TYPESCRIPT = /\.(?:[cm]?js|[cm]?ts|tsx)$/;
const BINARY = /\.(?:png|pdf|ttf|pcapng|gz|ico|woff2?)$/;

/** Explains every file. */
export function catalogue(tools: DocumentTools, root: string, files: readonly string[]): ExplainedFile[] {
  const told = files.filter((path) => !GATHERED.test(path) && !BINARY.test(path));
  const texts = told.map((path) => [path, readFileSync(join(root, path), 'utf8')] as const);
  const sources = explainTypeScript(
    tools,
    texts.filter(([path]) => TYPESCRIPT.test(path)),
  );
  const known = new Set(told);
  const others = texts.filter(([path]) => !TYPESCRIPT.test(path)).map(([path, text]) => explainOther(path, text, known));
  return [...sources, ...others].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Holds that every file says what it is.
 * @throws {ReportError} naming those that do not
 */
export function requirePurposes(files: readonly ExplainedFile[]): void {
  const silent = files.filter(({ purpose }) => purpose === '').map(({ path }) => path);
  if (silent.length === 0) return;
  const named = silent.length > 5 ? `${silent.slice(0, 5).join(', ')} and ${silent.length - 5} more` : silent.join(', ');
  throw new ReportError(
    `${silent.length === 1 ? 'A file has' : `${silent.length} files have`} no comment at the head that says what it is for: ${named}.`,
  );
}
