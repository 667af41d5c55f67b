/*
 * Writes the generated parts of the lecturer's pages, docs/lessons/*.md: `npm run docs:lessons [-- NAME...]`. As root with
 * tcpdump, since the page on the handshake shows the kernels' packets.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fill } from './generate/document.js';
import { lessons, pageOf, partsOf } from './generate/lessons.js';

const names = process.argv.slice(2);
for (const lesson of lessons.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const path = pageOf(lesson);
  writeFileSync(path, fill(readFileSync(path, 'utf8'), await partsOf(lesson)));
  console.log(`${path} is written anew.`);
}
