/*
 * `chatwire trace show`, `replay`, `demo` and `wireshark-plugin`, as scripts run them: what they print, what they write,
 * and what they say to bad input.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { built } from '../../built.js';
import { closePiped, type Outcome, Piped, run } from '../piped.js';
import { closeTerminals, PseudoTerminal } from '../pseudo-terminal.js';

const test = suite('trace show');
let folder = '';
test.before(() => {
  folder = mkdtempSync(join(tmpdir(), 'chatwire-show-'));
});
test.after.each(closePiped);
test.after.each(closeTerminals);
test.after(() => rmSync(folder, { recursive: true }));

const at = (columns: number, ...args: readonly string[]): Promise<Outcome> =>
  new Piped(['trace', ...args], { COLUMNS: String(columns) }).finish();

function widest(text: string): number {
  return Math.max(...text.split('\n').map((line) => stringWidth(line)));
}

test('before a pager it is as wide as the terminal', async () => {
  const command = `"${process.execPath}" "${built('cli/main.ts')}" trace show tcp-handshake | cat`;
  const shell = new PseudoTerminal(['-c', command], { program: 'sh', columns: 72, env: { COLUMNS: '' } });
  assert.is(await shell.ended, 0);
  const width = widest(shell.written.replaceAll('\r', ''));
  assert.ok(width > 60 && width <= 72, `${width} columns`);
});

test('each recording that ships is shown, at any width', async () => {
  for (const [name, word] of [
    ['tcp-handshake', 'SYN-ACK'],
    ['tcp-below', 'epoll_pwait'],
    ['udp-handshake', 'COOKIE'],
    ['unix-handshake', 'connect'],
  ] as const) {
    const { code, stdout, stderr } = await at(80, 'show', name);
    assert.is(code, 0, stderr);
    assert.is(stderr, '');
    assert.ok(stdout.includes(word), stdout);
    assert.ok(widest(stdout) <= 80);
  }
  const { code, stdout } = await at(20, 'show', 'tcp-handshake', '--ascii');
  assert.is(code, 0);
  assert.ok(widest(stdout) <= 20, stdout);
});

test('filters, the table, bytes, a dialogue and the index', async () => {
  const only = await at(80, 'show', 'tcp-handshake', '--type', 'say', '--table');
  assert.match(only.stdout, /SAY/);
  assert.not.match(only.stdout, /HELLO/);
  assert.match((await at(100, 'show', 'tcp-handshake', '--lanes', 'frames', '--why')).stdout, /ANSWER/);
  const number = /^\s*(\d+) .*SAY/m.exec(only.stdout)?.[1] ?? '';
  assert.match((await at(100, 'show', 'tcp-handshake', '--hex', number)).stdout, /48 69 20 66/);
  assert.match((await at(80, 'show', 'tcp-handshake', '--follow', 'c1')).stdout, /Hi friends/);
  assert.match((await at(140, 'show', 'tcp-handshake', '--index')).stdout, /c1 .*tcp.*BYE exit, from Bar/);
  assert.match((await at(80, 'show', 'tcp-handshake', '--from', '1e9')).stdout, /No step of it is what you asked for/);
});

test('nothing is left of it for a file: a sentence, exit code 2, and no file', async () => {
  for (const ending of ['svg', 'png', 'pcapng', 'html']) {
    const file = join(folder, `nothing.${ending}`);
    const { code, stderr } = await at(80, 'show', 'tcp-handshake', '--from', '99999', '-o', file);
    assert.equal([code, stderr], [2, 'chatwire: No step of it is what you asked for.\n']);
    assert.not(existsSync(file), file);
  }
});

test('a lane that is not in the trace: a sentence says which there are', async () => {
  for (const args of [
    ['show', 'tcp-handshake', '--lanes', 'kernel,frames'],
    ['replay', 'tcp-handshake', '--speed', '1e6', '--lanes', 'kernel'],
  ]) {
    const { code, stderr } = await at(80, ...args);
    assert.is(code, 0);
    assert.is(stderr, 'tcp-handshake has no lane kernel: it has frames, segments and states.\n');
  }
  const { stderr } = await at(80, 'diff', 'tcp-exit', 'udp-exit', '--lanes', 'calls,kernel');
  assert.is(stderr.split('\n')[1], 'udp-exit has no lanes calls and kernel: it has frames, segments and states.');
  assert.is((await at(80, 'show', 'tcp-handshake', '--lanes', 'states,frames')).stderr, '');
});

test('a recording is replayed', async () => {
  const { code, stdout } = await at(80, 'replay', 'unix-handshake', '--speed', '1e6');
  assert.is(code, 0);
  assert.match(stdout, /SAY/);
});

test('the plugin is printed', async () => {
  assert.match((await run(['trace', 'wireshark-plugin'])).stdout, /Proto\(/);
});

test('wrong words on the command line: a sentence each, and exit code 2', async () => {
  for (const [args, sentence] of [
    [['show', 'no-such-thing'], /no file and no recording "no-such-thing"; the recordings are .*tcp-handshake/],
    [['show', '../../package'], /no file and no recording/],
    [['show', 'tcp-handshake', '--lanes', 'frames,fish'], /frames, segments, states/],
    [['show', 'tcp-handshake', '--follow', 'c9'], /no connection "c9" in it; there is c1/],
    [['show', 'tcp-handshake', '--hex', '9999'], /no step 9999/],
    [['show', 'tcp-handshake', '--actor', 'Zoe'], /no actor "Zoe" in it; there is server, Bar\.$/m],
    [['show', 'tcp-handshake', '-o', 'x.gif'], /does not say in what form/],
    [['replay', 'tcp-handshake', '--speed', '0'], /above 0/],
    [['demo', 'nothing'], /no demo "nothing"/],
    [['demo', 'lossy', '--transport', 'tcp'], /needs udp/],
    [['fly'], /unknown command 'fly'/],
  ] as const) {
    const { code, stdout, stderr } = await at(80, ...args);
    assert.is(code, 2, stderr);
    assert.match(stderr, sentence);
    assert.is(stdout, '');
    assert.is(stderr.trim().split('\n').length, 1, stderr);
  }
});

test('a damaged file is shown as far as it goes, and one that is none is not', async () => {
  const whole = readFileSync('docs/recordings/traces/tcp-handshake.jsonl', 'utf8');
  const path = join(folder, 'damaged.jsonl');
  const boo = '{"kind":"note","at":1,"basis":"observed","text":"boo \\u001b[31m"}\n';
  writeFileSync(path, `${whole.replace('"version":1', '"version":2').slice(0, -50)}`.replace('\n', `\n${boo}{"kind":\n`));
  const { code, stdout, stderr } = await at(80, 'show', path);
  assert.is(code, 1, 'a script should hear that it was not read whole');
  assert.match(stdout, /boo ␛\[31m/);
  assert.match(stdout, /SAY/);
  assert.match(stderr, /of version 2, a newer one.*\n.*Line 3 could not be read.*\n.*cut in the middle/);
  const none = join(folder, 'none.jsonl');
  writeFileSync(none, 'GIF89a\n{\n{\n{');
  const refused = await at(80, 'show', none);
  assert.is(refused.code, 1);
  assert.match(refused.stderr, /^chatwire: .*is no trace: The file does not begin with the header of a trace\.\n$/);
  const other = join(folder, 'other.jsonl');
  writeFileSync(other, whole.replace('"version":1', '"version":2'));
  assert.is((await at(80, 'show', other)).code, 0, 'another version is told, and read');
  assert.is((await at(80, 'show', folder)).code, 1);
});

test('a demo is written in every form, whole or not at all, and without its passwords', async () => {
  const files = ['a.txt', 'a.svg', 'a.png', 'a.html', 'a.mmd', 'a.puml', 'a.pcapng', 'a.qlog', 'a.jsonl'].map((name) => join(folder, name));
  const { code, stderr } = await run(['trace', 'demo', 'create', ...files.flatMap((file) => ['-o', file])]);
  assert.is(code, 0, stderr);
  for (const file of files) {
    const text = readFileSync(file, 'latin1');
    assert.ok(text.length > 1000, file);
    assert.not.match(text, /open sesame/, file);
    assert.not.ok(text.includes(Buffer.from('open sesame').toString('hex')), file);
  }
  const shown = await at(80, 'show', files.at(-1) ?? '');
  assert.match(shown.stdout, /CREATED/);
  const nowhere = await run(['trace', 'demo', 'create', '-o', join(folder, 'no/such/folder.svg')]);
  assert.is(nowhere.code, 1);
  assert.match(nowhere.stderr, /could not be written: there is no such folder: make it first/);
  mkdirSync(join(folder, 'taken.svg'));
  const taken = await run(['trace', 'show', 'tcp-handshake', '-o', join(folder, 'taken.svg')]);
  assert.is(taken.code, 1);
  assert.match(taken.stderr, /^chatwire: .*there is a folder of that name: choose another name\.\n$/);
  assert.equal(
    readdirSync(folder).filter((name) => name.endsWith('.part')),
    [],
  );
});

test('--show-secrets shows them, and warns', async () => {
  const { stdout, stderr } = await at(100, 'demo', 'create', '--show-secrets', '--lanes', 'frames');
  assert.match(stdout, /open sesame/);
  assert.match(stderr, /Warning: passwords and tokens are shown/);
});

test('whatever reads such a file warns once, too, and of a masked one nothing is said', async () => {
  const file = join(folder, 'secrets.jsonl');
  await run(['trace', 'demo', 'create', '--show-secrets', '-o', file]);
  for (const args of [
    ['show', file],
    ['show', file, '--follow', 'c1'],
    ['show', file, '--index'],
    ['show', file, '-o', join(folder, 'secrets.svg')],
    ['replay', file, '--speed', '1e6'],
    ['diff', 'tcp-create', file],
  ]) {
    const { code, stderr } = await at(100, ...args);
    assert.is(code, 0, stderr);
    const [warning, ...more] = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('written: '));
    assert.is(
      warning,
      `Warning: passwords and tokens can be read in ${file}, and in all that is shown and written of it. Do not hand them on.`,
    );
    assert.equal(more, [], args.join(' '));
  }
});

test('whoever reads only the first line gets it, and nobody complains', async () => {
  const command = `COLUMNS=80 ${process.execPath} --import tsx cli/main.ts trace show udp-handshake | head -1`;
  const shell = spawn('bash', ['-c', `${command}; exit "\${PIPESTATUS[0]}"`]);
  let [heard, complained] = ['', ''];
  shell.stdout.on('data', (data) => {
    heard += data;
  });
  shell.stderr.on('data', (data) => {
    complained += data;
  });
  assert.is(await new Promise((resolve) => shell.once('close', resolve)), 0);
  assert.is(heard, 'handshake over udp\n');
  assert.is(complained, '');
});

test('a file that is full in the middle of what is written at once: a sentence and the exit code', async () => {
  const command = `ulimit -f 4; exec ${process.execPath} --import tsx cli/main.ts trace show udp-lossy > ${join(folder, 'full.txt')}`;
  const shell = spawn('bash', ['-c', command]);
  let complained = '';
  shell.stderr.on('data', (data) => {
    complained += data;
  });
  assert.is(await new Promise((resolve) => shell.once('close', resolve)), 1);
  assert.match(complained, /^chatwire: The output could not be written: .*larger than the system allows.*\n$/);
});

test.run();
