/*
 * The package as its users get it: packed, installed in another folder, imported by every subpath of its
 * exports map, type-checked by a consumer, judged by publint and attw, and run as `npx chatwire`.
 * What is tested follows from package.json. Also: the lock names every platform's packages, and one host only.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, unknown>>;
}
interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly resolved?: string; readonly optionalDependencies?: Readonly<Record<string, string>> }>
  >;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const specifiers = Object.keys(manifest.exports)
  .filter((subpath) => subpath !== './package.json')
  .map((subpath) => manifest.name + subpath.slice(1));

const test = suite('package');
const tool = (script: string): string => resolve('node_modules', script);
let folder = '';
let tarball = '';

/** Runs a program to its end and answers its output; anything but exit code 0 is an error. */
function run(program: string, args: readonly string[], cwd: string, more: Readonly<Record<string, string>> = {}): string {
  const ours = Object.entries(process.env).filter(([name]) => name !== 'NODE_V8_COVERAGE' && !/^npm_/i.test(name));
  const env = { ...Object.fromEntries(ours), ...more };
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, env, encoding: 'utf8', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: exit code ${status}\n${error?.message ?? ''}${stdout}${stderr}`);
  return stdout;
}

test.before(() => {
  folder = mkdtempSync(join(tmpdir(), 'chatwire-package-'));
  run('npm', ['run', '-s', 'build'], '.');
  const packed = JSON.parse(run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], '.')) as {
    filename: string;
  }[];
  tarball = join(folder, packed[0]?.filename ?? '');
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball], folder);
});
test.after(() => rmSync(folder, { recursive: true, force: true }));

test('every subpath is imported', () => {
  const script = specifiers.map(
    (specifier) => `if (Object.keys(await import('${specifier}')).length === 0) throw new Error('${specifier} exports nothing');`,
  );
  writeFileSync(join(folder, 'consumer.mjs'), script.join('\n'));
  run(process.execPath, ['consumer.mjs'], folder);
});

test('a TypeScript consumer type-checks, the declarations included', () => {
  const script = specifiers.map((specifier, index) => `import * as module${index} from '${specifier}';\nvoid module${index};`);
  writeFileSync(join(folder, 'consumer.ts'), script.join('\n'));
  const types = ['--typeRoots', tool('@types'), '--types', 'node'];
  const strict = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext', '--moduleResolution', 'nodenext'];
  run(process.execPath, [tool('typescript/bin/tsc'), ...strict, ...types, 'consumer.ts'], folder);
});

test('publint finds nothing', () => {
  run(process.execPath, [tool('publint/src/cli.js'), 'run', tarball, '--strict'], folder);
});

test('attw finds nothing', () => {
  run(process.execPath, [tool('@arethetypeswrong/cli/dist/index.js'), tarball, '--profile', 'esm-only'], folder);
});

test('npx chatwire runs, where it is installed and in the checkout', () => {
  for (const place of [folder, '.']) {
    assert.is(run('npx', ['--no-install', 'chatwire', '--version'], place).trim(), manifest.version);
  }
});

test('npx, the first time in a checkout that is built, does not build it again', () => {
  const before = statSync('dist/cli/main.js').mtimeMs;
  const shown = run('npx', ['--no-install', 'chatwire', '--version'], '.', { npm_config_cache: join(folder, 'empty-cache') });
  assert.is(shown.trim(), manifest.version);
  assert.is(statSync('dist/cli/main.js').mtimeMs, before);
});

test('the lock is complete for every platform and names one host', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;
  for (const [place, { resolved, optionalDependencies = {} }] of Object.entries(packages)) {
    if (resolved !== undefined) assert.is(new URL(resolved).host, 'registry.npmjs.org');
    for (const name of Object.keys(optionalDependencies)) {
      assert.ok(packages[`node_modules/${name}`] ?? packages[`${place}/node_modules/${name}`], `${place} wants ${name}; the lock lacks it`);
    }
  }
});

test.run();
