/*
 * The exercises: the solutions are right, the unfinished ones are not, and whoever breaks a solution is told. What students
 * start from works as far as it goes, and nothing of it is in the package.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { exercise as arq } from '../../docs/exercises/arq/grading.js';
import { exercise as frame } from '../../docs/exercises/frame/grading.js';
import { casesFor, type Exercise, grade, gradeLine, type Mark, markLines } from '../../docs/exercises/grading.js';
import { exercise as transport } from '../../docs/exercises/transport/grading.js';

const test = suite('exercises');
const EXERCISES: Readonly<Record<string, Exercise>> = { frame, arq, transport };
const folder = mkdtempSync(join(tmpdir(), 'chatwire-exercises-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

type Work = Readonly<Record<string, unknown>>;
const load = async (path: string): Promise<Work> => (await import(pathToFileURL(resolve(path)).href)) as Work;
const wrongOf = (marks: readonly Mark[]) => marks.filter(({ wrong }) => wrong !== undefined);

for (const [name, { cases }] of Object.entries(EXERCISES)) {
  test(`${name}: the solution is right in all`, async () => {
    const marks = await grade(cases(await load(`test/exercises/solutions/${name}.ts`)));
    assert.equal(wrongOf(marks), []);
    assert.ok(marks.length > 10);
  });

  test(`${name}: the unfinished one is not, and each fault has its sentence`, async () => {
    const marks = await grade(cases(await load(`docs/exercises/${name}/${name}.ts`)));
    const wrong = wrongOf(marks);
    assert.ok(wrong.length >= marks.length / 3, `only ${wrong.length} are wrong`);
    assert.ok(wrong.length < marks.length, 'it works as far as it goes');
    const readme = readFileSync(`docs/exercises/${name}/README.md`, 'utf8').replace(/\s+/g, ' ');
    const said = new RegExp(`${marks.length} cases.*As it stands, ${marks.length - wrong.length} are right\\.`);
    assert.match(readme, said);
    for (const mark of wrong) assert.match(mark.wrong ?? '', /^.{8,}/);
  });

  test(`${name}: its README says what to do, with which hints, what to read, and the command`, () => {
    const text = readFileSync(`docs/exercises/${name}/README.md`, 'utf8');
    for (const heading of ['Task', 'Hints', 'Read']) assert.match(text, new RegExp(`^## ${heading}$`, 'm'));
    assert.ok(text.includes(`npm run -s exercise -- ${name}`));
  });

  test(`${name}: a file that lacks everything is graded, too`, async () => {
    const marks = await grade(casesFor({}, cases));
    assert.is(wrongOf(marks).length, marks.length);
    assert.match(wrongOf(marks)[0]?.wrong as string, /^The file exports no "/);
  });
}

/** A solution with one thing wrong, and the beginning of the name of a case that notices. */
const BROKEN: readonly (readonly [name: string, from: string, to: string, noticed: string])[] = [
  ['arq', ' || number >= this.#base + this.#settings.window', '', 'the window is kept'],
  ['arq', 'if (number !== this.#expected) return', 'if (number < this.#expected) return', 'a lost packet is sent again'],
  ['arq', 'this.#next = this.#base;\n  }', '}', 'a lost packet is sent again'],
  ['arq', 'this.#base = Math.max(this.#base, next);', 'this.#base = next;', '50 seeds with acknowledgements'],
  ['arq', 'this.#next = Math.max(this.#next, this.#base);', '', '50 seeds with acknowledgements'],
  ['arq', 'sentAt + this.#settings.timeoutMs', 'sentAt + 2 * this.#settings.timeoutMs', 'P = 0.05, a = 5, W = 31'],
  ['arq', 'sentAt + this.#settings.timeoutMs', 'sentAt + this.#settings.timeoutMs / 2', 'nothing is sent twice'],
  ['frame', 'writer.setU16(2, payload);', '', 'the bytes of a WHISPER'],
  ['frame', '0x11', '0x10', 'the row has a type'],
  ['frame', 'if (bytes[1] !== 0) throw', 'if (bytes[1] === 255) throw', 'flags: refused'],
  ['frame', 'if (reader.offset !== end) throw', 'if (reader.offset > end) throw', 'a payload that is longer'],
  ['frame', 'bytes.length < end ? undefined : end', 'end', 'a frame that is not whole'],
  ['frame', 'bytes.byteOffset, bytes.byteLength', '', 'a frame that is not whole'],
  ['frame', "header('length', 2, 2,", "header('length', 2, 1,", 'taken apart'],
];

for (const [i, [name, from, to, noticed]] of BROKEN.entries()) {
  test(`${name}: without "${from.trim().slice(0, 40)}" a case fails: ${noticed}`, async () => {
    const source = readFileSync(`test/exercises/solutions/${name}.ts`, 'utf8');
    assert.ok(source.includes(from));
    const path = join(folder, `${name}-${i}.ts`);
    writeFileSync(path, source.replace(from, to).replaceAll("'../../../", `'${resolve('.')}/`));
    const wrong = wrongOf(await grade((EXERCISES[name] as Exercise).cases(await load(path))));
    assert.ok(
      wrong.some((mark) => mark.name.startsWith(noticed)),
      `noticed by: ${wrong.map((mark) => mark.name).join('; ') || 'nobody'}`,
    );
  });
}

const command = (...args: string[]) => commandIn(process.env, ...args);

function commandIn(env: NodeJS.ProcessEnv, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', 'exercise', '--', ...args], { encoding: 'utf8', env });
  return { status, stdout, stderr };
}

test('the one command: a line a case, the grade, and the exit code', () => {
  const right = command('arq', 'test/exercises/solutions/arq.ts');
  assert.equal([right.status, right.stderr], [0, '']);
  assert.match(right.stdout, /^ok {4}a link[\s\S]*\n(\d+) of \1 are right: 100 %\. It is finished\.\n$/);
  const unfinished = command('arq');
  assert.equal([unfinished.status, unfinished.stderr], [1, '']);
  assert.match(unfinished.stdout, /^FAIL {2}a lost packet is sent again\n {6}The program was given/m);
  assert.match(unfinished.stdout, /\n\d+ of 14 are right: \d+ %\.\n$/);
});

for (const name of Object.keys(EXERCISES)) {
  test(`${name}: a copy of the unfinished one is graded anywhere as in its place, and nothing is left of it`, () => {
    const elsewhere = mkdtempSync(join(folder, 'elsewhere-'));
    const [file, work] = [join(elsewhere, 'mine.ts'), readFileSync(`docs/exercises/${name}/${name}.ts`, 'utf8')];
    writeFileSync(file, `import { beside } from './beside.js';\n${work}\nif (!beside) throw new Error('not beside');\n`);
    writeFileSync(join(elsewhere, 'beside.ts'), 'export const beside: boolean = true;\n');
    const scratch = mkdtempSync(join(folder, 'scratch-'));
    const here = command(name);
    const there = commandIn({ ...process.env, TMPDIR: scratch }, name, file);
    assert.equal([there.status, there.stderr, there.stdout], [1, '', here.stdout]);
    assert.equal(
      readdirSync(scratch).filter((left) => left.startsWith('chatwire')),
      [],
    );
  });
}

test('what cannot be graded is told in one sentence, exit code 2', () => {
  const broken = join(folder, 'broken.ts');
  writeFileSync(broken, 'throw new Error("not today");');
  const typo = join(folder, 'typo.ts');
  writeFileSync(typo, 'export const x = ;');
  const astray = join(folder, 'astray.ts');
  writeFileSync(astray, "import '../../../lib/wire/feelds.js';");
  for (const [args, told] of [
    [[], 'Say which exercise: frame, arq, transport.'],
    [['dance'], 'There is no exercise "dance"; there is frame, arq, transport.'],
    [['arq', join(folder, 'none.ts')], `There is no file ${join(folder, 'none.ts')}.`],
    [['frame', broken], `${broken} cannot be loaded: not today.`],
    [['frame', typo], `${typo} cannot be loaded: ${typo}:1:17: ERROR: Unexpected ";".`],
    [
      ['frame', astray],
      `${astray} cannot be loaded: Cannot find module '${resolve('lib/wire/feelds.js')}' imported from ${astray}. It may import what docs/exercises/frame/frame.ts can, and what lies beside it.`,
    ],
  ] as const) {
    assert.equal(command(...args), { status: 2, stdout: '', stderr: `${told}\n` });
  }
});

test('the grade is rounded down, so that 100 % means all', () => {
  const marks = [...Array(299).fill({ name: 'a' }), { name: 'b', wrong: 'two\nlines' }] as Mark[];
  assert.is(gradeLine(marks), '299 of 300 are right: 99 %.');
  assert.equal(markLines(marks[299] as Mark), ['FAIL  b', '      two\n      lines']);
});

test('neither exercises nor solutions are in the package', () => {
  const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], { encoding: 'utf8' });
  const [{ files }] = JSON.parse(stdout) as [{ readonly files: readonly { readonly path: string }[] }];
  assert.equal(
    files.map(({ path }) => path).filter((path) => /exercises\/|solution/.test(path)),
    [],
  );
});

test.run();
