/* The ladders of the report: each has something to show, from sentence to sentence of a kept recording, and no secret. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { drawnLadders, LADDERS, section } from '../../../cli/report/drawings/ladders.js';
import { ReportError } from '../../../cli/report/report-error.js';
import type { Step, Story } from '../../../tracer/join/index.js';

const note = (number: number, words: string): Step => ({ kind: 'note', lane: 'notes', number, at: number, basis: 'observed', words });
const STORY: Story = {
  title: 'a lesson',
  startedAtMs: 0,
  actors: [],
  connections: [],
  steps: ['What it is about.', 'First this.', 'Then that.', 'Shown: both.'].map((words, i) => note(i + 1, words)),
};
const told = ({ steps }: Story) => steps.map((step) => (step.kind === 'note' ? step.words : ''));

test('a part goes from sentence to sentence; without any, from the second one to the last', () => {
  assert.equal(told(section(STORY, { take: 'x' }, 'x')), ['First this.', 'Then that.', 'Shown: both.']);
  assert.equal(told(section(STORY, { take: 'x', from: 'Then', before: 'Shown' }, 'x')), ['Then that.']);
});

test('a sentence that the recording no longer has is an error that says which', () => {
  assert.throws(
    () => section(STORY, { take: 'x', from: 'Never' }, 'docs/x.jsonl'),
    (error: unknown) => error instanceof ReportError && /docs\/x\.jsonl has no sentence that begins with "Never"/.test(error.message),
  );
});

test('a recording that is missing is an error that says what to do', () => {
  assert.throws(
    () => drawnLadders(resolve('docs')),
    (error: unknown) => error instanceof ReportError && /is missing: run npm run figures:record/.test(error.message),
  );
});

test('each has heads and strips that letters can be read in, and no password', () => {
  const drawn = drawnLadders(resolve('.'));
  assert.equal(Object.keys(drawn), Object.keys(LADDERS));
  for (const [name, { heads, strips, width, height, made }] of Object.entries(drawn)) {
    assert.ok(strips.length > 1, name);
    assert.ok(width > 300 && width <= 820, `${name} is ${width} wide`);
    assert.ok(height > 90 * strips.length, `${name} is ${height} high`);
    assert.match(heads, '>server<');
    assert.not.match(strips.join(''), /#\d+ password: (?!•••|Enter)/);
    assert.match(made, /^run in virtual time$|^recorded on \d{4}-\d\d-\d\d with Chatwire, Node/);
  }
});

test('the template asks for no other, and for all of them', () => {
  const chapters = ['theory', 'handshake', 'usage'].map((name) => readFileSync(`docs/report/chapters/${name}.typ`, 'utf8')).join('');
  assert.equal([...chapters.matchAll(/#ladder\("([\w-]+)"/g)].map(([, name]) => name).sort(), Object.keys(LADDERS).sort());
});

test.run();
