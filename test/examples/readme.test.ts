/*
 * The README's library example: its first ```ts block below "## Use it as a library", run as it stands there.
 * 'chatwire' and its subpaths lead to the sources, by package.json's exports, so that no build is needed.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { program } from './program.js';

const test = suite('readme');
const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Record<string, { readonly default: string }> };

/** The block, or an error that says what the README lacks. */
function libraryExample(): string {
  const [, section] = readFileSync('README.md', 'utf8').split(/^## Use it as a library$/m);
  assert.ok(section, 'README.md has no heading "## Use it as a library"');
  const [, block] = /^```ts\n(.*?)^```$/ms.exec(section.split(/^## /m)[0] ?? '') ?? [];
  assert.ok(block, 'there is no ```ts block below "## Use it as a library" in README.md');
  return block;
}

/** Every import of the package, by what `to` makes of the source file behind it. */
function redirected(code: string, to: (source: string) => string): string {
  return code.replace(/from 'chatwire(\/[^']*)?'/g, (_, subpath: string = '') => {
    const target = exports[`.${subpath}`]?.default;
    assert.ok(target, `package.json exports no "chatwire${subpath}"`);
    return `from '${to(target.replace('./dist/', ''))}'`;
  });
}

test('the library example runs, and prints one line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chatwire-readme-'));
  try {
    const file = join(folder, 'example.mts');
    writeFileSync(
      file,
      redirected(libraryExample(), (source) => pathToFileURL(resolve(source.replace(/\.js$/, '.ts'))).href),
    );
    const { code, stdout, stderr } = await program(file);
    assert.is(stderr, '');
    assert.is(code, 0);
    assert.is(stdout, 'Bob: Hello, Ada!\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('examples/library.ts has the same lines', () => {
  const [, lines] = readFileSync('examples/library.ts', 'utf8').split('*/\n');
  assert.is(
    redirected(libraryExample(), (source) => `../${source}`),
    lines,
  );
});

test.run();
