/*
 * Joining as events come: the same steps as of the whole trace, each as soon as nothing can change it, with bounded memory.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { joiner, type Step, tell } from '../../../tracer/join/index.js';
import { building, bytesOf, connect, cookie, data, open, prompt, SERVER_ID, say, syn } from './traces.js';

const AT = 'tcp://127.0.0.1:4000';
const CLIENT = 'tcp://127.0.0.1:5001';

function dialogue(count: number) {
  const b = building();
  b.actor('server-1', 'server');
  b.actor('client-1', 'client');
  b.state(10, 'client-1', 'c', 'dialling', { remote: AT });
  b.state(15, 'server-1', 's', 'accepted', { local: AT, remote: CLIENT });
  b.state(20, 'client-1', 'c', 'open', { local: CLIENT, remote: AT });
  for (let i = 0; i < count; i += 1) {
    const us = 30 + i * 10;
    b.chunk(us, 'client-1', 'c', 'sent', bytesOf(say(i, 'x')));
    b.frame(us, 'client-1', 'c', 'sent', say(i, 'x'));
    b.chunk(us + 5, 'server-1', 's', 'received', bytesOf(say(i, 'x')));
    b.frame(us + 5, 'server-1', 's', 'received', say(i, 'x'));
    b.session(us + 6, 'server-1', 's', 'chatting', 'answer', 'chatting');
  }
  b.note(30, 'a note');
  return b.trace;
}

test('the same trace gives the same story; pushed one by one, too', () => {
  const { header, events } = dialogue(20);
  const join = joiner(header);
  const inTime = events.toSorted((one, other) => one.at - other.at);
  const steps: Step[] = inTime.flatMap((event) => [...join.push(event)]);
  steps.push(...join.finish());
  assert.equal(steps, tell({ header, events }).steps);
  assert.equal(tell({ header, events }), tell({ header, events }));
  assert.equal(
    steps.map(({ number }) => number),
    steps.map((_, i) => i + 1),
  );
  assert.ok(steps.every(({ at }, i) => i === 0 || at >= (steps[i - 1] as Step).at));
});

test('a step is told once its other end has seen it, and not before', () => {
  const { header, events } = dialogue(1);
  const join = joiner(header);
  const told = events
    .filter(({ kind }) => kind !== 'note')
    .map((event) => join.push(event).map((step) => (step.kind === 'arrow' ? `${step.label}>` : step.kind === 'mark' ? step.label : '')));
  assert.equal(told, [
    [],
    [],
    ['dialling'],
    [],
    ['SYN>', 'SYN-ACK>', 'ACK>', 'accepted', 'open'],
    [],
    [],
    ['DATA>'],
    ['SAY>'],
    ['chatting'],
  ]);
});

test('settle: what was not seen by then is told as it stands, and what comes after that is told once', () => {
  const b = building();
  b.state(10, 'client-1', 'c', 'dialling', { remote: AT });
  b.state(20, 'client-1', 'c', 'open', { local: CLIENT, remote: AT });
  b.frame(30, 'client-1', 'c', 'sent', say(1, 'x'));
  const join = joiner(b.trace.header);
  for (const event of b.trace.events) join.push(event);
  const settled = join.settle(30_000);
  assert.equal(
    settled.map((step) => step.kind === 'arrow' && [step.label, step.outcome]),
    [['SAY', 'unseen']],
  );
  const late = building();
  late.state(40, 'server-1', 's', 'accepted', { local: AT, remote: CLIENT });
  late.frame(41, 'server-1', 's', 'received', say(1, 'x'));
  late.frame(42, 'server-1', 's', 'sent', prompt(1, 'menu', 'x'));
  const more = late.trace.events.flatMap((event) => [...join.push(event)]);
  more.push(...join.finish());
  assert.equal(
    more.map((step) => (step.kind === 'arrow' || step.kind === 'mark' ? step.label : '')),
    ['accepted', 'PROMPT'],
  );
});

test('in a run that goes on, what has not arrived is under way: a datagram, and what it carries; not so once the other end has closed', () => {
  const b = building();
  b.actor('client-1', 'client');
  b.actor('server-1', 'server');
  b.datagram(10, 'client-1', 'sent', syn());
  b.datagram(11, 'server-1', 'received', syn());
  b.datagram(12, 'server-1', 'sent', cookie());
  b.datagram(13, 'client-1', 'received', cookie());
  b.datagram(14, 'client-1', 'sent', connect(1, [data(0, bytesOf(say(1, 'x')))]), { connection: 'c' });
  b.datagram(15, 'server-1', 'received', connect(1, [data(0, bytesOf(say(1, 'x')))]), { connection: 's' });
  b.frame(16, 'client-1', 'c', 'sent', say(2, 'held'));
  b.datagram(16, 'client-1', 'sent', open(SERVER_ID, 2, [data(1, bytesOf(say(2, 'held')))]), { connection: 'c' });
  b.session(20, 'server-1', 's', 'chatting', 'answer', 'chatting');
  const outcomes = (goesOn: boolean) =>
    tell(b.trace, { goesOn }).steps.flatMap((step) => (step.kind === 'arrow' && step.at === 16_000 ? [step.outcome] : []));
  assert.equal(outcomes(true), ['under-way', 'under-way']);
  assert.equal(outcomes(false), ['unseen', 'lost']);
  b.state(21, 'server-1', 's', 'closed', { closedBy: 'local', error: 'It was dropped here.' });
  assert.not.ok(outcomes(true).includes('under-way'));
});

test('what waits is bounded: past that, the oldest is told', () => {
  const b = building();
  b.state(10, 'client-1', 'c', 'dialling', { remote: AT });
  b.state(20, 'client-1', 'c', 'open', { local: CLIENT, remote: AT });
  for (let i = 0; i < 500; i += 1) b.frame(30 + i, 'client-1', 'c', 'sent', say(i, 'x'));
  const join = joiner(b.trace.header, { maxWaiting: 100 });
  let told = 0;
  for (const event of b.trace.events) told += join.push(event).length;
  assert.ok(told > 400, `${told} steps`);
});

test('a draft that comes too late stands where it came, so that times never go back', () => {
  const { header, events } = dialogue(3);
  const join = joiner(header);
  const steps = events.flatMap((event) => [...join.push(event)]); // the note is the last, and the earliest
  steps.push(...join.finish());
  assert.is(steps.at(-1)?.kind, 'note');
  assert.ok(steps.every(({ at }, i) => i === 0 || at >= (steps[i - 1] as Step).at));
});

test('an actor can be renamed', () => {
  const b = building();
  b.actor('client-1', 'client', 'client');
  b.state(10, 'client-1', 'c', 'dialling', { remote: AT });
  b.actor('client-1', 'client', 'Bar');
  assert.equal(
    tell(b.trace).actors.map(({ id, name }) => [id, name]),
    [
      ['client-1', 'Bar'],
      ['?server-1', 'server'],
    ],
  );
});

test('nothing in a story can reach a terminal', () => {
  const evil = '\u001b]0;x\u0007\u202eabc\r\n\u009b2J';
  const b = building();
  b.actor('client-1', 'client', evil);
  b.state(10, 'client-1', evil, 'dialling', { remote: `tcp://${evil}:1` });
  b.state(20, 'client-1', evil, 'closed', { closedBy: 'remote', error: evil });
  b.session(21, 'client-1', evil, evil, evil, evil);
  b.note(22, evil);
  b.line(23, 'client-1', evil, 'sent', evil);
  b.frame(24, 'client-1', evil, 'sent', say(1, evil));
  const { actors, connections, steps } = tell(b.trace);
  const texts = textsIn([actors, connections, steps]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  const unfit = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
  for (const text of texts) assert.not.match(text, unfit);
  assert.ok(texts.filter((text) => text.includes('abc')).length > 5);
});

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  return Object.values(value).flatMap(textsIn);
}

test.run();
