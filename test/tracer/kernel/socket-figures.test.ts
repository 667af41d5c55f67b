/* What ss prints is read, and told whenever it has changed, of the sockets of the run alone. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { knownEnds } from '../../../tracer/below/known-ends.js';
import { socketFigures, socketLane } from '../../../tracer/kernel/index.js';
import type { TraceEvent } from '../../../tracer/trace/trace.js';

const listens = 'LISTEN     0      511     127.0.0.1:4000     0.0.0.0:*      cubic cwnd:10';
const bar =
  'ESTAB      0      0       127.0.0.1:5000   127.0.0.1:4000   cubic wscale:10,10 rto:204 rtt:0.035/0.012 mss:32768 cwnd:10 bytes_sent:15';
const slower = bar.replace('rtt:0.035', 'rtt:0.9');
const more = bar.replace('cwnd:10', 'cwnd:12');
const over = 'TIME-WAIT  0      0       127.0.0.1:5000   127.0.0.1:4000';
const stranger = bar.replace('5000', '6000');
const ends = knownEnds([
  {
    kind: 'state',
    at: 0,
    basis: 'observed',
    by: 'bar',
    connection: 'tcp-1',
    state: 'open',
    local: 'tcp://127.0.0.1:5000',
    remote: 'tcp://127.0.0.1:4000',
  } satisfies TraceEvent,
]);

test('a socket by its state and its figures; those that listen are left out', () => {
  assert.equal(socketFigures(`${listens}\n${bar}\n${over}\nsomething else`), [
    { local: 'tcp://127.0.0.1:5000', remote: 'tcp://127.0.0.1:4000', state: 'ESTABLISHED', cwnd: 10, rttMs: 0.035, rtoMs: 204 },
    { local: 'tcp://127.0.0.1:5000', remote: 'tcp://127.0.0.1:4000', state: 'TIME-WAIT' },
  ]);
});

test('told when a state, the window or the timeout has changed; not of strangers', () => {
  const texts = [bar, stranger, slower, more, over, over];
  const samples = texts.map((text, i) => ({ askedAtMs: 1000 + 10 * i, answeredAtMs: 1003 + 10 * i, text }));
  const events = socketLane({ samples, ends, startedAtMs: 1000, turnsNs: [] });
  assert.equal(
    events.map(({ at, state, cwnd }) => [at / 1e6, state, cwnd]),
    [
      [4, 'ESTABLISHED', 10],
      [34, 'ESTABLISHED', 12],
      [44, 'TIME-WAIT', undefined],
    ],
  );
});

test('what was answered while a packet changed the state is left out', () => {
  const samples = [bar, over, over].map((text, i) => ({ askedAtMs: 1000 + 10 * i, answeredAtMs: 1003 + 10 * i, text }));
  const events = socketLane({ samples, ends, startedAtMs: 1000, turnsNs: [12e6] });
  assert.equal(
    events.map(({ at, state }) => [at / 1e6, state]),
    [
      [4, 'ESTABLISHED'],
      [24, 'TIME-WAIT'],
    ],
  );
});

test.run();
