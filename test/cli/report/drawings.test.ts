/* The drawings follow from the tables: every bit of a row is drawn, every state and every frame is there. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { architecture } from '../../../cli/report/drawings/architecture.js';
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

test('the architecture leaves out an arrow that a longer way replaces', () => {
  const file = (path: string, imports: readonly string[]) => ({
    path,
    folder: '',
    lines: 1,
    purpose: '',
    declared: [],
    tests: [],
    imports,
  });
  const { arrows } = architecture([
    file('cli/a/x.ts', ['lib/b/y.ts', 'lib/c/z.ts']),
    file('lib/b/y.ts', ['lib/c/z.ts']),
    file('lib/c/z.ts', []),
  ]);
  assert.equal(
    arrows.map(({ from, to }) => `${from} ${to}`),
    ['cli/a lib/b', 'lib/b lib/c'],
  );
});

test.run();
