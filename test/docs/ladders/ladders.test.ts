/*
 * The kept ladders are what the tool draws today, byte for byte; the UDP ones run again for it, in virtual time.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { drawLadder } from '../../../docs/ladders/draw.js';
import { drawOpening } from '../../../docs/ladders/opening.js';
import { inVirtualTime, recordingOf, TAKES } from '../../../docs/ladders/takes.js';
import { eventLine, headerLine } from '../../../tracer/file/index.js';

const FIGURES = 'docs/figures/ladders';
const RECORDINGS = 'docs/recordings/traces';

test('every take has its figure and its recording, and they have no others', () => {
  const names = TAKES.map(({ name }) => name).sort();
  assert.equal(readdirSync(FIGURES).sort(), names.map((name) => `${name}.svg`).sort());
  assert.equal(readdirSync(RECORDINGS).sort(), names.map((name) => `${name}.jsonl`).sort());
});

for (const take of TAKES) {
  test(`${take.name} is drawn as it is kept (if not: npm run figures)`, async () => {
    assert.ok((await drawLadder(take)) === readFileSync(`${FIGURES}/${take.name}.svg`, 'utf8'), 'the figure is another one');
  });
}

test('the ladder of README.md is drawn as it is kept (if not: npm run figures -- opening)', async () => {
  assert.ok((await drawOpening()) === readFileSync('docs/figures/opening.svg', 'utf8'), 'the figure is another one');
});

for (const take of TAKES.filter(({ transport }) => transport === 'udp')) {
  test(`${take.name} runs as it is recorded (if not: npm run figures:record -- ${take.name})`, async () => {
    const { header, events } = await inVirtualTime(take);
    assert.ok(headerLine(header) + events.map(eventLine).join('') === readFileSync(recordingOf(take.name), 'utf8'), 'it is another run');
  });
}

test.run();
