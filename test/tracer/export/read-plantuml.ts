/*
 * Draws diagrams with PlantUML itself, all in one run of its own, and gives the texts that it drew.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readXml } from './read-xml.js';

/** The texts of each diagram, lines of one text apart; rejects if PlantUML finds a mistake in one. */
export async function readPlantUml(diagrams: readonly string[]): Promise<readonly (readonly string[])[]> {
  const folder = mkdtempSync(join(tmpdir(), 'chatwire-plantuml-'));
  try {
    const files = diagrams.map((diagram, i) => {
      const file = join(folder, `d${i}.puml`);
      writeFileSync(file, diagram);
      return file;
    });
    await promisify(execFile)('plantuml', ['-tsvg', '-failfast', ...files]);
    return files.map((file) => readXml(readFileSync(file.replace(/puml$/, 'svg'), 'utf8').replace(/<!--[\s\S]*?-->/g, '')).texts);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
