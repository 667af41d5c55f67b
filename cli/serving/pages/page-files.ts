/*
 * The built pages (dist/gui) as an index from path to answer, made once at start: only what stands in it can be asked
 * for, so that no path leads anywhere else. The files are small and are kept in memory, as they are and gzipped.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { FileError } from '../../failure.js';

/** One file, ready to be sent. */
export interface PageFile {
  readonly contentType: string;
  readonly cacheControl: string;
  readonly etag: string;
  readonly bytes: Buffer;
  /** Where that is smaller. */
  readonly gzipped: Buffer | undefined;
}

/** What can be asked for, by path. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** The pages that have a path of their own beside that of their file. */
const PAGES: Readonly<Record<string, string>> = { '/index.html': '/', '/ladder.html': '/ladder', '/lab.html': '/lab' };

/** Vite puts a hash of the content into the names of these, so a browser never needs to ask again. */
const HASHED = /^\/assets\/[^/]+-[\w-]{8}\.\w+$/;

/**
 * Reads the built pages.
 * @throws {FileError} if they are not built
 */
export function readPageFiles(folder = builtFolder()): PageFiles {
  const files = new Map<string, PageFile>();
  if (existsSync(join(folder, 'index.html'))) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const contentType = CONTENT_TYPES[extname(name)];
      const file = join(folder, name);
      if (contentType === undefined || !statSync(file).isFile()) continue;
      const path = `/${name.split(sep).join('/')}`;
      const read = pageFile(path, contentType, readFileSync(file));
      files.set(path, read);
      const page = PAGES[path];
      if (page !== undefined) files.set(page, read);
    }
  }
  if (!files.has('/')) throw new FileError('The page is not built yet: run "npm run build" first, then start the server again.');
  return files;
}

function pageFile(path: string, contentType: string, bytes: Buffer): PageFile {
  const gzipped = gzipSync(bytes, { level: 9 });
  return {
    contentType,
    cacheControl: HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    bytes,
    gzipped: gzipped.length < bytes.length ? gzipped : undefined,
  };
}

/** dist/gui, seen from the compiled file and from the source. */
function builtFolder(): string {
  const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const whenCompiled = beside('../../../gui');
  return existsSync(join(whenCompiled, 'vite.config.ts')) ? beside('../../../dist/gui') : whenCompiled;
}
