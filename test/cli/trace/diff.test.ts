/*
 * `chatwire trace diff`, as a person sees it: at two widths, with everything and with the differences alone, and a
 * sentence for what cannot be compared.
 */
import stringWidth from 'string-width';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { closePiped, type Outcome, Piped } from '../piped.js';

const test = suite('trace diff');
test.after.each(closePiped);

const at = (columns: number, ...args: readonly string[]): Promise<Outcome> =>
  new Piped(['trace', 'diff', ...args], { COLUMNS: String(columns) }).finish();

test('two transports, at any width', async () => {
  for (const columns of [60, 80, 120]) {
    const { code, stdout, stderr } = await at(columns, 'tcp-handshake', 'udp-handshake');
    assert.is(code, 0, stderr);
    assert.ok(Math.max(...stdout.split('\n').map((line) => stringWidth(line))) <= columns, stdout);
    assert.match(stdout, /^ *\d+ = +\d+ {2}Bar → server HELLO/m);
    assert.match(stdout, /^ *\d+ < +server → Bar SYN-ACK/m);
    assert.match(stdout, /^ +> +\d+ {2}server → Bar COOKIE/m);
    assert.match(stdout, /^frames: \d+ in both/m);
    assert.match(stdout.replaceAll('\n', ' '), /segments: .* only in tcp-handshake: .*SYN-ACK.*; only in udp-handshake: .*COOKIE/);
  }
});

test('three transports side by side, at any width: a column each', async () => {
  for (const columns of [60, 80, 120]) {
    const { code, stdout, stderr } = await at(columns, 'tcp-handshake', 'unix-handshake', 'udp-handshake');
    assert.is(code, 0, stderr);
    assert.ok(Math.max(...stdout.split('\n').map((line) => stringWidth(line))) <= columns, stdout);
    assert.match(stdout, /^A tcp-handshake {3}B unix-handshake {3}C udp-handshake$/m);
    assert.match(stdout, /^ A {2}B {2}C$/m);
    assert.match(stdout, /^ *\d+ +\d+ +\d+ = {2}Bar → server HELLO/m);
    assert.match(stdout, /^ *\d+ {7}- {2}server → Bar SYN-ACK/m);
    assert.match(stdout, /^ {6} *\d+ - {2}server → Bar COOKIE/m);
    assert.match(stdout, /^ *\d+ +\d+ +\d+ ~ {2}AB Bar → server DATA 15 bytes/m);
    assert.match(stdout, /^ +C {2}Bar → server DATA segment 0, 15 bytes/m);
    assert.match(stdout, /^frames: \d+ in all/m);
    assert.match(stdout.replaceAll('\n', ' '), /only in udp-handshake: .*COOKIE.*; only in tcp-handshake and udp-handshake: SYN/);
  }
});

test('files of one name are told apart by their folders', async () => {
  const other = 'docs/recordings/../recordings/traces/tcp-handshake.jsonl';
  const { stdout } = await at(120, 'docs/recordings/traces/tcp-handshake.jsonl', other);
  assert.match(stdout, /< only in docs\/recordings\/traces\/tcp-handshake\.jsonl/);
});

test('a trace has no difference from itself, and ASCII is ASCII', async () => {
  const { stdout } = await at(80, 'tcp-handshake', 'docs/recordings/traces/tcp-handshake.jsonl', '--differences', '--ascii');
  assert.not.match(stdout, /^ *\d* [~<>] /m);
  assert.match(stdout, /^frames: \d+ in both\.$/m);
  assert.not.match(stdout, /only in tcp-handshake:/);
  assert.match(stdout, /^[\x20-\x7e\n]*$/);
});

test('a lane alone', async () => {
  const { stdout } = await at(80, 'unix-handshake', 'udp-handshake', '--lanes', 'frames');
  assert.not.match(stdout, /segments:|states:/);
});

test('what is no trace, or not there: a sentence, and the exit code', async () => {
  for (const [args, code, sentence] of [
    [['tcp-handshake', 'fish'], 2, /no file and no recording "fish"; the recordings are/],
    [['package.json', 'tcp-handshake'], 1, /package\.json is no trace/],
    [['tcp-handshake', 'docs'], 1, /docs could not be read: it is a folder/],
    [['tcp-handshake'], 2, /missing required argument 'others'/],
    [Array(9).fill('tcp-handshake'), 2, /At most 8 traces can be compared at once; these are 9/],
  ] as const) {
    const outcome = await at(80, ...args);
    assert.is(outcome.code, code, outcome.stderr);
    assert.match(outcome.stderr, sentence);
    assert.is(outcome.stderr.trim().split('\n').length, 1, outcome.stderr);
  }
});

test.run();
