/*
 * The examples through the command: `chatwire demo NAME`, its menu, and the tour of `npm start`.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { examples, TRANSPORTS } from '../../examples/index.js';
import { built } from '../built.js';
import { endAll, runInTerminal } from '../text-door/typed.js';
import { EXPECTED } from './expected.js';
import { arrowsIn, program, steady } from './program.js';

const test = suite('chatwire demo');
const chatwire = (...args: string[]) => program('cli/main.ts', args);
test.after(endAll);
const names = examples.map(({ name }) => name).join(', ');

for (const { name } of examples) {
  test(`demo ${name} tells what the file alone tells`, async () => {
    const [byDemo, alone] = await Promise.all([chatwire('demo', name), program(`examples/${name}.ts`)]);
    assert.is(byDemo.stderr, '');
    assert.is(byDemo.code, 0);
    assert.is(steady(byDemo.stdout), steady(alone.stdout));
  });
}

test('npm start without a terminal runs the whole tour, as ladders with all their frames, and nothing stays open', async () => {
  const { code, stdout, stderr } = await chatwire();
  assert.is(stderr, '');
  assert.is(code, 0);
  const starts = examples.map(({ title }) => stdout.indexOf(`\n${title}\n`));
  assert.not.ok(starts.includes(-1), starts.join());
  for (const [i, { name }] of examples.entries()) {
    const drawn = arrowsIn(stdout.slice(starts[i], starts[i + 1]));
    for (const type of EXPECTED[name]?.frames.match(/\b[A-Z]+\b/g) ?? []) {
      const at = drawn.indexOf(type);
      assert.is.not(at, -1, `${name} has too few arrows of ${type}`);
      drawn.splice(at, 1);
    }
  }
});

test('without a name and without a terminal it lists the demos, and exits with 2', async () => {
  const { code, stdout, stderr } = await chatwire('demo');
  assert.is(code, 2);
  assert.is(stderr, 'chatwire: Without a terminal there is no menu; name one of these demos.\n');
  for (const { name, title } of examples) assert.match(stdout, new RegExp(`^${name} +${title}$`, 'm'));
});

test('an unknown demo or transport is a sentence that names those there are, and exit code 2', async () => {
  const demo = await chatwire('demo', 'dance');
  assert.is(demo.code, 2);
  assert.is(demo.stderr, `chatwire: There is no demo "dance"; there is ${names}.\n`);
  const transport = await chatwire('demo', 'connect', '--transport', 'pigeon');
  assert.is(transport.code, 2);
  assert.is(transport.stderr, `chatwire: There is no transport "pigeon" here; there is ${TRANSPORTS.join(', ')}.\n`);
});

test('chat on a bad network tells what it tells on a good one', async () => {
  const [bad, good] = await Promise.all([
    chatwire('demo', 'chat', '--transport', 'udp', '--loss', '0.2', '--seed', '7'),
    chatwire('demo', 'chat', '--transport', 'udp'),
  ]);
  assert.equal([bad.code, bad.stderr], [0, '']);
  const said = '\nThe network between them loses 20% of all datagrams (seed 7).\n';
  assert.ok(bad.stdout.includes(said));
  assert.is(steady(bad.stdout).replace(said, ''), steady(good.stdout));
});

test('lossy is about udp, and says why it is not shown over others', async () => {
  for (const transport of TRANSPORTS.filter((name) => name !== 'udp')) {
    const { code, stdout, stderr } = await chatwire('demo', 'lossy', '--transport', transport);
    assert.equal([code, stdout], [2, '']);
    const why = `The example "lossy" needs udp: over ${transport} nothing gets lost that anybody could see; leave out --transport.`;
    assert.is(stderr, `chatwire: ${why}\n`);
  }
});

test('in a terminal there is a menu; Ctrl-C leaves it politely', async () => {
  const down = '\u001b[B';
  const menu = runInTerminal(process.execPath, [built('cli/main.ts'), 'demo']);
  await menu.screen.until('Which demo?');
  for (const { title } of examples) await menu.screen.until(title);
  menu.type(`${down}${down}${down}\r`);
  await menu.screen.until('Shown: Foo has left the group and the server.');
  assert.is(await menu.ended, 0);

  const left = runInTerminal(process.execPath, [built('cli/main.ts'), 'demo']);
  await left.screen.until('Which demo?');
  left.type('\u0003');
  assert.is(await left.ended, 0);
});

test.run();
