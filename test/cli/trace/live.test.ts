/*
 * Traces that go on until somebody stops them, in a pseudo-terminal and with pipes: `serve --trace` and `trace replay`.
 * Whatever stops them, the terminal is as it was, and nothing of theirs still runs.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { closePiped, Piped } from '../piped.js';
import { CTRL_C, closeTerminals, ENTER, PseudoTerminal } from '../pseudo-terminal.js';

const test = suite('live traces');
let folder = '';
test.before(() => {
  folder = mkdtempSync(join(tmpdir(), 'chatwire-live-'));
});
test.after.each(async () => {
  await closePiped();
  await closeTerminals();
});
test.after(() => rmSync(folder, { recursive: true }));

const ESCAPE = '\x1b';
/** Modes of a terminal that somebody would have to take back: the cursor hidden, the other screen, keys or the mouse told. */
const MODES = new RegExp(`${ESCAPE}\\[\\?[0-9;]+[hl]`);

test('serve --trace: a ladder beside what happens, at any width, without the password; Ctrl-C ends it', async () => {
  for (const columns of [20, 80]) {
    const terminal = new PseudoTerminal(['serve', '--trace', '-l', 'tcp://127.0.0.1:0', '-l', 'text+tcp://127.0.0.1:0'], {
      columns,
      rows: 120,
    });
    const written = (text: string) => terminal.until(() => terminal.written.includes(text)); // the screen may be narrower
    await written('What happens:');
    const [, address = ''] = /chat (tcp:\S+\d)/.exec(terminal.written) ?? [];
    const { code } = await new Piped(['chat', address]).say('2', 'Ada', 'open sesame', 'Hello, wire').finish();
    assert.is(code, 0);
    await written('Goodbye.');
    await written('closed: exit');
    terminal.type(CTRL_C);
    await terminal.until(/^closed$/m);
    assert.is(await terminal.exitCode(), 0);
    for (const words of ['PROMPT', 'Hello, wire', '•••']) assert.ok(terminal.written.includes(words), `${words}\n${terminal.screen}`);
    assert.not.match(terminal.written, /sesame/);
    assert.not.match(terminal.written, MODES);
    if (columns > 20) assert.match(terminal.screen, /│ server │/);
  }
});

test('serve --trace at a port in use: a sentence, and no ladder', async () => {
  const first = new Piped(['serve', '--trace', '-l', 'tcp://127.0.0.1:0']);
  const [, address = ''] = /(tcp:\S+\d)\s+join/.exec(await first.until(/join:.*\n/)) ?? [];
  const second = await new Piped(['serve', '--trace', '-l', address]).finish();
  assert.is(second.code, 1);
  assert.match(second.stderr, /^chatwire: Somebody listens at .* already.*\n$/);
  assert.is(second.stdout, '');
});

test('replay: in its own time; Ctrl-C breaks it off politely, and the terminal is as it was', async () => {
  const terminal = new PseudoTerminal(['trace', 'replay', 'udp-handshake', '--speed', '0.0001'], { columns: 80, rows: 40 });
  await terminal.until('dialling'); // and then nothing for minutes
  assert.not.match(terminal.screen, /BYE/);
  terminal.type(CTRL_C);
  assert.is(await terminal.exitCode(), 0);
  assert.not.match(terminal.written, MODES);

  // in a shell: what is typed afterwards is seen, and does what it says
  const shell = new PseudoTerminal([], { program: 'sh', rows: 40, env: { PS1: '> ' } });
  await shell.until('>');
  shell.type(`stty -a > ${join(folder, 'before')}; ${process.execPath} dist/cli/main.js trace replay udp-handshake --speed 0.0001${ENTER}`);
  await shell.until('dialling');
  shell.type(CTRL_C);
  shell.type(`stty -a > ${join(folder, 'after')}; cmp ${join(folder, 'before')} ${join(folder, 'after')} && echo as it w""as${ENTER}`);
  await shell.until('as it was');
});

test('replay: quicker, in part, and with nothing to show', async () => {
  const env = { COLUMNS: '80' };
  const whole = await new Piped(['trace', 'replay', 'tcp-handshake', '--speed', '1000'], env).finish();
  assert.is(whole.code, 0);
  assert.match(whole.stdout, /SYN-ACK.*SAY.*BYE/s);
  assert.ok(whole.stdout.split('\n').every((line) => stringWidth(line) <= 80));
  const part = await new Piped(['trace', 'replay', 'tcp-handshake', '--speed', '1e6', '--type', 'SAY'], env).finish();
  assert.match(part.stdout, /SAY/);
  assert.not.match(part.stdout, /SYN|BYE/);
  const none = await new Piped(['trace', 'replay', 'tcp-handshake', '--type', 'fish'], env).finish();
  assert.is(none.stdout, 'handshake over tcp\n\nNo step of it is what you asked for.\n');
});

test('a proxy whose file breaks off: one sentence, exit code 1, no half file', async () => {
  const server = new Piped(['serve', '-l', 'tcp://127.0.0.1:0']);
  const [, to = ''] = /(tcp:\S+\d)\s+join/.exec(await server.until(/join:.*\n/)) ?? [];
  // 64 blocks of 1 KiB a file: what the shell allows, and past that every write fails
  const command = 'ulimit -f 64; exec "$@"';
  const proxy = new PseudoTerminal(
    ['-c', command, 'bash', process.execPath, 'dist/cli/main.js', 'trace', 'proxy', '--listen', 'tcp://127.0.0.1:0', '--to', to].concat(
      ...['-o', join(folder, 'cut.jsonl')],
    ),
    { program: 'bash', columns: 100, rows: 40, env: { NO_COLOR: '1' } },
  );
  await proxy.until('Ctrl-C ends it.');
  const [, address = ''] = /listens at (tcp:\S+\d)/.exec(proxy.written) ?? [];
  const client = new Piped(['chat', address]).say('2', 'Ada', 'open sesame');
  await client.until("You're connected");
  client.say(...Array.from({ length: 60 }, (_, i) => `${i} ${'words '.repeat(50)}`));
  assert.is(await proxy.exitCode(), 1);
  assert.match(proxy.written, /chatwire: \S*cut\.jsonl could not be written: /);
  assert.not.match(proxy.written, /at .*\.js:\d+/);
  assert.equal(
    readdirSync(folder).filter((name) => name.includes('cut.jsonl')),
    [],
  );
});

const isLinux = process.platform === 'linux';
(isLinux ? test : test.skip)('a disk that is full: one sentence and exit code 1, for what is printed, too', async () => {
  for (const command of [
    'trace show tcp-handshake',
    'trace replay tcp-handshake --speed 1e6',
    'demo exit --trace',
    'trace wireshark-plugin',
  ]) {
    const shell = ['-c', `${process.execPath} dist/cli/main.js ${command} > /dev/full; echo "code $?"`];
    const terminal = new PseudoTerminal(shell, { program: 'sh', columns: 120 });
    await terminal.exitCode();
    assert.is(terminal.screen, 'chatwire: The output could not be written: the disk is full: make room, or write elsewhere.\ncode 1');
  }
});

test.run();
