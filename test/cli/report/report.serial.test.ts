/*
 * `chatwire report` with placeholder authors, as a person runs it: a whole checklist, and a PDF that others can read:
 * pdftotext finds every item, nothing overflows a margin, pdftoppm draws its pages. It is made once here, and once more
 * in what the ZIP unpacks to: from there it comes out the same, to the byte.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { FOLDER_IN_ZIP } from '../../../cli/report/pack.js';
import { type Outcome, program } from '../../examples/program.js';
import { needsTool } from '../../tool.js';

const AUTHORS = ['--author', 'Ada Lovelace', '--id', '123456782', '--author', 'שרה כהן', '--id', '987654324'];
const NAME = '123456782_987654324';
const MARGIN_POINTS = (24 / 25.4) * 72;
const A4_POINTS = 595.28;

const test = suite('report');
const folder = mkdtempSync(join(tmpdir(), 'chatwire-report-'));
const out = join(folder, 'out');
const pdf = join(out, `${NAME}.pdf`);
const ASKED = ['report', ...AUTHORS, '--course', 'Computer networks'];
const SOURCE_DATE_EPOCH = '1672531200';
let made: Outcome = { code: null, stdout: '', stderr: '' };

test.before(async () => {
  made = await program('cli/main.ts', [...ASKED, '--out', out, '--check'], { SOURCE_DATE_EPOCH });
});
test.after(() => rmSync(folder, { recursive: true, force: true }));

test('it ends well, says where the files are, finds everything that the assignment asks for, and leaves nothing else behind', () => {
  assert.is(made.code, 0, made.stderr);
  assert.is(made.stderr, '');
  assert.match(made.stdout, /\.pdf {2}\d+ pages/);
  assert.match(made.stdout, /✓ Every class and function: page \d+/);
  assert.not.match(made.stdout, '✗');
  assert.equal(readdirSync(out).sort(), [`${NAME}.pdf`, `${NAME}.zip`]);
});

const withPoppler = needsTool('pdftotext') && needsTool('pdftoppm') ? test : test.skip;

withPoppler('pdftotext finds what a grader looks for', () => {
  const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  for (const wanted of [
    'Ada Lovelace',
    'שרה',
    '123456782',
    '987654324',
    'Computer networks',
    '1 January 2023',
    `Node.js ${process.versions.node}`,
    'Theoretical background',
    'lib/wire/frames.ts',
    'ServerMachine',
    'EINPROGRESS',
    'non-blocking',
    '3. Exit the server.',
    'closed: exit',
    'client20: Welcome, new client.',
    '! Wrong group ID or password.',
  ]) {
    assert.ok(text.includes(wanted), wanted);
  }
  assert.not.match(text, /\ufffd/);
});

withPoppler('no word leaves the page’s margins', () => {
  const boxes = execFileSync('pdftotext', ['-bbox', pdf, '-'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const words = [...boxes.matchAll(/<word xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.-]+)" yMax="[\d.-]+">(.*)<\/word>/g)];
  assert.ok(words.length > 10_000);
  // a place where a word may break has no width on paper, but has one in the box at a line's end
  const printed = words.filter(([, , , word]) => !word?.endsWith('\u200b'));
  const outside = printed.filter(([, left, right]) => Number(left) < MARGIN_POINTS - 2 || Number(right) > A4_POINTS - MARGIN_POINTS + 2);
  assert.equal(
    outside.map(([, , , word]) => word),
    [],
  );
});

withPoppler('its pages can be drawn', () => {
  execFileSync('pdftoppm', ['-r', '30', '-png', '-f', '1', '-l', '3', pdf, join(folder, 'page')]);
  const pages = readdirSync(folder).filter((name) => name.endsWith('.png'));
  assert.is(pages.length, 3);
  for (const page of pages) assert.ok(statSync(join(folder, page)).size > 1000, page);
});

test('bad input: a sentence each, and nothing is written', async () => {
  const none = join(folder, 'none');
  const ada = ['--author', 'Ada', '--id', '123456782'];
  const ben = ['--author', 'Ben', '--id', '000000018'];
  const cid = ['--author', 'Cid', '--id', '987654324'];
  const wrong: readonly (readonly [args: readonly string[], why: RegExp])[] = [
    [[], /needs an author/],
    [['--author', '', '--id', '123456782'], /must not be empty/],
    [['--author', 'Ada'], /Every --author needs an --id/],
    [[...ada, ...ben, ...cid], /one or two authors, not 3/],
    [['--author', 'Ada', '--id', '12345678a'], /nine digits/],
    [[...ada, '--date', 'soon'], /2023-01-01/],
    [[...ada, '--out', join(pdf, 'within')], /cannot be written to \(\w+\): choose another one with --out/],
  ];
  for (const [args, why] of wrong) {
    const { code, stderr } = await program('cli/main.ts', ['report', '--out', none, ...args]);
    assert.is(code, 2);
    assert.match(stderr, why);
    assert.is(stderr.trim().split('\n').length, 1);
  }
  assert.not(existsSync(none));
});

const project = join(folder, 'unpacked', FOLDER_IN_ZIP);

/** Runs a program in what the ZIP unpacks to, as somebody would who knows nothing of this checkout. */
function there(name: string, ...args: readonly string[]) {
  const { NODE_V8_COVERAGE: _, ...inherited } = process.env;
  const env = { ...Object.fromEntries(Object.entries(inherited).filter(([key]) => !/^npm_/i.test(key))), SOURCE_DATE_EPOCH };
  const shell = process.platform === 'win32';
  return spawnSync(name, args, { cwd: project, env, encoding: 'utf8', input: '', shell });
}

function runsThere(name: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = there(name, ...args);
  assert.is(status, 0, `${name} ${args.join(' ')}: ${stderr}${stdout}`);
  return stdout;
}

const withPython = needsTool('python3') ? test : test.skip;

withPython('the ZIP, unpacked in an empty folder, has the PDF and how to run it, and installs', () => {
  mkdirSync(join(folder, 'unpacked'));
  execFileSync('python3', ['-m', 'zipfile', '-e', join(out, `${NAME}.zip`), join(folder, 'unpacked')]);
  assert.ok(readFileSync(join(folder, 'unpacked', `${NAME}.pdf`)).equals(readFileSync(pdf)));
  assert.match(readFileSync(join(folder, 'unpacked', 'HOW-TO-RUN.txt'), 'utf8'), 'npm ci && npm start');
  assert.not(existsSync(join(project, 'node_modules')));
  runsThere('npm', 'ci', '--prefer-offline', '--no-audit', '--no-fund');
});

withPython('the README’s two commands run there: the tour, and tests', () => {
  assert.match(runsThere('npm', 'start'), 'That was the tour.');
  assert.match(runsThere(process.execPath, '--import', 'tsx', 'test/run.ts', 'lib/wire/bytes'), /[1-9]\d* passed, 0 failed/);
});

withPython('the report, made again there, is the same to the byte', () => {
  runsThere('npm', 'run', '-s', 'chatwire', '--', ...ASKED, '--out', '../again');
  for (const file of readdirSync(out)) {
    assert.ok(readFileSync(join(folder, 'unpacked/again', file)).equals(readFileSync(join(out, file))), file);
  }
});

withPython('without Typst’s binary for the platform there is one sentence and no report', () => {
  const scope = join(project, 'node_modules/@myriaddreamin');
  for (const name of readdirSync(scope)) if (/compiler-/.test(name)) rmSync(join(scope, name), { recursive: true });
  const { status, stdout, stderr } = there('npm', 'run', '-s', 'chatwire', '--', ...ASKED, '--out', '../none');
  assert.is(status, 1);
  assert.is(stdout, '');
  assert.match(stderr, /^chatwire: Typst, which the report is made with, is not installed here .*: run npm ci in the checkout.*\n$/);
  assert.equal(readdirSync(join(folder, 'unpacked/none')), []);
});

test.run();
