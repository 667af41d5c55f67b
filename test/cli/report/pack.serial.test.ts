/*
 * The ZIP that is handed in: its bytes are stable, it has what git tracks and nothing else, and unpacked in an empty
 * folder it runs with the README's command.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { FOLDER_IN_ZIP, pack } from '../../../cli/report/pack.js';
import { projectFiles } from '../../../cli/report/project.js';
import { loadTools } from '../../../cli/report/tools.js';
import { needsTool } from '../../tool.js';

const test = suite('pack');
const folder = mkdtempSync(join(tmpdir(), 'chatwire-zip-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

const files = projectFiles(resolve('.'));
const parcel = async () =>
  pack(await loadTools(), {
    root: resolve('.'),
    files,
    pdf: { name: '123456782.pdf', bytes: Buffer.from('%PDF-') },
    date: { year: 2023, month: 1, day: 1 },
  });

let packed: Uint8Array = new Uint8Array(0);

test('the same files give the same bytes, in any time zone', async () => {
  const zone = process.env.TZ;
  const one = await parcel();
  packed = one;
  process.env.TZ = 'Asia/Tokyo';
  const two = await parcel();
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
  assert.ok(one.equals(two));
});

test('what was made is left out', () => {
  assert.ok(files.includes('package-lock.json') && files.includes('lib/wire/frames.ts'));
  assert.not(files.some((file) => /^(?:node_modules|dist|coverage|\.git)\//.test(file)));
});

const withPython = needsTool('python3') ? test : test.skip;

withPython('unpacked in an empty folder it installs, runs the tour and passes a test', () => {
  writeFileSync(join(folder, 'all.zip'), packed);
  execFileSync('python3', ['-m', 'zipfile', '-e', 'all.zip', '.'], { cwd: folder });
  const project = join(folder, FOLDER_IN_ZIP);
  assert.ok(existsSync(join(folder, '123456782.pdf')));
  assert.match(readFileSync(join(folder, 'HOW-TO-RUN.txt'), 'utf8'), 'npm ci && npm start');
  const { NODE_V8_COVERAGE: _, ...inherited } = process.env;
  const env = Object.fromEntries(Object.entries(inherited).filter(([name]) => !/^npm_/i.test(name)));
  const run = (program: string, ...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: project,
      env,
      encoding: 'utf8',
      input: '',
      shell: process.platform === 'win32',
    });
    assert.is(status, 0, `${program} ${args.join(' ')}: ${stderr}${stdout}`);
    return stdout;
  };
  run('npm', 'ci', '--prefer-offline', '--no-audit', '--no-fund');
  assert.match(run('npm', 'start'), 'That was the tour.');
  assert.match(run(process.execPath, '--import', 'tsx', 'test/run.ts', 'lib/wire/bytes'), /[1-9]\d* passed, 0 failed/);
});

test.run();
