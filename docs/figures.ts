/*
 * `npm run figures [-- NAME...]` makes the figures under docs/figures/ anew, all that are the same bytes each time, or
 * those whose path contains a NAME. Photographs of pages, which are never the same, are taken only by name: pages. A new
 * kind of figure is one more maker in the list.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawLadder } from './ladders/draw.js';
import { drawOpening } from './ladders/opening.js';
import { TAKES } from './ladders/takes.js';
import { drawPages } from './pages/draw.js';
import { drawTerminals } from './picture/draw.js';
import { drawLab, LAB_FIGURES } from './picture/lab.js';
import { drawChat } from './picture/readme.js';

/** Makes one kind of figure: those whose path, from docs/figures/, is wanted. */
type Maker = (wanted: (path: string) => boolean, tell: (file: string) => void) => Promise<void>;

const names = process.argv.slice(2);
const folder = fileURLToPath(new URL('./figures/', import.meta.url));

const MAKERS: readonly Maker[] = [
  async (wanted, tell) => {
    if (!wanted('opening.svg')) return;
    writeFileSync(`${folder}opening.svg`, await drawOpening());
    tell(`${folder}opening.svg`);
  },
  async (wanted, tell) => {
    mkdirSync(`${folder}ladders`, { recursive: true });
    for (const take of TAKES) {
      const path = `ladders/${take.name}.svg`;
      if (!wanted(path)) continue;
      writeFileSync(`${folder}${path}`, await drawLadder(take));
      tell(`${folder}${path}`);
    }
  },
  async (wanted, tell) => {
    if (!wanted('chat.svg')) return;
    await drawChat(`${folder}chat.svg`);
    tell(`${folder}chat.svg`);
  },
  async (wanted, tell) => {
    for (const figure of LAB_FIGURES.filter(({ name }) => wanted(`${name}.svg`))) {
      writeFileSync(`${folder}${figure.name}.svg`, drawLab(figure));
      tell(`${folder}${figure.name}.svg`);
    }
  },
  async (wanted, tell) => {
    if (names.length > 0) await drawPages(`${folder}pages`, (name) => wanted(`pages/${name}.png`), tell);
  },
  (wanted, tell) => drawTerminals(`${folder}terminal`, (name) => wanted(`terminal/${name}.svg`), tell),
];

const wanted = (path: string) => names.length === 0 || names.some((name) => path.includes(name));
for (const make of MAKERS) await make(wanted, (file) => console.log(`Drawn: ${relative('.', file)}`));
