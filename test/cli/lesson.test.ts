/*
 * `chatwire lesson` as a class has it: every lesson from the compiled program, in pages on a terminal, and one sentence for
 * what is wrong.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import stringWidth from 'string-width';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { lessons } from '../../examples/lessons/index.js';
import { closePiped, Piped } from './piped.js';
import { CTRL_C, closeTerminals, PseudoTerminal } from './pseudo-terminal.js';

const test = suite('chatwire lesson');
test.after.each(closeTerminals);
test.after(closePiped);

const lesson = (...args: string[]) => new Piped(['lesson', ...args], { COLUMNS: '80', NO_COLOR: '1' }).finish();

/** Every lesson, over all that it can be had over. */
const ALL = lessons.flatMap(({ name, transports, arqs = [undefined] }) =>
  transports.flatMap((transport) => arqs.map((arq) => [name, '-t', transport, ...(arq ? ['--arq', arq] : [])])),
);

for (const args of ALL) {
  test(`${args.join(' ')}: a ladder of 80 columns, three questions, and answers with rows that are shown`, async () => {
    const { code, stdout, stderr } = await lesson(...args, '--answers');
    assert.equal([code, stderr], [0, '']);
    for (const line of stdout.split('\n')) assert.ok(stringWidth(line) <= 80, line);
    const [ladder = '', questions = ''] = stdout.split(/\n\n(?=1\. )/);
    assert.equal(questions.match(/^\d\./gm), ['1.', '2.', '3.']);
    const pointedAt = [...questions.matchAll(/\[rows?\s+([\d,\sand]+)\]/g)].map(([, rows = '']) => rows.match(/\d+/g) ?? []);
    assert.is(pointedAt.length, 3, questions);
    const missing = pointedAt.flat().filter((row) => !new RegExp(`^.? *${row} +\\d+\\.\\d{3}`, 'm').test(ladder));
    assert.equal(missing, []);
  });
}

for (const name of ['handshake', 'half-close']) {
  test(`${name} --kernel: with what the kernels send, or a sentence why not`, async () => {
    const { code, stdout, stderr } = await lesson(name, '--kernel', '--answers');
    assert.is(code, 0, stderr);
    if (/^Without the kernels’ packets: /.test(stderr)) return isWithoutKernels(stdout);
    assert.is(stderr, '');
    assert.match(stdout, name === 'handshake' ? /TCP\s+acknowledges\s+it\s+in\s+row\s+\d+\s+with\s+ack\s+\d+/ : /FIN-ACK/);
    assert.not.match(stdout, /\(inferred\)/);
  });

  test(`${name} --kernel where nobody may capture: told as it was, without the packets`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chatwire-no-capture-'));
    try {
      for (const tool of ['tcpdump', 'dumpcap'])
        writeFileSync(join(folder, tool), '#!/bin/sh\necho Permission denied >&2; exit 1\n', { mode: 0o755 });
      const env = { COLUMNS: '80', NO_COLOR: '1', PATH: `${folder}${delimiter}${process.env.PATH ?? ''}` };
      const { code, stdout, stderr } = await new Piped(['lesson', name, '--kernel', '--answers'], env).finish();
      assert.is(code, 0, stderr);
      assert.match(stderr, /^Without the kernels’ packets: tcpdump may not capture here/);
      isWithoutKernels(stdout);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

/** Nothing in it speaks of packets that nobody has seen. */
function isWithoutKernels(stdout: string): void {
  assert.match(stdout, /\(inferred\)/);
  assert.not.match(stdout, /were\s+captured|is\s+a\s+kernel|all\s+seen/);
}

test('without --answers there are questions alone, and how to get the answers', async () => {
  const { code, stdout } = await lesson('slow-reader');
  assert.is(code, 0);
  assert.match(stdout, /\n1\. [^[]*\n2\. [^[]*\n3\. [^[]*\nAnswers: the same command with --answers\.\n$/);
});

test('without a name: all of them', async () => {
  const { code, stdout, stderr } = await lesson();
  assert.equal([code, stderr], [0, '']);
  for (const { name, title } of lessons) assert.match(stdout, new RegExp(`^${name} +${title}$`, 'm'));
  for (const line of stdout.split('\n')) assert.ok(stringWidth(line) <= 80, line);
});

test('what --lanes hides is named with the lane that shows it', async () => {
  const { stdout } = await lesson('rebinding', '--answers', '--lanes', 'frames');
  assert.match(stdout, /\(Not shown here: rows [\d, and]+\. Add segments\s+to --lanes\.\)/);
});

test('--ascii is ASCII to the last letter, and -o writes the run', async () => {
  const { stdout } = await lesson('half-close', '--answers', '--ascii');
  assert.match(stdout, /^[\x20-\x7e\n]*$/);
  const folder = mkdtempSync(join(tmpdir(), 'chatwire-lesson-'));
  try {
    const path = join(folder, 'loss.svg');
    const { code, stdout } = await lesson('loss', '-o', path);
    assert.equal([code, stdout], [0, '']);
    assert.ok(existsSync(path));
    const answered = await lesson('loss', '-o', path, '--answers');
    assert.match(answered.stdout, /^1\. Which datagram[\s\S]*\[rows \d+ and \d+\]\n2\. [\s\S]*\n3\. /);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const names = lessons.map(({ name }) => name).join(', ');
const WRONG: readonly (readonly [args: string, told: string])[] = [
  ['dance', `There is no lesson "dance"; there is ${names}.`],
  ['loss -t tcp', 'The lesson "loss" cannot be had over tcp; there is udp.'],
  ['handshake -t pigeon', 'The lesson "handshake" cannot be had over pigeon; there is tcp, udp, unix, http.'],
  ['loss --arq x', 'The lesson "loss" is not about --arq x; there is sack, stop-and-wait, go-back-n, selective-repeat.'],
  ['framing --arq sack-x', 'The lesson "framing" is not about --arq sack-x; leave out --arq.'],
  ['loss --kernel', '--kernel is for lessons over TCP; leave out --kernel.'],
  ['handshake -t unix --kernel', '--kernel is for lessons over TCP; add --transport tcp.'],
  [
    'loss --lanes frames,calls',
    'A lesson has no system calls to show: leave out calls, or take `chatwire trace demo handshake --syscalls`.',
  ],
  ['handshake --lanes kernel', 'The lesson "handshake" has no packets of the kernels to show like this; add --kernel.'],
  ['loss --lanes kernel', 'The lesson "loss" has no packets of the kernels to show like this; leave out kernel.'],
  ['handshake --hex 4000', 'There is no step 4000 here to show the bytes of.'],
];
for (const [args, told] of WRONG) {
  test(`lesson ${args}: one sentence and exit code 2`, async () => {
    const { code, stderr } = await lesson(...args.split(' '));
    assert.equal([code, stderr], [2, `chatwire: ${told}\n`]);
  });
}

test('on a terminal of 80 by 24 it comes in pages: on, back, and the questions stay when it is over', async () => {
  const terminal = new PseudoTerminal(['lesson', 'blocking', '--answers']);
  await terminal.until(/page 1 of \d+/);
  assert.match(terminal.screen, /^Head-of-line blocking[\s\S]*What you will be asked:[\s\S]*3\. Did Foo/);
  terminal.type(' ');
  await terminal.until(/page 2 of/);
  assert.match(terminal.screen, /│ server │/);
  terminal.type('b');
  await terminal.until(/page 1 of/);
  const pages = Number(/page 1 of (\d+)/.exec(terminal.screen)?.[1]);
  for (let page = 2; page <= pages; page += 1) {
    terminal.type(' ');
    await terminal.until(`page ${page} of`);
    assert.is(terminal.rows.length, 24);
    for (const row of terminal.rows) assert.ok(stringWidth(row) <= 80, row);
  }
  assert.match(terminal.screen, /\[rows?\s+[\d,\sand]+\][\s\S]*q: done/);
  terminal.type('q');
  assert.is(await terminal.exitCode(), 0);
  assert.match(terminal.screen, /3\. Did Foo’s message wait, too\? Why\?/);
});

test('another size makes other pages; Ctrl-C ends it', async () => {
  const terminal = new PseudoTerminal(['lesson', 'cookie'], { columns: 100, rows: 40 });
  await terminal.until(/page 1 of/);
  const pages = () => Number(/page \d+ of (\d+)/.exec(terminal.screen)?.[1]);
  const few = pages();
  terminal.resize(60, 16);
  await terminal.until(() => pages() > few && terminal.rows.length <= 16);
  terminal.type(CTRL_C);
  assert.is(await terminal.exitCode(), 0);
});

test('the backlog looks at the kernels’ packets by itself, so that lane can be asked for', async () => {
  assert.is((await lesson('backlog', '--lanes', 'kernel')).code, 0);
});

test('--no-pages and --table are printed at once', async () => {
  for (const option of ['--no-pages', '--table']) {
    const terminal = new PseudoTerminal(['lesson', 'rebinding', option]);
    assert.is(await terminal.exitCode(), 0);
    assert.match(terminal.screen, /Answers: the same command with --answers\./);
    assert.not.match(terminal.written, /page 1 of/);
  }
});

test.run();
