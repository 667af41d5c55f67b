/*
 * Writes the generated parts of docs/protocol.md, or of another file: `npm run docs [-- FILE]`. With `--check` it
 * writes nothing and fails when the file is not what it would write.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fill } from './generate/document.js';
import { PARTS } from './generate/parts.js';

const file = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const path = file ?? fileURLToPath(new URL('./protocol.md', import.meta.url));
const written = readFileSync(path, 'utf8');
const generated = fill(written, PARTS);
if (generated === written) console.log(`${path} is up to date.`);
else if (process.argv.includes('--check')) {
  console.error(`${path} is stale: run \`npm run docs\`.`);
  process.exitCode = 1;
} else {
  writeFileSync(path, generated);
  console.log(`${path} is written anew.`);
}
