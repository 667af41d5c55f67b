/* Files are written whole or not at all, and nothing half-written is left beside them. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { UsageError } from '../../../cli/failure.js';
import { ReportError } from '../../../cli/report/report-error.js';
import { requireFolder, writeFiles } from '../../../cli/report/write-files.js';

const test = suite('write-files');
let folder = '';
test.before.each(() => {
  folder = mkdtempSync(join(tmpdir(), 'chatwire-write-'));
});
test.after.each(() => rmSync(folder, { recursive: true, force: true }));

test('both files are there, and a folder that was not is made', () => {
  const out = join(folder, 'a/b');
  requireFolder(out);
  writeFiles(out, [
    { name: '1.pdf', bytes: Buffer.from('pdf') },
    { name: '1.zip', bytes: Buffer.from('zip') },
  ]);
  assert.equal(readdirSync(out).sort(), ['1.pdf', '1.zip']);
  assert.is(readFileSync(join(out, '1.pdf'), 'utf8'), 'pdf');
});

const WHOLE = [
  { name: '1.pdf', bytes: Buffer.from('new') },
  { name: '1.zip', bytes: Buffer.from('zip') },
];

test('if one cannot be written, what was there stays and nothing is left over', () => {
  for (const inTheWay of ['1.zip', '1.pdf']) {
    const out = mkdtempSync(join(folder, 'out-'));
    const other = inTheWay === '1.zip' ? '1.pdf' : '1.zip';
    writeFileSync(join(out, other), 'old');
    mkdirSync(join(out, inTheWay, 'within'), { recursive: true });
    assert.throws(
      () => writeFiles(out, WHOLE),
      (error: unknown) => error instanceof ReportError && error.message.includes(`${inTheWay} is a folder`),
    );
    assert.is(readFileSync(join(out, other), 'utf8'), 'old');
    assert.equal(readdirSync(out).sort(), ['1.pdf', '1.zip']);
  }
});

/** Mounts a small disk at the folder: root on Linux may, in most containers, too. */
const mounts = (options: string): boolean =>
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status === 0;
const unmounts = (): boolean => spawnSync('umount', [folder]).status === 0;

const mayMount = (): boolean => {
  folder = mkdtempSync(join(tmpdir(), 'chatwire-write-'));
  const may = mounts('size=64k') && unmounts();
  rmSync(folder, { recursive: true });
  return may;
};
const withMount = mayMount() ? test : test.skip;

withMount('a full disk: one sentence, and nothing half-written', () => {
  assert.ok(mounts('size=64k'));
  try {
    const tooLarge = { name: '1.zip', bytes: Buffer.alloc(1 << 20, 1) };
    assert.throws(
      () => writeFiles(folder, [...WHOLE.slice(0, 1), tooLarge]),
      (error: unknown) =>
        error instanceof ReportError && /disk is full; make room, or choose another folder with --out\.$/.test(error.message),
    );
    assert.equal(readdirSync(folder), []);
  } finally {
    unmounts();
  }
});

withMount('a disk that one may only read is refused before the work, root or not', () => {
  assert.ok(mounts('ro'));
  try {
    assert.throws(
      () => requireFolder(folder),
      (error: unknown) =>
        error instanceof UsageError && /cannot be written to \(EROFS\): choose another one with --out/.test(error.message),
    );
  } finally {
    unmounts();
  }
});

test('a place that is no folder, or may not be written to, is refused before the work', () => {
  writeFileSync(join(folder, 'file'), '');
  assert.throws(
    () => requireFolder(join(folder, 'file')),
    (error: unknown) => error instanceof UsageError && /--out/.test(error.message),
  );
  // mkdir's `recursive` of Node 20 never comes back from here
  if (process.platform === 'linux') assert.throws(() => requireFolder('/proc/none/at/all'), /--out/);
  if (process.getuid?.() === 0) return; // root may write anywhere
  chmodSync(folder, 0o500);
  assert.throws(() => requireFolder(folder), /EACCES/);
  chmodSync(folder, 0o700);
});

test.run();
