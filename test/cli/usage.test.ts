/* The command line: help, version, and a sentence for everything that is wrong. */
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FAULT_FLAGS } from '../../transports/link/index.js';
import { UDP_FLAGS } from '../../transports/udp/index.js';
import { closePiped, run } from './piped.js';

test.after(closePiped);

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };

test('--version and --help', async () => {
  const [shown, help] = await Promise.all([run(['--version']), run(['--help'])]);
  assert.equal(shown, { code: 0, stdout: `${version}\n`, stderr: '' });
  assert.is(help.code, 0);
  for (const word of ['serve', 'chat', 'demo', 'Exit codes:', '130']) assert.match(help.stdout, word);
});

test('help is a command, too, and a command is helped like that', async () => {
  const [help, ofTrace, ofShow] = await Promise.all([run(['help']), run(['help', 'trace']), run(['trace', 'help', 'show'])]);
  assert.equal(help, await run(['--help']));
  assert.equal(ofTrace, await run(['trace', '--help']));
  assert.equal(ofShow, await run(['trace', 'show', '--help']));
  for (const word of ['demo', 'show', 'replay', 'diff', 'proxy', 'wireshark-plugin']) assert.match(ofTrace.stdout, word);
});

test('each command’s help has an example, and no default that only a program understands', async () => {
  const { stdout } = await run(['--help']);
  const within = ['demo', 'show', 'replay', 'diff', 'proxy'].map((name) => ['trace', name]);
  const listed = stdout.slice(stdout.indexOf('\nCommands:\n')).split('\n\n')[0] ?? '';
  const commands = [...listed.matchAll(/^ {2}(\w+)/gm)].flatMap(([, name]) => (name === undefined || name === 'help' ? [] : [[name]]));
  assert.equal(commands.flat(), ['serve', 'chat', 'demo', 'lesson', 'trace', 'lab', 'report']);
  for (const command of [[], ...commands, ...within]) {
    const help = (await run([...command, '--help'])).stdout;
    assert.match(help, /\n {2}(chatwire|printf) .*/, command.join(' '));
    assert.not.match(help, /default: (\[|"")/, command.join(' '));
  }
});

/** What a stream answers to whoever asks it for loss. */
const STREAM =
  'tcp: cannot lose, double, reorder or spoil anything, since the system below repairs that before it is seen; ' +
  'ask for --delay and --rate only, or use udp:.';

/** Whatever is wrong, it is told in one line on stderr, with exit code 2. */
const WRONG: readonly (readonly [args: string, told: string])[] = [
  ['foo', 'There is no command "foo"; chatwire --help lists the commands.'],
  ['help nope', 'There is no command "nope"; chatwire --help lists the commands.'],
  ['trace help nope', 'There is no command "nope"; chatwire trace --help lists the commands.'],
  ['--foo', "unknown option '--foo'"],
  ['serve --lissten x', "unknown option '--lissten' (Did you mean --listen?)"],
  ['serve --creates-per-minute 0', "option '--creates-per-minute <number>' argument '0' is invalid. It must be a whole number from 1 up."],
  ['serve --max-groups many', "option '--max-groups <number>' argument 'many' is invalid. It must be a whole number from 1 up."],
  ['serve --listen 4000', '"4000" is not an address that Chatwire understands: write it as a URL, for example tcp://127.0.0.1:4000.'],
  [
    'serve --listen tcp://127.0.0.1',
    '"tcp://127.0.0.1" is not an address that Chatwire understands: write it as tcp://HOST:PORT, for example tcp://127.0.0.1:4000.',
  ],
  [
    'serve --listen tcp://127.0.0.1:65536',
    '"tcp://127.0.0.1:65536" is not an address that Chatwire understands: a port is a number from 0 to 65535.',
  ],
  ['serve --listen memory:lobby', 'memory:lobby exists within one program only; listen at tcp://127.0.0.1:4000.'],
  ['serve --loss 2', '--loss "2" is not understood: write a share from 0 to 1, for example 0.1 for one in ten.'],
  ['chat --delay long tcp://127.0.0.1:1', '--delay "long" is not understood: write milliseconds, for example 50.'],
  ['demo connect --rate 5', '--rate "5" is not understood: write bits a second with a unit (bit, kbit, mbit, gbit), for example 1mbit.'],
  ['serve --loss 0.2 --listen tcp://127.0.0.1:0', STREAM],
  ['demo connect --reorder 0.2', STREAM],
  ['demo connect --arq go-back-n', '--arq is for UDP alone: add --transport udp.'],
  ['serve --cc none', '--cc is for UDP alone: use an address like udp://127.0.0.1:4000.'],
  ['chat udp://127.0.0.1:1 --arq x', '--arq "x" is not there; there is stop-and-wait, go-back-n, selective-repeat, sack.'],
  ['chat', "missing required argument 'address'"],
  ['chat nowhere', '"nowhere" is not an address that Chatwire understands: write it as a URL, for example tcp://127.0.0.1:4000.'],
  ['chat text+tcp://127.0.0.1:4001', 'The plain-text door is for nc and telnet; leave out "text+".'],
];

for (const [args, told] of WRONG) {
  test(`chatwire ${args}: one sentence and exit code 2`, async () => {
    assert.equal(await run(args.split(' ')), { code: 2, stdout: '', stderr: `chatwire: ${told}\n` });
  });
}

test('the options of a bad network stand together in the help of each command that talks', async () => {
  const helps = await Promise.all(['serve', 'chat', 'demo'].map((command) => run([command, '--help'])));
  for (const { stdout } of helps) {
    const [, bad] = stdout.split('\nA bad network on purpose');
    assert.equal(
      [...(bad ?? '').matchAll(/^ {2}--(\w+) </gm)].map(([, name]) => name),
      FAULT_FLAGS.map(({ name }) => name),
    );
  }
});

test('so do the options of UDP', async () => {
  const helps = await Promise.all(['serve', 'chat', 'demo'].map((command) => run([command, '--help'])));
  for (const { stdout } of helps) {
    const [, udp] = stdout.split('\nHow UDP repairs losses');
    const [section] = (udp ?? '').split('\n\n');
    assert.equal(
      [...(section ?? '').matchAll(/^ {2}--(\w+) </gm)].map(([, name]) => name),
      UDP_FLAGS.map(({ name }) => name),
    );
  }
});

test('so does an unknown scheme, which names the ones that there are', async () => {
  for (const args of [
    ['serve', '--listen', 'pigeon://127.0.0.1:1'],
    ['chat', 'pigeon://127.0.0.1:1'],
  ]) {
    const { code, stdout, stderr } = await run(args);
    assert.equal([code, stdout], [2, '']);
    assert.match(stderr, /^chatwire: There is no transport "pigeon:" here; there is .*tcp:.*\.\n$/);
  }
});

test.run();
