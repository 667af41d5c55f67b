/*
 * One stream of a trace for many tabs, without a browser: the worker's side and the tabs' side joined by ports that hand a
 * message on in its own turn, over a feed that the test plays.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { FeedTaker } from '../../../../gui/ladder/feed.js';
import type { FeedPort } from '../../../../gui/ladder/shared-feed/messages.js';
import { tabFeed } from '../../../../gui/ladder/shared-feed/tab-side.js';
import { feedDesk } from '../../../../gui/ladder/shared-feed/worker-side.js';
import type { TraceEvent, TraceHeader } from '../../../../tracer/trace/trace.js';

const test = suite('the ladder: tabs that share a stream');
const header = (startedAtMs: number): TraceHeader => ({
  ...{ format: 'chatwire-trace', version: 1, title: 'a test', source: 'taps', startedAtMs, secrets: 'masked', madeBy: 'a test' },
});
const note = (at: number, text = ''): TraceEvent => ({ kind: 'note', at, basis: 'observed', text: `event ${at}${text}` });

/** All that was posted has arrived, and whatever was posted for it. */
const delivered = () => new Promise((resolve) => setTimeout(resolve));

/** Two ends of a channel; `hold` keeps back what is said to the first, as a browser does with a tab that sleeps. */
function channel(): { ends: readonly [FeedPort, FeedPort]; sleeps: { now: boolean; posted: number } } {
  const sleeps = { now: false, posted: 0 };
  const end = (): FeedPort => ({ onmessage: null, postMessage: () => {}, close: () => {} });
  const [tab, desk] = [end(), end()];
  tab.postMessage = (data) => queueMicrotask(() => desk.onmessage?.({ data }));
  desk.postMessage = (data) => {
    sleeps.posted += 1;
    if (!sleeps.now) queueMicrotask(() => tab.onmessage?.({ data }));
  };
  return { ends: [tab, desk], sleeps };
}

/** A browser's worth of tabs; `feeds` has what was fetched, by token, in the order of fetching. */
function rig() {
  const feeds: { readonly token: string | undefined; readonly taker: FeedTaker; isOpen: boolean }[] = [];
  const take = feedDesk((taker, token) => {
    const feed = { token, taker, isOpen: true };
    feeds.push(feed);
    taker.state('connecting');
    return () => {
      feed.isOpen = false;
    };
  });
  const open = (token?: string) => {
    const { ends, sleeps } = channel();
    take(ends[1]);
    const said: string[] = [];
    const close = tabFeed(ends[0])(
      {
        header: ({ startedAtMs }) => said.push(`run ${startedAtMs}`),
        event: (event) => said.push(event.kind === 'note' ? event.text.slice(0, 40) : event.kind),
        settle: (atNs) => said.push(`settled ${atNs}`),
        state: (state, refusal) => said.push(refusal ? `${state}: ${refusal}` : state),
      },
      token,
    );
    return { said, close, sleeps };
  };
  return { feeds, open };
}

test('many tabs, one stream; one that comes later gets the past', async () => {
  const { feeds, open } = rig();
  const first = open();
  await delivered();
  const { taker } = feeds[0]!;
  taker.state('live');
  taker.header(header(1));
  for (const at of [10, 20]) taker.event(note(at));
  await delivered();
  const later = [open(), open(), open()];
  await delivered();
  taker.event(note(30));
  taker.settle(25);
  await delivered();
  assert.equal(first.said, ['connecting', 'live', 'run 1', 'event 10', 'event 20', 'event 30', 'settled 25']);
  for (const { said } of later) assert.equal(said, ['live', 'run 1', 'event 10', 'event 20', 'event 30', 'settled 25']);
  assert.is(feeds.length, 1);
});

test('the stream ends with the last tab, and the next one begins anew', async () => {
  const { feeds, open } = rig();
  const [one, other] = [open(), open()];
  await delivered();
  one.close();
  await delivered();
  assert.is(feeds[0]?.isOpen, true);
  other.close();
  await delivered();
  assert.is(feeds[0]?.isOpen, false);
  open();
  await delivered();
  assert.is(feeds.length, 2);
});

test('a server that was started anew: each tab begins with it', async () => {
  const { feeds, open } = rig();
  const tabs = [open(), open()];
  await delivered();
  const { taker } = feeds[0]!;
  taker.header(header(1));
  taker.event(note(10));
  await delivered();
  taker.state('broken');
  taker.header(header(2));
  taker.event(note(5));
  await delivered();
  for (const { said } of tabs) assert.equal(said.slice(-5), ['run 1', 'event 10', 'broken', 'run 2', 'event 5']);
});

test('a long past comes in pieces, whole and in order', async () => {
  const { feeds, open } = rig();
  open();
  await delivered();
  const { taker } = feeds[0]!;
  taker.header(header(1));
  const times = Array.from({ length: 5_000 }, (_, i) => i);
  for (const at of times) taker.event(note(at, ` ${'x'.repeat(100)}`));
  const late = open();
  await delivered();
  assert.ok(late.sleeps.posted > 5, `${late.sleeps.posted} pieces`);
  assert.equal(
    late.said.slice(2).map((text) => Number(/^event (\d+)/.exec(text)?.[1])),
    times,
  );
});

test('nothing piles up for a tab that sleeps, and it holds up no other', async () => {
  const { feeds, open } = rig();
  const [awake, asleep] = [open(), open()];
  await delivered();
  const { taker } = feeds[0]!;
  taker.header(header(1));
  await delivered();
  asleep.sleeps.now = true;
  const before = asleep.sleeps.posted;
  for (let at = 0; at < 1_000; at += 1) {
    taker.event(note(at));
    await Promise.resolve();
  }
  await delivered();
  assert.ok(asleep.sleeps.posted - before <= 1, `${asleep.sleeps.posted - before} messages wait`);
  assert.is(awake.said.at(-1), 'event 999');
});

test('each token has its answer, and a refusal is asked for again by the next tab', async () => {
  const { feeds, open } = rig();
  const [without, withToken] = [open(), open('open-sesame')];
  await delivered();
  assert.equal(
    feeds.map(({ token }) => token),
    [undefined, 'open-sesame'],
  );
  feeds[0]?.taker.state('refused', 'token');
  feeds[1]?.taker.state('live');
  feeds[1]?.taker.header(header(1));
  feeds[1]?.taker.event(note(10));
  await delivered();
  assert.equal(without.said, ['connecting', 'refused: token']);
  assert.equal(withToken.said, ['connecting', 'live', 'run 1', 'event 10']);
  open();
  await delivered();
  assert.is(feeds.length, 3);
  assert.is(feeds[0]?.isOpen, false);
});

test.run();
