/*
 * The bundled pages as files: nothing inline that the Content-Security-Policy would refuse, nothing from elsewhere, and
 * small enough for a classroom's network.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { built } from '../built.js';

const test = suite('the bundled pages');
const folder = join(dirname(dirname(built('cli/main.ts'))), 'gui');
const page = (name: string) => readFileSync(join(folder, `${name}.html`), 'utf8');

/** How many bytes a browser fetches before the page stands, as gzip sends them. */
function gzippedBytes(name: string): number {
  const html = page(name);
  const files = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, file = '']) => readFileSync(join(folder, file)));
  return [Buffer.from(html), ...files].reduce((sum, bytes) => sum + gzipSync(bytes).length, 0);
}

for (const [name, limit] of [
  ['index', 60_000],
  ['ladder', 120_000],
  ['lab', 120_000],
] as const) {
  test(`${name}: under ${limit / 1000} kB gzipped`, () => {
    assert.ok(gzippedBytes(name) < limit, `${gzippedBytes(name)} bytes`);
  });
  test(`${name}: no inline script or style, and nothing from elsewhere`, () => {
    const html = page(name);
    assert.not.match(html, /<script(?![^>]*\ssrc=)|<style|\son\w+=|\sstyle=/);
    for (const [, where = ''] of html.matchAll(/(?:src|href)="([^"]*)"/g)) assert.match(where, /^(\/assets\/|data:,)/);
  });
}

test.run();
