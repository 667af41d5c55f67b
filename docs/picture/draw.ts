/*
 * Plays the scenes, each with a server of its own, and keeps what the terminals show as SVG files. A scene whose
 * name is not among those asked for is left alone.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeTerminals } from '../../test/cli/pseudo-terminal.js';
import type { Scene } from './scene.js';
import { MISTAKES } from './scenes/mistakes.js';
import { OPTIONS } from './scenes/options.js';
import { PROGRAMS } from './scenes/programs.js';
import { drawShots } from './terminal-svg.js';

/** All scenes. */
export const SCENES: readonly Scene[] = [...OPTIONS, ...MISTAKES, ...PROGRAMS];

/** Draws the scenes into a folder, and tells of each. */
export async function drawTerminals(folder: string, wanted: (name: string) => boolean, tell: (file: string) => void): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const { name, description, play } of SCENES) {
    if (!wanted(name)) continue;
    try {
      const file = join(folder, `${name}.svg`);
      writeFileSync(file, drawShots(description, await play()));
      tell(file);
    } finally {
      await closeTerminals();
    }
  }
}
