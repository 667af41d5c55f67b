/*
 * Which ends belong together, of every transport, with and without a proxy, and what is told where nobody observes.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { tell } from '../../../tracer/join/index.js';
import { building, bytesOf, prompt, say, type TraceBuilder } from './traces.js';

const AT = 'tcp://127.0.0.1:4000';
const from = (port: number) => `tcp://127.0.0.1:${port}`;
const menu = prompt(1, 'menu', 'Hello client');
const joined = (name: string) =>
  ({ type: 'JOINED', group: '8888', name, members: 1, nextSequence: 1, token: new Uint8Array(0), resumed: 'no' }) as const;

function dial(b: TraceBuilder, us: number, client: string, name: string, port: number, openUs = us + 5): void {
  b.state(us, client, name, 'dialling', { remote: AT });
  b.state(openUs, client, name, 'open', { local: from(port), remote: AT });
}

test('TCP: the ends with the same pair of addresses are one connection, whatever the order', () => {
  const b = building();
  b.actor('server-1', 'server');
  b.actor('client-1', 'client');
  b.actor('client-2', 'client');
  dial(b, 10, 'client-1', 'a', 5001, 40);
  dial(b, 11, 'client-2', 'b', 5002, 41);
  b.state(20, 'server-1', 'sb', 'accepted', { local: AT, remote: from(5002) }); // before either connect() has come back
  b.frame(21, 'server-1', 'sb', 'sent', menu);
  b.state(30, 'server-1', 'sa', 'accepted', { local: AT, remote: from(5001) });
  b.frame(50, 'client-2', 'b', 'received', menu);
  const { connections, steps } = tell(b.trace);
  assert.equal(
    connections.map(({ client, server, ends }) => [client, server, ends]),
    [
      ['client-1', 'server-1', ['a', 'sa']],
      ['client-2', 'server-1', ['b', 'sb']],
    ],
  );
  const frame = steps.find(({ lane }) => lane === 'frames');
  assert.ok(frame?.kind === 'arrow' && frame.connection === 'c2' && frame.from === 'server-1' && frame.outcome === 'arrived');
  assert.equal([frame.sentAt, frame.receivedAt], [21_000, 50_000]);
});

test('Unix: clients have no address, so the first that dialled is the first that is accepted', () => {
  const b = building();
  const at = 'unix:/tmp/x.sock';
  for (const client of ['client-1', 'client-2']) {
    b.state(10, client, `u-${client}`, 'dialling', { remote: at });
    b.state(15, client, `u-${client}`, 'open', { local: at, remote: at });
  }
  b.state(20, 'server-1', 's1', 'accepted', { local: at, remote: at });
  b.state(21, 'server-1', 's2', 'accepted', { local: at, remote: at });
  const { connections, steps } = tell(b.trace);
  assert.equal(
    connections.map(({ ends, scheme }) => [scheme, ...ends]),
    [
      ['unix', 'u-client-1', 's1'],
      ['unix', 'u-client-2', 's2'],
    ],
  );
  const calls = steps.filter((step) => step.kind === 'mark' && step.basis === 'inferred').map((step) => step.kind === 'mark' && step.label);
  assert.equal(calls, ['connect', 'connect', 'accept', 'accept'], 'whichever was reported first');
});

test('Unix: a dial that failed takes nobody’s place', () => {
  const b = building();
  const at = 'unix:/tmp/x.sock';
  b.state(1, 'client-1', 'early', 'dialling', { remote: at });
  b.state(2, 'client-1', 'early', 'closed', { closedBy: 'remote', error: `Nobody listens at ${at}: start the server first.` });
  b.state(10, 'client-1', 'late', 'dialling', { remote: at });
  b.state(11, 'client-1', 'late', 'open', { local: at, remote: at });
  b.state(12, 'server-1', 's', 'accepted', { local: at, remote: at });
  assert.equal(
    tell(b.trace).connections.map(({ ends }) => ends),
    [['early'], ['late', 's']],
  );
});

test('memory: both ends know each other’s name', () => {
  const b = building();
  b.state(1, 'client-1', 'm1', 'dialling', { remote: 'memory:lobby' });
  b.state(2, 'client-1', 'm1', 'open', { local: 'memory:lobby#m1', remote: 'memory:lobby' });
  b.state(2, 'server-1', 'm2', 'accepted', { local: 'memory:lobby', remote: 'memory:lobby#m1' });
  const [connection] = tell(b.trace).connections;
  assert.equal([connection?.scheme, connection?.ends], ['memory', ['m1', 'm2']]);
});

test('only the server observes: the others are inferred, and called as the dialogue calls them', () => {
  const b = building();
  b.actor('server-1', 'server', 'server');
  b.state(1, 'server-1', 's1', 'accepted', { local: AT, remote: from(5001) });
  b.frame(2, 'server-1', 's1', 'sent', menu);
  b.frame(3, 'server-1', 's1', 'received', { type: 'ANSWER', id: 2, question: 'name', value: 'bar' });
  b.frame(4, 'server-1', 's1', 'sent', joined('Bar\u001b[1m'));
  b.state(5, 'server-1', 's2', 'accepted', { local: AT, remote: from(5002) });
  b.frame(6, 'server-1', 's2', 'sent', menu);
  const { actors, connections, steps } = tell(b.trace);
  assert.equal(
    actors.map(({ name, role, basis }) => [name, role, basis]),
    [
      ['server', 'server', 'observed'],
      ['Bar␛[1m', 'client', 'inferred'],
      ['client 2', 'client', 'inferred'],
    ],
  );
  assert.is(connections[0]?.client, actors[1]?.id);
  const outcomes = steps.flatMap((step) => (step.kind === 'arrow' && step.lane === 'frames' ? [step.outcome] : []));
  assert.equal(outcomes, ['unseen', 'arrived', 'unseen', 'unseen']);
});

test('only a client observes: the server is inferred, one for an address', () => {
  const b = building();
  dial(b, 1, 'client-1', 'a', 5001);
  dial(b, 10, 'client-1', 'b', 5002);
  b.frame(20, 'client-1', 'b', 'received', menu);
  b.frame(21, 'client-1', 'b', 'sent', say(1, 'x'));
  const { actors, connections } = tell(b.trace);
  assert.equal(
    actors.map(({ name, basis }) => [name, basis]),
    [
      ['client-1', 'observed'],
      ['server', 'inferred'],
    ],
  );
  assert.is(connections[0]?.server, connections[1]?.server);
});

test('at the plain-text door the name is the answer to the question', () => {
  const b = building();
  b.actor('server-1', 'server');
  b.state(1, 'server-1', 's1', 'accepted', { local: AT, remote: from(5001) });
  b.line(2, 'server-1', 's1', 'sent', 'Enter your name:');
  b.line(3, 'server-1', 's1', 'received', 'Bar');
  b.line(4, 'server-1', 's1', 'sent', 'Enter group ID:');
  b.line(5, 'server-1', 's1', 'received', 'not a name');
  const { actors, connections } = tell(b.trace);
  assert.is(actors[1]?.name, 'Bar');
  assert.is(connections[0]?.codec, 'text');
});

test('who dials again gets a new connection and keeps its column', () => {
  const b = building();
  dial(b, 1, 'client-1', 'a', 5001);
  b.state(10, 'client-1', 'a', 'closed', { closedBy: 'local', error: 'The connection was dropped here.' });
  dial(b, 20, 'client-1', 'b', 5002);
  const { actors, connections } = tell(b.trace);
  assert.equal(
    connections.map(({ id, client }) => [id, client]),
    [
      ['c1', 'client-1'],
      ['c2', 'client-1'],
    ],
  );
  assert.is(actors.length, 2);
});

function throughProxy(b: TraceBuilder): void {
  b.actor('proxy-1', 'proxy');
  b.state(20, 'proxy-1', 'p1', 'accepted', { local: AT, remote: from(5001), leg: 'p2' });
  b.state(21, 'proxy-1', 'p2', 'dialling', { remote: from(4009) });
  b.state(25, 'proxy-1', 'p2', 'open', { local: from(6001), remote: from(4009), leg: 'p1' });
}

test('a proxy alone: its two legs are one connection between two inferred ends', () => {
  const b = building({ source: 'proxy' });
  throughProxy(b);
  b.frame(30, 'proxy-1', 'p2', 'received', menu);
  b.frame(34, 'proxy-1', 'p1', 'sent', menu);
  b.chunk(40, 'proxy-1', 'p1', 'received', bytesOf(say(1, 'hi')));
  b.chunk(47, 'proxy-1', 'p2', 'sent', bytesOf(say(1, 'hi')));
  const { actors, connections, steps } = tell(b.trace);
  assert.equal(
    connections.map(({ ends, clientAddress, serverAddress }) => [ends, clientAddress, serverAddress]),
    [[['p1', 'p2'], from(5001), from(4009)]],
  );
  assert.equal(
    actors.map(({ name }) => name),
    ['client 1', 'server'],
  );
  const arrows = steps.flatMap((step) => (step.kind === 'arrow' && step.basis === 'observed' ? [step] : []));
  assert.equal(
    arrows.map(({ label, sentAt, receivedAt, outcome }) => [label, sentAt, receivedAt, outcome]),
    [
      ['PROMPT', 30_000, 34_000, 'arrived'],
      ['DATA', 40_000, 47_000, 'arrived'],
    ],
  );
});

test('a proxy whose target is down: nobody new takes part, and clients are counted one by one', () => {
  const b = building({ source: 'proxy' });
  b.actor('proxy-1', 'proxy');
  for (const n of [1, 2]) {
    b.state(n * 100, 'proxy-1', `near${n}`, 'accepted', { local: AT, remote: from(5000 + n) });
    b.state(n * 100 + 1, 'proxy-1', `far${n}`, 'dialling', { remote: from(4009), leg: `near${n}` });
    b.state(n * 100 + 2, 'proxy-1', `far${n}`, 'closed', { closedBy: 'remote', error: 'Nobody listens.' });
    b.state(n * 100 + 3, 'proxy-1', `near${n}`, 'closed', { closedBy: 'local', error: 'Nobody listens.' });
  }
  const { actors, connections } = tell(b.trace);
  assert.equal(
    actors.map(({ name }) => name),
    ['client 1', 'server', 'client 2'],
  );
  assert.is(connections.length, 2);
});

test('a proxy whose dialling leg reports first waits for the other', () => {
  const b = building({ source: 'proxy' });
  b.actor('proxy-1', 'proxy');
  b.state(10, 'proxy-1', 'p2', 'dialling', { remote: from(4009) });
  b.state(20, 'proxy-1', 'p1', 'accepted', { local: AT, remote: from(5001), leg: 'p2' });
  b.state(25, 'proxy-1', 'p2', 'open', { local: from(6001), remote: from(4009), leg: 'p1' });
  assert.is(tell(b.trace).connections.length, 1);
});

test('a proxy between two ends that observe, too: one connection of four ends', () => {
  const b = building();
  b.actor('client-1', 'client', 'Bar');
  b.actor('server-1', 'server', 'server');
  b.state(10, 'client-1', 'a', 'dialling', { remote: AT });
  b.state(15, 'client-1', 'a', 'open', { local: from(5001), remote: AT });
  throughProxy(b);
  b.state(24, 'server-1', 's', 'accepted', { local: from(4009), remote: from(6001) });
  b.frame(30, 'server-1', 's', 'sent', menu);
  b.frame(32, 'proxy-1', 'p2', 'received', menu);
  b.frame(34, 'proxy-1', 'p1', 'sent', menu);
  b.frame(36, 'client-1', 'a', 'received', menu);
  const { actors, connections, steps } = tell(b.trace);
  assert.equal(connections[0]?.ends.toSorted(), ['a', 'p1', 'p2', 's']);
  assert.is(connections.length, 1);
  assert.equal(actors.map(({ name }) => name).toSorted(), ['Bar', 'server']);
  const frames = steps.flatMap((step) => (step.kind === 'arrow' && step.lane === 'frames' ? [step] : []));
  assert.equal(
    frames.map(({ sentAt, receivedAt }) => [sentAt, receivedAt]),
    [[30_000, 36_000]],
  );
  assert.is(steps.filter((step) => step.kind === 'arrow' && step.phase?.startsWith('handshake')).length, 3);
});

test.run();
