/*
 * The lesson on the accept queue, with a real server, a real queue of Linux, and whatever this machine lets us see of it.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { needsTool } from '../../tool.js';
import { arrows, ask, ms } from './asked.js';

const test = suite('lesson backlog');
const onLinux = process.platform === 'linux' && needsTool('ss') ? test : test.skip;

onLinux('two are connected and acknowledged before anybody is accepted; the third comes in when there is room', async () => {
  const { trace, story, answers } = await ask('backlog');
  const [connected, acknowledged, third] = answers;
  const name = (id: string) => story.actors.find((actor) => actor.id === id)?.name;
  const states = (state: string) =>
    trace.events.flatMap((event) => (event.kind === 'state' && event.state === state ? [{ name: name(event.by), at: event.at }] : []));
  const accepted = states('accepted');
  const open = states('open');
  const before = open.filter(({ at }) => at < (accepted[0]?.at ?? 0));
  assert.equal(
    [before.map((each) => each.name), open.map((each) => each.name)],
    [
      ['Ann', 'Bar'],
      ['Ann', 'Bar', 'Foo'],
    ],
  );
  assert.is(accepted.length, 3);
  assert.equal(
    connected.rows.filter((row) => row.kind === 'mark' && row.label === 'open').map(({ at }) => at),
    before.map(({ at }) => at),
  );
  assert.match(connected.says, /^Ann and Bar, /);
  const counts = trace.events.flatMap((event) => (event.kind === 'note' && event.text.startsWith('ss -ltn') ? [event.text] : []));
  assert.equal(counts, Array(2).fill('ss -ltn: Recv-Q 2 wait for accept(), Send-Q 1 is the backlog.'));
  const below = Number(/ss counts them, below row (\d+): Recv-Q 2\./.exec(connected.says)?.[1]);
  const place = story.steps.findIndex(({ number }) => number === below);
  assert.match(story.steps[place + 1]?.words ?? '', /^ss -ltn/);

  const hello = trace.events.flatMap((event) => (event.kind === 'frame' && event.type === 'HELLO' ? [event] : []));
  const said = hello.find(({ by }) => name(by) === 'Ann');
  const read = hello.find(({ direction }) => direction === 'received');
  assert.ok((read?.at ?? 0) > (accepted[0]?.at ?? Number.NaN));
  assert.ok(acknowledged.says.includes(`reads it ${ms((read?.at ?? 0) - (said?.at ?? 0))} after row`), acknowledged.says);

  const dialled = states('dialling').find((each) => each.name === 'Foo')?.at ?? Number.NaN;
  assert.ok(dialled < (accepted[0]?.at ?? 0) && (open[2]?.at ?? 0) > (accepted[0]?.at ?? 0));
  assert.ok(third.says.includes(ms((open[2]?.at ?? 0) - dialled)), third.says);

  const packets = trace.events.flatMap((event) => (event.kind === 'kernel' ? [event] : []));
  if (packets.length === 0) {
    assert.ok(trace.events.some((event) => event.kind === 'note' && event.text.startsWith('Without the kernels’ packets: ')));
    return;
  }
  const [, ack] = arrows(acknowledged).filter(({ lane }) => lane === 'kernel');
  assert.is(ack?.label, 'ACK');
  assert.ok((ack?.at ?? Number.NaN) < (accepted[0]?.at ?? 0), 'before accept()');
  assert.match(ack?.words ?? '', /ack 16\b/); // HELLO has 15 bytes
  const syns = packets.filter(({ flags, by }) => flags?.join() === 'SYN' && name(by) === 'Foo');
  assert.ok(syns.length > 1, 'the first is dropped');
  assert.equal(
    arrows(third, 'SYN').map(({ at }) => at),
    syns.map(({ at }) => at),
  );
});

test.run();
