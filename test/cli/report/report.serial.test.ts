/*
 * `chatwire report` with placeholder authors, as a person runs it, twice at once: the same bytes, a whole checklist, and
 * a PDF that others can read: pdftotext finds every item, nothing overflows a margin, pdftoppm draws its pages.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Outcome, program } from '../../examples/program.js';
import { needsTool } from '../../tool.js';

const AUTHORS = ['--author', 'Ada Lovelace', '--id', '123456782', '--author', 'שרה כהן', '--id', '987654324'];
const NAME = '123456782_987654324';
const MARGIN_POINTS = (24 / 25.4) * 72;
const A4_POINTS = 595.28;

const test = suite('report');
const folder = mkdtempSync(join(tmpdir(), 'chatwire-report-'));
const pdf = join(folder, 'one', `${NAME}.pdf`);
let outcomes: readonly Outcome[] = [];

const report = (out: string, ...flags: readonly string[]) =>
  program('cli/main.ts', ['report', ...AUTHORS, '--course', 'Computer networks', '--out', join(folder, out), ...flags], {
    SOURCE_DATE_EPOCH: '1672531200',
  });

test.before(async () => {
  outcomes = await Promise.all([report('one', '--check'), report('two')]);
});
test.after(() => rmSync(folder, { recursive: true, force: true }));

test('it ends well, says where the files are, and finds everything that the assignment asks for', () => {
  for (const { code, stdout, stderr } of outcomes) {
    assert.is(code, 0, stderr);
    assert.is(stderr, '');
    assert.match(stdout, /\.pdf {2}\d+ pages/);
  }
  assert.match(outcomes[0]?.stdout ?? '', /✓ Every class and function: page \d+/);
  assert.not.match(outcomes[0]?.stdout ?? '', '✗');
});

test('two runs give the same bytes, and leave nothing else behind', () => {
  assert.equal(readdirSync(join(folder, 'one')).sort(), [`${NAME}.pdf`, `${NAME}.zip`]);
  for (const ending of ['pdf', 'zip']) {
    const [one, two] = ['one', 'two'].map((out) => readFileSync(join(folder, out, `${NAME}.${ending}`)));
    assert.ok(one && two && one.equals(two), ending);
  }
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
  const out = join(folder, 'none');
  const wrong: readonly (readonly [args: readonly string[], why: RegExp])[] = [
    [[], /needs an author/],
    [['--author', '', '--id', '123456782'], /must not be empty/],
    [['--author', 'Ada', '--id', '12345678a'], /nine digits/],
    [['--author', 'Ada', '--id', '123456782', '--date', 'soon'], /2023-01-01/],
  ];
  const ends = await Promise.all(wrong.map(([args]) => program('cli/main.ts', ['report', ...args, '--out', out])));
  for (const [i, { code, stderr }] of ends.entries()) {
    assert.is(code, 2);
    assert.match(stderr, wrong[i]?.[1] as RegExp);
    assert.is(stderr.trim().split('\n').length, 1);
  }
  assert.not(readdirSync(folder).includes('none'));
});

test.run();
