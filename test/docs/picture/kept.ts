/*
 * The kept pictures of terminals, and whether one that is made again is the same.
 */
import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { SCENES } from '../../../docs/picture/draw.js';
import { drawShots } from '../../../docs/picture/terminal-svg.js';
import { closeTerminals } from '../../cli/pseudo-terminal.js';

export const FOLDER = 'docs/figures/terminal';

/** A kept picture, as text. */
export function picture(name: string): string {
  return readFileSync(`${FOLDER}/${name}.svg`, 'utf8');
}

/** Plays a scene, and asserts that its picture is the kept one, byte for byte. */
export async function isAsKept(name: string): Promise<void> {
  const scene = SCENES.find((one) => one.name === name);
  assert.ok(scene);
  try {
    assert.ok(drawShots(scene.description, await scene.play()) === picture(name), 'the picture is another one');
  } finally {
    await closeTerminals();
  }
}
