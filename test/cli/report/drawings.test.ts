/* The drawings follow from the tables: every bit of a row is drawn, every state and every frame is there. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { architecture, importsBetween } from '../../../cli/report/drawings/architecture.js';
import { chatLayouts, packetFrameLayouts, packetLayouts } from '../../../cli/report/drawings/byte-layout.js';
import { serverGraph } from '../../../cli/report/drawings/state-machine.js';
import { tcpStates } from '../../../cli/report/drawings/tcp-states.js';
import { SERVER_STATES } from '../../../lib/session/server-states.js';
import { FRAMES } from '../../../lib/wire/frames.js';

test('every frame of the chat has a layout, and no row has more than 32 bits', () => {
  assert.equal(
    chatLayouts().map(({ name }) => name),
    Object.keys(FRAMES),
  );
  for (const { name, rows } of [...chatLayouts(), ...packetLayouts(), ...packetFrameLayouts()]) {
    for (const row of rows) assert.ok(row.reduce((sum, { bits }) => sum + bits, 0) <= 32, name);
  }
});

test('a field of 64 bits goes on in the next row', () => {
  const layout = chatLayouts().find(({ name }) => name === 'MESSAGE');
  const time = layout?.rows.flat().filter(({ label }) => label === 'time');
  assert.equal(
    time?.map(({ bits, continued }) => [bits, continued]),
    [
      [32, false],
      [32, true],
    ],
  );
});

test('a secret is marked', () => {
  const fields = chatLayouts().flatMap((layout) => layout.fields.map((field) => [layout.name, field.name, field.secret]));
  assert.equal(
    fields.find(([frame, field]) => frame === 'JOINED' && field === 'token'),
    ['JOINED', 'token', 'secret'],
  );
});

test('every arrow of a graph begins and ends at a box', () => {
  for (const { boxes, arrows } of [serverGraph(), tcpStates]) {
    const ids = new Set(boxes.map(({ id }) => id));
    for (const { from, to } of arrows) assert.ok(ids.has(from) && ids.has(to), `${from} -> ${to}`);
  }
  assert.equal(
    serverGraph().boxes.map(({ id }) => id),
    Object.keys(SERVER_STATES),
  );
});

const file = (path: string, ...imports: readonly string[]) => ({
  path,
  folder: '',
  lines: 1,
  purpose: '',
  declared: [],
  tests: [],
  imports,
});
const HOUSES = [
  file('cli/a/x.ts', 'examples/e/x.ts', 'lib/b/y.ts', 'lib/d/z.ts'),
  file('examples/e/x.ts', 'lib/b/y.ts'),
  file('lib/b/y.ts', 'lib/c/z.ts', 'lib/d/z.ts'),
  file('lib/c/z.ts', 'lib/d/z.ts'),
  file('lib/d/z.ts'),
  file('test/cli/x.test.ts', 'cli/a/x.ts'),
];
const drawn = (files: Parameters<typeof architecture>[0]) =>
  architecture(files).arrows.map(({ from, to, both, whole }) => `${from} ${both ? '<->' : '->'} ${to}${whole ? ' (house)' : ''}`);

test('the architecture has an arrow for houses and for rooms of one house, and none that a longer way replaces', () => {
  assert.equal(drawn(HOUSES), ['lib/b -> lib/c', 'lib/c -> lib/d', 'cli/a -> examples/e (house)', 'examples/e -> lib/b (house)']);
});

test('rooms that import each other have one arrow with two heads', () => {
  assert.equal(drawn([file('lib/a/x.ts', 'lib/b/x.ts'), file('lib/b/x.ts', 'lib/b/y.ts'), file('lib/b/y.ts', 'lib/a/x.ts')]), [
    'lib/a <-> lib/b',
  ]);
});

test('the imports between houses are counted, all of them', () => {
  assert.equal(importsBetween(HOUSES), [
    { house: 'cli', to: [0, 1, 2] },
    { house: 'examples', to: [0, 0, 1] },
    { house: 'lib', to: [0, 0, 3] },
  ]);
});

test('a house that the table does not know is missed', () => {
  assert.throws(() => importsBetween([...HOUSES, file('barn/a.ts')]), /does not know barn/);
});

test.run();
