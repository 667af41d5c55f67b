/*
 * What was seen below the programs, joined: a handshake that a capture saw is told once, and what it did not see is still
 * concluded.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Step, tell } from '../../../tracer/join/index.js';
import { filterStory } from '../../../tracer/select/index.js';
import type { KernelEvent, SocketEvent, TcpFlag, Trace, TraceEvent } from '../../../tracer/trace/trace.js';
import { building } from './traces.js';

const [C, S] = ['tcp://127.0.0.1:50000', 'tcp://127.0.0.1:4000'];

/** A connection that opens and ends, as its two taps see it. */
function taps(): Trace {
  const { trace, actor, state } = building();
  actor('server', 'server');
  actor('bar', 'client', 'Bar');
  state(100, 'bar', 'tcp-1', 'dialling', { remote: S });
  state(200, 'server', 'tcp-2', 'accepted', { local: S, remote: C });
  state(250, 'bar', 'tcp-1', 'open', { local: C, remote: S });
  state(400, 'bar', 'tcp-1', 'ended');
  state(450, 'server', 'tcp-2', 'peer-ended');
  state(460, 'server', 'tcp-2', 'ended');
  state(480, 'bar', 'tcp-1', 'peer-ended');
  state(490, 'bar', 'tcp-1', 'closed', { closedBy: 'local' });
  state(495, 'server', 'tcp-2', 'closed', { closedBy: 'remote' });
  return trace;
}

const packet = (us: number, direction: 'sent' | 'received', flags: readonly TcpFlag[], seq = 0, ack = 0): KernelEvent => ({
  ...{ kind: 'kernel', at: us * 1000, basis: 'observed', by: 'bar', connection: 'tcp-1', direction, local: C, remote: S },
  ...{ flags, seq, ack, window: 512, bytes: new Uint8Array(0), masks: [] },
});
const handshake = [packet(110, 'sent', ['SYN']), packet(111, 'received', ['SYN', 'ACK'], 0, 1), packet(112, 'sent', ['ACK'], 1, 1)];
const parting = [
  packet(410, 'sent', ['FIN', 'ACK'], 1, 1),
  packet(465, 'received', ['FIN', 'ACK'], 1, 2),
  packet(466, 'sent', ['ACK'], 2, 2),
];

const told = (more: readonly TraceEvent[], of = taps()): readonly Step[] => tell({ ...of, events: [...of.events, ...more] }).steps;
const signals = (steps: readonly Step[]) =>
  steps.flatMap((step) => (step.kind === 'arrow' ? `${step.basis} ${step.lane} ${step.label}` : []));

test('a SYN that is sent again says so behind its options', () => {
  const syn: KernelEvent = { ...packet(110, 'sent', ['SYN']), again: true, options: ['mss 65495', 'SACK permitted'] };
  const step = told([syn]).find(({ kind, lane }) => kind === 'arrow' && lane === 'kernel');
  assert.is(step?.words, 'seq 0 ack 0 win 512 mss 65495, SACK permitted again');
});

test('without a capture the kernels’ signals are concluded', () => {
  assert.equal(
    signals(told([])),
    ['SYN', 'SYN-ACK', 'ACK', 'FIN', 'FIN'].map((label) => `inferred segments ${label}`),
  );
});

for (const packets of [true, false]) {
  test(`the kernel knows of a connection before accept() is back${packets ? '' : ', and of no packet'}: it is one connection`, () => {
    const sample: SocketEvent = {
      kind: 'socket',
      at: 150_000,
      basis: 'observed',
      by: 'server',
      connection: 'tcp-2',
      local: S,
      remote: C,
      state: 'ESTABLISHED',
    };
    const trace = taps();
    const story = tell({
      ...trace,
      events: [...trace.events, sample, ...(packets ? [...handshake, ...parting] : [])].sort((a, b) => a.at - b.at),
    });
    assert.is(story.connections.length, 1);
    assert.is(signals(story.steps).length, packets ? 6 : 5);
    assert.equal(
      signals(story.steps).filter((signal) => signal.startsWith(packets ? 'inferred' : 'observed')),
      [],
    );
  });
}

test('what a capture saw takes their place, never both', () => {
  const all = ['SYN', 'SYN-ACK', 'ACK', 'FIN-ACK', 'FIN-ACK', 'ACK'];
  const steps = told([...handshake, ...parting]);
  assert.equal(
    signals(steps),
    all.map((label) => `observed kernel ${label}`),
  );
  assert.equal(steps.flatMap((step) => (step.kind === 'arrow' ? [step.phase] : [])).slice(0, 4), [
    'handshake 1/3',
    'handshake 2/3',
    'handshake 3/3',
    'closing',
  ]);
});

test('a capture that died in the middle: the rest is concluded', () => {
  assert.equal(signals(told(handshake)), [
    'observed kernel SYN',
    'observed kernel SYN-ACK',
    'observed kernel ACK',
    'inferred segments FIN',
    'inferred segments FIN',
  ]);
  assert.equal(signals(told(handshake.slice(0, 1))).slice(0, 3), [
    'observed kernel SYN',
    'inferred segments SYN-ACK',
    'inferred segments ACK',
  ]);
});

test('only the server watches: the packets come before accept(), and are of the same connection', () => {
  const whole = taps();
  const ofServer = whole.events.filter((event) => !('by' in event) || event.by !== 'bar');
  const seen = [...handshake, ...parting].map(
    (event): KernelEvent => ({
      ...event,
      by: 'server',
      connection: 'tcp-2',
      local: S,
      remote: C,
      direction: event.direction === 'sent' ? 'received' : 'sent',
    }),
  );
  const { connections, steps } = tell({
    ...whole,
    events: [...ofServer.filter((event) => event.kind !== 'actor' || event.id !== 'bar'), ...seen],
  });
  assert.equal(
    connections.map(({ clientAddress, serverAddress }) => [clientAddress, serverAddress]),
    [[C, S]],
  );
  assert.is(signals(steps).filter((signal) => signal.startsWith('inferred')).length, 0);
  assert.equal(signals(steps)[0], 'observed kernel SYN');
});

test('a server has two listeners: the first packet at the second one is the same server’s, before accept() is back', () => {
  const [T, D] = ['tcp://127.0.0.1:50002', 'text+tcp://127.0.0.1:4001'];
  const { trace, actor, state } = building();
  actor('hal', 'client', 'Hal');
  state(600, 'hal', 'tcp-3', 'dialling', { remote: D });
  state(650, 'server', 'tcp-4', 'accepted', { local: D, remote: T });
  state(660, 'hal', 'tcp-3', 'open', { local: T, remote: D });
  const at = { by: 'hal', connection: 'tcp-3', local: T, remote: 'tcp://127.0.0.1:4001' };
  const [syn, synAck, ack] = [
    packet(610, 'sent', ['SYN']),
    packet(611, 'received', ['SYN', 'ACK'], 0, 1),
    packet(612, 'sent', ['ACK'], 1, 1),
  ];
  const both = [...taps().events, ...trace.events, ...handshake, ...[syn, synAck, ack].map((each) => ({ ...each, ...at }))];
  const { actors, steps, connections } = tell({ ...trace, events: both });
  assert.equal(
    actors.map(({ name, role, basis }) => `${name} ${role} ${basis}`),
    ['server server observed', 'Bar client observed', 'Hal client observed'],
  );
  const second = connections.find(({ client }) => client === 'hal')?.id;
  assert.equal(
    steps.flatMap((step) => (step.kind === 'arrow' && step.connection === second ? [`${step.label} ${step.from} ${step.to}`] : [])),
    ['SYN hal server', 'SYN-ACK server hal', 'ACK hal server'],
  );
});

const call = (us: number, by: string, connection: string | undefined, name: string): TraceEvent => ({
  ...{ kind: 'call', at: us * 1000, basis: 'observed', by, name, args: ['18', '127.0.0.1:4000'], result: '-1', error: 'EINPROGRESS' },
  ...{ took: 1000, verdict: 'in progress', because: 'the handshake goes on in the kernel; the call is back' },
  ...(connection !== undefined && { connection }),
});

test('calls are marks at their actor; accept4() finds its connection though it is back before it is told of', () => {
  const steps = told([
    call(105, 'bar', 'tcp-1', 'connect'),
    call(150, 'server', 'tcp-2', 'accept4'),
    call(50, 'server', undefined, 'listen'),
  ]);
  const calls = steps.flatMap((step) => (step.kind === 'mark' && step.lane === 'calls' ? [[step.label, step.actor, step.connection]] : []));
  assert.equal(calls, [
    ['listen', 'server', ''],
    ['connect', 'bar', 'c1'],
    ['accept4', 'server', 'c1'],
  ]);
  const [connect] = steps.filter((step) => step.kind === 'mark' && step.label === 'connect');
  assert.match(connect?.words ?? '', /^\(18, 127\.0\.0\.1:4000\) = EINPROGRESS · in progress: the handshake goes on in the kernel/);
  assert.match(connect?.kind === 'mark' ? connect.why : '', /^The program asks for a connection/);
});

test('lanes can be chosen one by one', () => {
  const of = taps();
  const story = tell({ ...of, events: [...of.events, ...handshake, call(105, 'bar', 'tcp-1', 'connect')] });
  assert.equal(
    filterStory(story, { lanes: ['kernel'] }).steps.map(({ lane }) => lane),
    ['kernel', 'kernel', 'kernel'],
  );
  assert.equal(filterStory(story, { types: ['connect'] }).steps.length, 1);
});

test.run();
