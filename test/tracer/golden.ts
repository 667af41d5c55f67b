/*
 * Holds a text to the one that is kept beside the tests. `RENEW=1` writes it anew; look at the difference before you keep it.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as assert from 'uvu/assert';

/** Asserts that a text is the kept one. */
export function isGolden(name: string, text: string): void {
  const file = new URL(`golden/${name}`, import.meta.url);
  if (process.env.RENEW !== undefined) {
    mkdirSync(dirname(file.pathname), { recursive: true });
    writeFileSync(file, text);
  }
  assert.ok(existsSync(file), `${name} is not kept yet: run with RENEW=1`);
  assert.fixture(text, readFileSync(file, 'utf8'), name);
}
