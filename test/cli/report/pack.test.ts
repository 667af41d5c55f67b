/*
 * The ZIP that is handed in: its bytes are stable, and it has what git tracks and nothing else. That it runs elsewhere is
 * tried in report.serial.test.ts.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pack } from '../../../cli/report/pack.js';
import { projectFiles } from '../../../cli/report/project.js';
import { loadTools } from '../../../cli/report/tools.js';

const test = suite('pack');
const folder = mkdtempSync(join(tmpdir(), 'chatwire-zip-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

test('the same files give the same bytes, in any time zone', async () => {
  const tools = await loadTools();
  const files = ['README.md', 'package.json', '.ci/run', 'lib/wire/frames.ts'];
  const pdf = { name: '123456782.pdf', bytes: Buffer.from('%PDF-') };
  const parcel = () => pack(tools, { root: resolve('.'), files, pdf, date: { year: 2023, month: 1, day: 1 } });
  const zone = process.env.TZ;
  const one = await parcel();
  process.env.TZ = 'Asia/Tokyo';
  const two = await parcel();
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
  assert.ok(one.equals(two));
});

test('what was made is left out', () => {
  const files = projectFiles(resolve('.'));
  assert.ok(files.includes('package-lock.json') && files.includes('lib/wire/frames.ts'));
  assert.not(files.some((file) => /^(?:node_modules|dist|coverage|\.git)\//.test(file)));
});

test('without git, what npm and the compiler make is left out, too', () => {
  for (const name of ['lib/a.ts', 'node_modules/b/b.js', 'dist/lib/a.js', '123456782.zip', '.gitignore']) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), '');
  }
  assert.equal(projectFiles(folder), ['.gitignore', 'lib/a.ts']);
});

test.run();
