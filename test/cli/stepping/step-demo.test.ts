/*
 * `trace demo NAME --step` in a pseudo-terminal: packets of a run in virtual time are held by keys; what was done to each is
 * in the ladder and in the file; time waits; and however it is ended, the run comes to its end and the terminal is as it was.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readTrace } from '../../../tracer/file/index.js';
import { type ArrowStep, type Step, tell } from '../../../tracer/join/index.js';
import { Piped } from '../piped.js';
import { CTRL_C, closeTerminals, ENTER, PseudoTerminal } from '../pseudo-terminal.js';

const test = suite('trace demo --step');
let folder = '';
test.before(() => {
  folder = mkdtempSync(join(tmpdir(), 'chatwire-steps-'));
});
test.after.each(closeTerminals);
test.after(() => rmSync(folder, { recursive: true }));

async function stepping(...args: readonly string[]): Promise<PseudoTerminal> {
  const terminal = new PseudoTerminal(['trace', 'demo', 'handshake', '--step', ...args], { columns: 100, rows: 30 });
  await terminal.until('Held: client → server SYN');
  return terminal;
}

/** Presses a key, and waits for the next packet that is held. */
async function press(terminal: PseudoTerminal, key: string, held: string): Promise<void> {
  terminal.type(key);
  await terminal.until(`Held: ${held}`);
}

function stepsIn(file: string): readonly Step[] {
  const { trace, problems } = readTrace(readFileSync(file, 'utf8'));
  assert.equal(problems, []);
  return tell(trace).steps;
}

const arrows = (steps: readonly Step[], label: string) =>
  steps.filter((step): step is ArrowStep => step.kind === 'arrow' && step.lane === 'segments' && step.label.startsWith(label));
const notes = (steps: readonly Step[]) =>
  steps.flatMap((step) => (step.kind === 'note' ? step.words : [])).filter((words) => words.startsWith('By hand'));

test('killed, copied, delayed, run on to a kind; all of it is in the ladder as what it was', async () => {
  const file = join(folder, 'steps.jsonl');
  const terminal = await stepping('-o', file);
  assert.match(terminal.screen, /space let it go · k kill · d delay 1 s · c copy · on to the next: h handshake f frame l loss/);
  terminal.type('k');
  await terminal.until('By hand: killed: client → server SYN');
  await terminal.until(/250\.\d+ +│ *$|Held: client → server SYN/m); // its timer has fired once nothing was held
  await press(terminal, ' ', 'server → client COOKIE');
  await press(terminal, 'h', 'client → server CONNECT');
  terminal.type('c');
  await terminal.until('By hand: copied: client → server CONNECT');
  await terminal.until(/Held: server → client packet \d+:/);
  await press(terminal, 'f', 'client → server packet 2: ACK up to 0, DATA segment 0');
  terminal.type('d');
  await terminal.until('By hand: delayed for 1 s: client → server packet');
  terminal.type('l'); // there is none, so it is the end
  assert.is(await terminal.exitCode(), 0);
  const steps = stepsIn(file);
  const [first, second] = arrows(steps, 'SYN');
  assert.is(first?.outcome, 'lost');
  assert.is(second?.outcome, 'arrived');
  assert.is(second?.at, 250e6);
  assert.is(arrows(steps, 'CONNECT').length, 2);
  assert.equal(
    notes(steps).map((words) => /^By hand: (\w+)/.exec(words)?.[1]),
    ['killed', 'copied', 'delayed'],
  );
  assert.ok(
    steps.some((step) => step.kind === 'arrow' && step.lane === 'segments' && (step.receivedAt ?? 0) - (step.sentAt ?? 0) === 1000.5e6),
    'an arrow of one second',
  );
});

test('looking back: the first rows again, and the newest with the next packet', async () => {
  const terminal = new PseudoTerminal(['trace', 'demo', 'handshake', '--step'], { columns: 100, rows: 16 });
  await terminal.until('Held: client → server SYN');
  assert.match(terminal.screen, /↑ ↓\s+look back/);
  await press(terminal, 'f', 'server → client packet 1');
  await press(terminal, 'f', 'client → server packet 2');
  await terminal.until((screen) => !screen.includes('SYN 1/4'));
  terminal.type('\x1b[A'.repeat(60));
  await terminal.until('SYN 1/4');
  terminal.type('\x1b[B');
  terminal.type(' ');
  await terminal.until((screen) => !screen.includes('SYN 1/4'));
  terminal.type('q');
  assert.is(await terminal.exitCode(), 0);
});

test('what is held or delayed is on its way, and so is the frame in it: nothing of it is called unseen', async () => {
  const terminal = new PseudoTerminal(['trace', 'demo', 'chat', '--transport', 'udp', '--step'], { columns: 120, rows: 40 });
  await terminal.until('Held: ');
  await press(terminal, 'f', 'server → client packet');
  assert.match(terminal.screen, /ACCEPTED[\s\S]*on its/);
  assert.not.match(terminal.screen, /unseen/);
  terminal.type('d'); // others are held, so time stands still
  await terminal.until((screen) => screen.includes('By hand: delayed') && screen.includes('1 on the way, delayed'));
  assert.match(terminal.screen, /DATA[^\n]*\n[^\n]*on its way/);
  assert.not.match(terminal.screen, /unseen/);
  terminal.type('q');
  assert.is(await terminal.exitCode(), 0);
});

test('faults come behind the hand: on to the next loss', async () => {
  const terminal = await stepping('--loss', '0.3', '--seed', '5');
  terminal.type('l');
  await terminal.until(/× lost|lost ×/);
  await terminal.until('Held: ');
  terminal.type('l');
  await terminal.until(/(?:× lost|lost ×)[\s\S]*(?:× lost|lost ×)/);
  terminal.type('q');
  assert.is(await terminal.exitCode(), 0);
});

test('nothing but ASCII, if that is asked for', async () => {
  const terminal = new PseudoTerminal(['trace', 'demo', 'handshake', '--step', '--ascii'], { columns: 80, rows: 24 });
  await terminal.until('Held: client -> server SYN');
  await press(terminal, ' ', 'server -> client COOKIE');
  assert.match(terminal.screen, /^[\x20-\x7e\n]*$/);
});

test('another size of the window while a packet is held', async () => {
  const terminal = await stepping();
  for (const [columns, rows] of [
    [60, 18],
    [120, 12],
    [80, 24],
  ] as const) {
    terminal.resize(columns, rows);
    await terminal.until(
      (screen) => screen.includes('Held: client → server SYN') && /lets all go$|all go$|go$/m.test(screen) && terminal.rows.length <= rows,
    );
  }
  await press(terminal, ' ', 'server → client COOKIE');
});

test('Ctrl-C and a polite kill while a packet is held: it is let go, the run ends, and the terminal is as it was', async () => {
  for (const end of ['Ctrl-C', 'SIGTERM'] as const) {
    const file = join(folder, `${end}.jsonl`);
    const shell = new PseudoTerminal([], { program: 'sh', env: { PS1: '> ' }, columns: 100, rows: 30 });
    await shell.until('>');
    const command = `exec ${process.execPath} dist/cli/main.js trace demo handshake --step -o ${file}`;
    shell.type(`before=$(stty -a); sh -c 'echo pid $$; ${command}'; echo code $?${ENTER}`);
    await shell.until('Held: client → server SYN');
    if (end === 'Ctrl-C') shell.type(CTRL_C);
    else process.kill(Number(/pid (\d+)/.exec(shell.written)?.[1]), end);
    await shell.until('What was held was let go, and the demo has run to its end unseen.');
    await shell.until('code 0');
    shell.type(`test "$before" = "$(stty -a)" && echo as it w""as${ENTER}`);
    await shell.until('as it was');
    const steps = stepsIn(file);
    assert.is(arrows(steps, 'SYN').at(0)?.outcome, 'arrived');
    assert.ok(steps.some((step) => step.kind === 'arrow' && step.label === 'BYE'));
  }
});

test('the end is told between words in a narrow window', async () => {
  const terminal = new PseudoTerminal(['trace', 'demo', 'handshake', '--step'], { columns: 60, rows: 20 });
  await terminal.until('Held: client → server SYN');
  terminal.type('q');
  assert.is(await terminal.exitCode(), 0);
  assert.match(terminal.screen, 'What was held was let go, and the demo has run to its end\nunseen.');
});

test('whoever kills everything is told that the demo did not come to its end', async () => {
  const terminal = await stepping();
  let over = false;
  const ended = terminal.ended.then(() => {
    over = true;
  });
  while (!over) {
    const shown = terminal.written.length;
    terminal.type('k');
    // a key has done something, or time has passed up to the next packet: it is painted anew
    await Promise.race([ended, terminal.until(() => terminal.written.length > shown).catch(() => {})]);
  }
  assert.is(await terminal.exitCode(), 1);
  assert.match(terminal.written, /chatwire: The demo did not come to its end: /);
});

for (const [args, sentence] of [
  [['-t', 'tcp'], /^chatwire: Packets can be held over udp only, so leave out --transport tcp: .*\n$/],
  [['--kernel'], /^chatwire: --kernel and --step do not go together: .*\n$/],
  [['--host', 'localhost'], /^chatwire: --host and --step do not go together: .*\n$/],
  [['--table'], /^chatwire: --table and --step do not go together: .*\n$/],
  [['-t', 'udp'], /^chatwire: --step needs a terminal, .*\n$/],
] as const) {
  test(`a sentence, and exit code 2: --step ${args.join(' ')} without a terminal`, async () => {
    const { code, stdout, stderr } = await new Piped(['trace', 'demo', 'handshake', '--step', ...args]).finish();
    assert.is(code, 2);
    assert.is(stdout, '');
    assert.match(stderr, sentence);
  });
}

test.run();
