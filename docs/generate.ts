/*
 * Writes the generated parts of docs/protocol.md and docs/http.md, or of another file that has those of the first:
 * `npm run docs [-- FILE]`. With `--check` it writes nothing and fails when a file is not what it would write.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fill, type Parts } from './generate/document.js';
import { HTTP_PARTS } from './generate/http.js';
import { PARTS } from './generate/parts.js';

const file = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const beside = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url));
const documents: readonly (readonly [path: string, parts: Parts])[] =
  file === undefined
    ? [
        [beside('protocol.md'), PARTS],
        [beside('http.md'), HTTP_PARTS],
      ]
    : [[file, PARTS]];

for (const [path, parts] of documents) {
  const written = readFileSync(path, 'utf8');
  const generated = fill(written, parts);
  if (generated === written) console.log(`${path} is up to date.`);
  else if (process.argv.includes('--check')) {
    console.error(`${path} is stale: run \`npm run docs\`.`);
    process.exitCode = 1;
  } else {
    writeFileSync(path, generated);
    console.log(`${path} is written anew.`);
  }
}
