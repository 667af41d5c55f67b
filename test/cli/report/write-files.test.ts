/* Files are written whole or not at all, and nothing half-written is left beside them. */
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

test('if one cannot be written, what was there stays and nothing is left over', () => {
  writeFileSync(join(folder, '1.pdf'), 'old');
  mkdirSync(join(folder, '1.zip/in-the-way'), { recursive: true });
  const files = [
    { name: '1.zip', bytes: Buffer.from('zip') },
    { name: '1.pdf', bytes: Buffer.from('new') },
  ];
  assert.throws(
    () => writeFiles(folder, files),
    (error: unknown) => error instanceof ReportError && error.message.includes(folder),
  );
  assert.is(readFileSync(join(folder, '1.pdf'), 'utf8'), 'old');
  assert.equal(readdirSync(folder).sort(), ['1.pdf', '1.zip']);
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
