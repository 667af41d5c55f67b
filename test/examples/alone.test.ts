/*
 * Each example on its own, as `npx tsx examples/connect.ts` runs it: what it tells, what it keeps secret, how it
 * looks, and over which transports it runs.
 */
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DEFAULT_TRANSPORT, type Example, examples, narrator, type Performance, perform, TRANSPORTS } from '../../examples/index.js';
import { FRAMES } from '../../lib/wire/index.js';
import { FAULT_FLAGS } from '../../transports/link/index.js';
import { UDP_FLAGS } from '../../transports/udp/index.js';
import { EXPECTED, REJECTIONS } from './expected.js';
import { framesOf, type Outcome, program, steady } from './program.js';

const test = suite('examples alone');

/** Runs an example's file, once for all tests. */
const outcomes = new Map<string, Promise<Outcome>>();
function alone(name: string): Promise<Outcome> {
  const { transport = DEFAULT_TRANSPORT } = examples.find((example) => example.name === name) as Example;
  const outcome = outcomes.get(name) ?? program(`examples/${name}.ts`, ['--transport', transport]);
  outcomes.set(name, outcome);
  return outcome;
}

test('all of them are expected, in teaching order', () => {
  assert.equal(
    examples.map(({ name }) => name),
    Object.keys(EXPECTED),
  );
});

for (const example of examples) {
  const { name, title } = example;
  test(`${name} tells its frames in order and no secret, within 80 columns`, async () => {
    const { code, stdout, stderr } = await alone(name);
    assert.is(stderr, '');
    assert.is(code, 0);
    assert.is(stdout.split('\n')[0], title);
    const { frames, secrets } = EXPECTED[name] ?? { frames: '', secrets: [] };
    assert.equal(framesOf(stdout), frames.trim().split(/\s+/));
    for (const secret of secrets) assert.not.ok(steady(stdout).includes(secret), `the password "${secret}" is told`);
    if (frames.includes('JOINED')) assert.match(stdout, '•••');
    for (const line of stdout.split('\n')) assert.ok(stringWidth(line) <= 80, line);
    for (const transport of example.transport ? [example.transport] : TRANSPORTS)
      assert.is(told(await toldOver(example, { transport })), told(stdout), `over ${transport}`);
  });
}

test('connect ends as the assignment’s example does', async () => {
  const { stdout } = await alone('connect');
  assert.match(stdout, /Bar +--> server {2}SAY +message 1: Hi friends\n/);
  assert.match(stdout, /Bar +<-- server {2}MESSAGE +number 2, client12: Hello, how are you\?\n/);
  assert.match(stdout, /Bar +<-- server {2}MESSAGE +number 3, client20: Welcome, new client\.\n/);
});

test('mistakes meets every rejection that the table of frames has', async () => {
  const mistakes = examples.find(({ name }) => name === 'mistakes') as Example;
  const met: string[] = [];
  const run: Example['run'] = async (stage) => {
    await mistakes.run(stage);
    met.push(...stage.rejections());
  };
  await perform({ ...mistakes, run }, { teller: narrator(() => {}) });
  assert.equal(met.sort(), Object.keys(FRAMES.REJECTED.fields.code.values).sort());
});

test('mistakes tells each rejection with its reason, the same for an unknown group and a wrong password', async () => {
  const { stdout } = await alone('mistakes');
  const refusals = [...told(stdout).matchAll(/<-- server {2}(?:(?:REJECTED|BYE) +|LINE +(?=That|There|Good))(.*)/g)].map(
    ([, words]) => words,
  );
  assert.equal(refusals, REJECTIONS);
});

test('colours carry nothing alone, and NO_COLOR takes them away', async () => {
  const plain = steady((await alone('exit')).stdout);
  const coloured = steady((await program('examples/exit.ts', [], { FORCE_COLOR: '1' })).stdout);
  const refused = steady((await program('examples/exit.ts', [], { FORCE_COLOR: '1', NO_COLOR: '1' })).stdout);
  assert.is.not(coloured, plain);
  assert.is(stripVTControlCharacters(coloured), plain);
  assert.is(refused, plain);
});

test('a wrong command line is a sentence and exit code 2', async () => {
  const unknown = await program('examples/connect.ts', ['--transport', 'pigeon']);
  assert.is(unknown.code, 2);
  assert.is(unknown.stderr, `There is no transport "pigeon" here; there is ${TRANSPORTS.join(', ')}.\n`);
  assert.is(unknown.stdout, '');
  const option = await program('examples/connect.ts', ['--carrier', 'pigeon']);
  assert.is(option.code, 2);
  const faults = FAULT_FLAGS.map(({ name }) => `--${name}`).join(', ');
  const ofUdp = UDP_FLAGS.map(({ name }) => `--${name}`).join(', ');
  assert.is(option.stderr, `An example takes --transport ${TRANSPORTS.join('|')}, for a bad network ${faults}, and over udp ${ofUdp}.\n`);
  const share = await program('examples/connect.ts', ['--transport', 'udp', '--loss', 'much']);
  assert.is(share.code, 2);
  assert.is(share.stderr, '--loss "much" is not understood: write a share from 0 to 1, for example 0.1 for one in ten.\n');
  const stream = await program('examples/connect.ts', ['--loss', '0.2']);
  assert.is(stream.code, 2);
  assert.match(stream.stderr, /^tcp: cannot lose, .*udp:\.\n$/);
});

/** Examples beside `lossy` for a bad network: questions and answers; a connection that breaks; much that comes in one turn. */
for (const name of ['connect', 'chat', 'create']) {
  test(`${name} tells the same on a bad network, after it has said so`, async () => {
    const example = examples.find((each) => each.name === name) as Example;
    const faults = { loss: '0.2', dup: '0.1', reorder: '0.1', corrupt: '0.05', seed: '7', drop: ['server DATA 1'] };
    const telling = told(await toldOver(example, { transport: 'udp', faults }));
    const said =
      'The network between them loses 20% of all datagrams, drops DATA number 1 of the server, doubles 10%, holds 10% back and flips a bit in 5% (seed 7).\n\n';
    assert.ok(telling.includes(said), telling);
    assert.is(telling.replace(said, ''), told((await alone(name)).stdout));
  });
}

test('a stream can be slow', async () => {
  const example = examples.find(({ name }) => name === 'exit') as Example;
  for (const transport of ['tcp', 'memory']) {
    const telling = told(await toldOver(example, { transport, faults: { delay: '2', rate: '10mbit' } }));
    const said = 'The network between them takes 2 ms and carries 10 Mbit a second (seed 1).\n\n';
    assert.is(telling.replace(said, ''), told((await alone('exit')).stdout));
    assert.ok(telling.includes(said), telling);
  }
});

test('lossy counts what was lost and what was sent again; its own faults can be changed one by one', async () => {
  const count = (telling: string, what: string) => Number(new RegExp(`^ +(\\d+) ${what}`, 'm').exec(telling)?.[1]);
  const { stdout } = await alone('lossy');
  assert.match(stdout, 'The network between them loses 20% of all datagrams (seed 7).');
  assert.ok(count(stdout, 'datagrams were sent') > count(stdout, 'of them the link lost'));
  assert.ok(count(stdout, 'of them the link lost') > 0);
  assert.ok(count(stdout, 'segments were sent again') > 0);
  const example = examples.find(({ name }) => name === 'lossy') as Example;
  const changed = await toldOver(example, { faults: { loss: '0' } });
  assert.match(changed, 'The network between them has no faults (seed 7).');
  assert.is(count(changed, 'of them the link lost'), 0);
});

/** A telling, the same in every run: whatever was too long for 80 columns is one line again, since an address breaks lines where it likes. */
function told(telling: string): string {
  return steady(telling.replace(/\n {33}(?!\d\. )/g, ' ').replace(/([^\n])\n(?=[^\s=])/g, '$1 '));
}

async function toldOver(example: Example, performance: Performance): Promise<string> {
  const lines: string[] = [];
  await perform(example, { ...performance, teller: narrator((line) => lines.push(line)) });
  return `${lines.join('\n')}\n`;
}

test.run();
