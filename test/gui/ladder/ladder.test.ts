/*
 * The page's ladder without a page: live, event by event, it tells what the whole trace tells; its rows are those of the
 * tracer's layout; what it keeps is bounded.
 */
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { longChat } from '../../../bench/trace/long-chat.js';
import { Ladder } from '../../../gui/ladder/ladder.js';
import { readTrace } from '../../../tracer/file/index.js';
import { type Step, tell } from '../../../tracer/join/index.js';
import { layout } from '../../../tracer/layout/index.js';
import { filterStory } from '../../../tracer/select/index.js';
import type { Trace } from '../../../tracer/trace/trace.js';

const recording = (name: string): Trace =>
  readTrace(readFileSync(new URL(`../../../docs/recordings/traces/${name}.jsonl`, import.meta.url), 'utf8')).trace;
const said = (steps: readonly Step[]) => steps.map((step) => [step.number, step.at, step.kind === 'note' ? '' : step.label, step.words]);

/** A trace as it comes from a server. */
function live({ header, events }: Trace, ladder = new Ladder()): Ladder {
  ladder.begin(header);
  for (const [i, event] of events.entries()) {
    ladder.event(event);
    if (i % 5 === 0) ladder.draw();
  }
  ladder.finish();
  return ladder;
}

for (const name of ['udp-lossy', 'tcp-chat', 'unix-handshake']) {
  test(`${name}: a file has the rows of the tracer's layout`, () => {
    const trace = { ...recording(name), header: { ...recording(name).header, shownFromNs: 0 } };
    const ladder = new Ladder();
    ladder.show(trace);
    assert.equal(said(ladder.story.steps), said(tell(trace).steps));
    assert.equal(ladder.book.rows, layout(tell(trace)).rows);
    assert.equal(ladder.shownActors, tell(trace).actors);
  });
}

test('event by event it is the story of the whole', async () => {
  const trace = await longChat('udp', 3000);
  const ladder = live(trace);
  const story = tell(trace);
  assert.equal(said(ladder.story.steps), said(story.steps));
  assert.equal(ladder.counts, { all: story.steps.length, shown: story.steps.length, dropped: 0 });
  assert.is(ladder.trace.events.length, trace.events.length);
});

test('the filter is the tracer’s, for what is there and for what comes', async () => {
  const trace = await longChat('udp', 2000);
  const filter = { connection: 'c2', lanes: ['frames', 'notes'], text: 'number 1' } as const;
  const wanted = said(filterStory(tell(trace), filter).steps);
  assert.ok(wanted.length > 5 && wanted.length < 500, `${wanted.length}`);
  const before = live(trace, new Ladder(filter));
  const after = live(trace);
  after.choose(filter);
  for (const ladder of [before, after]) {
    assert.equal(said(ladder.shown.steps), wanted);
    assert.is(ladder.counts.shown, wanted.length);
    assert.equal(
      [...new Set(ladder.book.rows.map(({ step }) => step.number))].sort((a, b) => a - b),
      wanted.map(([number]) => number),
    );
  }
  after.choose({});
  assert.is(after.counts.shown, after.counts.all);
});

test('what is kept is bounded: the oldest go, and who takes part stays', async () => {
  const trace = await longChat('memory', 5000);
  const ladder = live(trace, new Ladder({}, { maxSteps: 1000, maxEvents: 800 }));
  const { all, dropped } = ladder.counts;
  assert.ok(all <= 1000 && all > 500, `${all}`);
  assert.is(all + dropped, tell(trace).steps.length);
  assert.is(ladder.story.steps[0]?.number, dropped + 1);
  assert.ok(ladder.book.rows.length <= 2 * all);
  assert.ok(ladder.trace.events.length <= 800 + 10);
  assert.is(ladder.trace.events.filter(({ kind }) => kind === 'actor').length, trace.events.filter(({ kind }) => kind === 'actor').length);
});

test.run();
