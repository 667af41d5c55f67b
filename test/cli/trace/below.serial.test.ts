/*
 * `chatwire trace demo --kernel --syscalls`: all lanes on one timeline, no secret in any file, and the rest where something
 * cannot be had.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findProgram } from '../../../tracer/capture/find-program.js';
import { readTrace } from '../../../tracer/file/index.js';
import { type Step, tell } from '../../../tracer/join/index.js';
import { built } from '../../built.js';
import { needsTool } from '../../tool.js';
import { closePiped, Piped, run } from '../piped.js';
import { CTRL_C, closeTerminals, PseudoTerminal } from '../pseudo-terminal.js';

/** The password of the demo: quoted, behind its length, as hex, told by a view. The digits alone are in many a port. */
const LEAKS = ['"1234"', '\u0000\u00041234', '31323334', 'password: 1234', ' 1234 '];
const leaksIn = (text: string) => LEAKS.filter((leak) => text.includes(leak));
const test = suite('trace demo, from below');
const needed = [needsTool('tcpdump'), needsTool('strace'), process.getuid?.() === 0];
const withTools = needed.every(Boolean) ? test : test.skip;
const withStrace = needsTool('strace') ? test : test.skip;
let folder = '';
test.before(() => {
  folder = mkdtempSync(join(tmpdir(), 'chatwire-below-'));
});
test.after.each(closePiped);
test.after.each(closeTerminals);
test.after(() => rmSync(folder, { recursive: true }));

withTools('over TCP: frames, calls and packets of one message stand together, and the password is nowhere', async () => {
  const forms = ['jsonl', 'txt', 'svg', 'mmd', 'pcapng'];
  const files = forms.flatMap((form) => ['-o', join(folder, `tcp.${form}`)]);
  const { code, stderr } = await run(['trace', 'demo', 'handshake', '--kernel', '--syscalls', ...files]);
  assert.is(code, 0, stderr);
  for (const form of forms)
    assert.equal(leaksIn(readFileSync(join(folder, `tcp.${form}`), form === 'pcapng' ? 'latin1' : 'utf8')), [], form);
  const { trace, problems } = readTrace(readFileSync(join(folder, 'tcp.jsonl'), 'utf8'));
  assert.equal(problems, []);
  const { steps } = tell(trace);
  const place = (is: (step: Step) => boolean, what: string): number => {
    const at = steps.findIndex(is);
    assert.ok(at >= 0, `no ${what} among ${steps.length} steps`);
    return at;
  };
  const labelled = (lane: string, label: string) => (step: Step) => step.lane === lane && step.kind !== 'note' && step.label === label;
  const says = (lane: string, words: RegExp) => (step: Step) => step.lane === lane && words.test(step.words);
  const order = [
    place(labelled('states', 'dialling'), 'dialling'),
    place(labelled('calls', 'connect'), 'connect()'),
    place(labelled('kernel', 'SYN'), 'SYN'),
    place(labelled('kernel', 'SYN-ACK'), 'SYN-ACK'),
    place(labelled('calls', 'accept4'), 'accept4()'),
    place(labelled('frames', 'SAY'), 'SAY'),
    place(says('calls', /\(SAY\)/), 'write() of SAY'),
    place(says('kernel', /\(SAY\)/), 'segment of SAY'),
    place((step) => step.kind === 'mark' && step.label === 'read' && /\(SAY\)/.test(step.words), 'read() of SAY'),
  ];
  assert.equal(
    [...order].sort((one, other) => one - other),
    order,
  );
  assert.is(
    steps.some((step) => step.kind === 'arrow' && step.lane === 'segments' && /inferred/.test(step.words)),
    false,
  );
});

withTools('a demo’s plain-text door is looked at, too, and what is typed there is masked', async () => {
  const file = join(folder, 'door.jsonl');
  const { code, stderr } = await run(['trace', 'demo', 'mistakes', '--kernel', '--syscalls', '-o', file]);
  assert.is(code, 0, stderr);
  const text = readFileSync(file, 'utf8');
  assert.equal(leaksIn(text), []);
  const { trace, problems } = readTrace(text);
  assert.ok(trace, problems.join(' '));
  const { actors, steps, connections } = tell(trace);
  // both doors are one server's
  assert.is(actors.filter(({ role }) => role === 'server').length, 1);
  const door = connections.find(({ codec }) => codec === 'text');
  for (const lane of ['frames', 'kernel', 'calls'])
    assert.ok(
      steps.some(
        (step) => step.lane === lane && step.kind !== 'note' && step.connection === door?.id && /LINE/.test(step.label + step.words),
      ),
      lane,
    );
});

withTools('lanes can be shown alone', async () => {
  const { stdout } = await run(['trace', 'show', join(folder, 'tcp.jsonl'), '--lanes', 'kernel', '--table']);
  assert.match(stdout, /SYN-ACK +\(handshake 2\/3\) seq 0/);
  assert.not.match(stdout, /accept4|HELLO a chat/);
});

withStrace('over a Unix socket there are no packets: that is said, and the calls are there', async () => {
  const file = join(folder, 'unix.jsonl');
  const { code, stderr } = await run(['trace', 'demo', 'handshake', '-t', 'unix', '--kernel', '--syscalls', '-o', file]);
  assert.is(code, 0, stderr);
  assert.match(stderr, /Without the kernels’ packets: a Unix socket sends none/);
  const text = readFileSync(file, 'utf8');
  assert.match(text, /"name":"accept4"/);
  assert.equal(leaksIn(text), []);
});

withTools('tcpdump ends in the middle: what it saw is observed, the rest is concluded, and that is said', async () => {
  const bin = mkdtempSync(join(folder, 'bin-'));
  writeFileSync(join(bin, 'tcpdump'), `#!/bin/sh\nexec ${findProgram('tcpdump')} -c 9 "$@"\n`, { mode: 0o755 });
  const file = join(folder, 'ended.jsonl');
  const args = ['trace', 'demo', 'handshake', '--kernel', '-o', file];
  const { code, stderr } = await new Piped(args, { PATH: `${bin}:${process.env.PATH}` }).finish();
  assert.is(code, 0, stderr);
  assert.match(stderr, /tcpdump ended before the run did: what came later was not seen\./);
  const { trace } = readTrace(readFileSync(file, 'utf8'));
  const { steps } = tell(trace);
  const named = (lane: string, label: string) =>
    steps.filter((step) => step.kind === 'arrow' && step.lane === lane && step.label === label);
  assert.is(named('kernel', 'SYN').length, 1);
  assert.is(named('kernel', 'FIN-ACK').length, 0);
  assert.ok(
    steps.some((step) => step.kind === 'arrow' && step.lane === 'segments' && step.basis === 'inferred' && step.label.startsWith('FIN')),
  );
});

withStrace('where the kernel forbids to trace, the demo is shown without it: the real strace says no', async () => {
  // a strace around it has every ptrace() of the one within refused
  const [node, main] = [process.execPath, built('cli/main.ts')];
  const around = ['-f', '-q', '-o', '/dev/null', '-e', 'trace=ptrace', '-e', 'inject=ptrace:error=EPERM'];
  const { status, stdout, stderr } = spawnSync('strace', [...around, node, main, 'trace', 'demo', 'handshake', '--syscalls'], {
    encoding: 'utf8',
  });
  assert.is(status, 0, stderr);
  assert.match(stderr, /Without system calls: strace may not trace its own child here \(.*Operation not permitted\)/);
  assert.match(stdout, /ACCEPTED/);
});

const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups'];
/** Whether root can be an ordinary user who may read what was built, and run this Node (one below /root is root's alone). */
const readable = ['sh', '-c', 'test -x "$0" && test -r "$1"', process.execPath, built('cli/main.ts')];
const mayBeNobody = process.getuid?.() === 0 && spawnSync('setpriv', [...nobody, ...readable]).status === 0 ? withStrace : test.skip;

mayBeNobody('an ordinary user has the system calls and what ss says, and is told how to get the packets', () => {
  const { status, stdout, stderr } = spawnSync(
    'setpriv',
    [...nobody, process.execPath, built('cli/main.ts'), 'trace', 'demo', 'handshake', '--kernel', '--syscalls'],
    // nobody may not write to this suite's folder of coverage
    { encoding: 'utf8', env: { ...process.env, HOME: '/tmp', NODE_V8_COVERAGE: '' } },
  );
  assert.is(status, 0, stderr);
  assert.match(stderr, /^Without the kernels’ packets: .*be root, or/);
  assert.not.match(stderr, /Without system calls/);
  assert.match(stdout, /accept4/);
});

withTools('a server that goes on shows each connection that has ended with its packets, and other connections go on', async () => {
  const server = new Piped(['serve', '--trace', '--kernel', '-l', 'tcp://127.0.0.1:0']);
  const [, address = ''] = /(tcp:\S+\d)\s+join/.exec(await server.until(/What happens:/)) ?? [];
  const stays = new Piped(['chat', address]).say('2', 'Bo', 'open sesame');
  await stays.until(/connected/);
  const { code } = await new Piped(['chat', address]).say('2', 'Ada', 'open sesame', 'Hello, kernel').finish();
  assert.is(code, 0);
  const first = await server.until(/A connection has ended[\s\S]*closed ended from/);
  // what stands behind it is the live ladder again, which goes on with what it has concluded
  const [, shown = ''] = /A connection has ended([\s\S]*?closed ended from)/.exec(first) ?? [];
  for (const words of ['SYN 1/3', 'SYN-ACK 2/3', '(SAY)', 'Hello, kernel', 'FIN-ACK', 'Ada']) assert.ok(shown.includes(words), words);
  assert.not.match(shown, /\bBo\b|inferred/);
  server.program.kill('SIGINT');
  const { code: ended, stdout, stderr } = await server.finish();
  assert.is(ended, 0, stderr);
  assert.equal(leaksIn(stdout), []);
  assert.not.match(stdout, /sesame/);
});

withTools('Ctrl-C in the terminal is for the server, and not for the capture beside it', async () => {
  const terminal = new PseudoTerminal(['serve', '--trace', '--kernel', '-l', 'tcp://127.0.0.1:0']);
  await terminal.until('What happens:');
  terminal.type(CTRL_C);
  assert.is(await terminal.exitCode(), 0);
  assert.not.match(terminal.screen, /tcpdump|not seen/);
});

test('what cannot be seen of a server that goes on: a sentence, and exit code 2', async () => {
  for (const [args, sentence] of [
    [['--trace', '--syscalls'], /^chatwire: strace can look at a program that it has started, .*trace demo chat --syscalls.*\n$/],
    [['--kernel'], /^chatwire: --kernel adds packets to a trace: write --trace --kernel\.\n$/],
  ] as const) {
    const { code, stdout, stderr } = await new Piped(['serve', ...args]).finish();
    assert.equal([code, stdout], [2, '']);
    assert.match(stderr, sentence);
  }
});

test('a transport without hosts has no name to look up: a sentence, and exit code 2', async () => {
  const { code, stdout, stderr } = await run(['trace', 'demo', 'handshake', '-t', 'unix', '--host', 'localhost']);
  assert.equal([code, stdout], [2, '']);
  assert.match(stderr, /^chatwire: --host is for tcp and udp: over unix nobody dials a host\.\n$/);
});

test('where strace is refused, the demo is shown without it', async () => {
  writeFileSync(join(folder, 'strace'), '#!/bin/sh\necho "strace: ptrace(PTRACE_TRACEME, ...): Operation not permitted" >&2\nexit 1\n', {
    mode: 0o755,
  });
  const { code, stdout, stderr } = await new Piped(['trace', 'demo', 'handshake', '--syscalls'], {
    PATH: `${folder}:${process.env.PATH}`,
  }).finish();
  assert.is(code, 0, stderr);
  assert.match(stderr, /Without system calls: strace may not trace its own child here/);
  assert.match(stdout, /ACCEPTED/);
  assert.ok(readdirSync(folder).includes('strace'));
});

test.run();
