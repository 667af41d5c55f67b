/*
 * What a proxy did, and what the two ends did: a server is not said to accept, or an end to reset, where the proxy did it.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { joiner, type Step, tell } from '../../../tracer/join/index.js';
import { building, type TraceBuilder } from './traces.js';

const AT = 'tcp://127.0.0.1:4100';
const TO = 'tcp://127.0.0.1:4000';
const CLIENT = 'tcp://127.0.0.1:5001';
const REFUSED = `Nobody listens at ${TO}: start the server first, or check the address.`;
const RESET = (by: string) => `${by} dropped the connection.`;

/** A proxy that has accepted, and dials. */
function accepted(dials = true): TraceBuilder {
  const b = building({ source: 'proxy' });
  b.actor('proxy-1', 'proxy');
  b.state(10, 'proxy-1', 'near', 'accepted', { local: AT, remote: CLIENT });
  if (dials) b.state(11, 'proxy-1', 'far', 'dialling', { remote: TO, leg: 'near' });
  return b;
}

/** A proxy that has both legs. */
function carrying(): TraceBuilder {
  const b = accepted();
  b.state(15, 'proxy-1', 'far', 'open', { local: 'tcp://127.0.0.1:6001', remote: TO, leg: 'near' });
  return b;
}

/** What is told: who, what, and how it went. */
const told = (steps: readonly Step[]) =>
  steps.map((step) => {
    if (step.kind === 'note') return step.words;
    if (step.kind === 'mark') return `${step.actor}: ${step.label} ${step.words}`;
    return `${step.from} ${step.label} ${step.outcome}`;
  });

test('a proxy accepts, but who answers SYN is the server, once it is reached', () => {
  const { header, events } = carrying().trace;
  const join = joiner(header);
  const steps = events.map((event) => told(join.push(event)));
  assert.equal(steps, [[], [], [], ['?client-1 SYN arrived', '?server-1 SYN-ACK arrived', '?client-1 ACK arrived']]);
});

test('a target where nobody listens: the proxy is refused, and closes what it had accepted; no server accepts or ends', () => {
  const b = accepted();
  b.state(12, 'proxy-1', 'far', 'closed', { closedBy: 'remote', error: REFUSED });
  b.state(14, 'proxy-1', 'near', 'closed', { closedBy: 'local', error: REFUSED });
  const { steps } = tell(b.trace);
  assert.equal(told(steps), [
    '?client-1 SYN arrived',
    '?server-1 RST arrived',
    `?client-1: closed by the proxy, which had accepted and could not reach the server: ${REFUSED}`,
  ]);
  assert.match((steps[1] as { words: string }).words, /^refused to the proxy/);
  assert.match((steps[2] as { why: string }).why, /accepts a client before it knows/);
});

test('a target that cannot be reached in another way, and a client that was turned away: whether SYN got there is not known', () => {
  const error = 'The host name in tcp://nowhere:1 is not known: check its spelling.';
  const unknown = accepted();
  unknown.state(12, 'proxy-1', 'far', 'closed', { closedBy: 'local', error });
  unknown.state(14, 'proxy-1', 'near', 'closed', { closedBy: 'local', error });
  assert.equal(told(tell(unknown.trace).steps), [
    '?client-1 SYN unseen',
    `?client-1: closed by the proxy, which had accepted and could not reach the server: ${error}`,
  ]);
  const full = accepted(false);
  full.state(12, 'proxy-1', 'near', 'closed', { closedBy: 'local', error: 'Too many.' });
  assert.equal(told(tell(full.trace).steps), ['?client-1 SYN unseen', '?client-1: closed by the proxy: Too many.']);
});

test('a client that goes while the proxy still dials', () => {
  const b = accepted();
  b.state(12, 'proxy-1', 'near', 'closed', { closedBy: 'remote' });
  b.state(13, 'proxy-1', 'far', 'closed', { closedBy: 'local', error: `Dialling ${TO} was given up.` });
  assert.equal(told(tell(b.trace).steps), ['?client-1 SYN unseen', '?client-1: closed ended from this side']);
});

test('a proxy that ends: no end has reset anything', () => {
  const b = carrying();
  const error = 'The proxy has ended.';
  b.state(20, 'proxy-1', 'far', 'closed', { closedBy: 'local', error });
  b.state(21, 'proxy-1', 'near', 'closed', { closedBy: 'local', error });
  assert.equal(told(tell(b.trace).steps).slice(3), [
    `?server-1: closed by the proxy: ${error}`,
    `?client-1: closed by the proxy: ${error}`,
  ]);
});

test('a reset that the proxy passes on is one RST, of the end that did it', () => {
  const b = carrying();
  b.state(20, 'proxy-1', 'near', 'closed', { closedBy: 'remote', error: RESET(CLIENT) });
  b.state(21, 'proxy-1', 'far', 'closed', { closedBy: 'local', error: `Dropped, because the other leg was: ${RESET(CLIENT)}` });
  const steps = tell(b.trace).steps.slice(3);
  assert.equal(
    told(steps).map((words) => words.split(':').slice(0, 2).join(':')),
    ['?client-1 RST arrived', '?client-1: closed ended from this side', '?server-1: closed ended from the other side'],
  );
  assert.match((steps[1] as { why: string }).why, /^This end dropped/);
  assert.match((steps[2] as { why: string }).why, /at the other end/);
});

test('an end that fell silent has reset nothing; the proxy has, at the other end', () => {
  const b = carrying();
  b.state(20, 'proxy-1', 'far', 'closed', { closedBy: 'remote', error: `${TO} no longer answers: its machine is gone.` });
  b.state(21, 'proxy-1', 'near', 'closed', { closedBy: 'local', error: 'Dropped, because the other leg was.' });
  const steps = told(tell(b.trace).steps).slice(3);
  assert.not.ok(steps.some((words) => words.includes('RST')));
  assert.is(steps[1], '?client-1: closed by the proxy: Dropped, because the other leg was.');
});

test('over Unix sockets the end that a proxy makes is not said to be the server’s', () => {
  const b = building({ source: 'proxy' });
  b.actor('proxy-1', 'proxy');
  b.state(10, 'proxy-1', 'near', 'accepted', { local: 'unix:/a', remote: 'unix:/a' });
  b.state(11, 'proxy-1', 'far', 'dialling', { remote: 'unix:/b', leg: 'near' });
  b.state(12, 'proxy-1', 'far', 'closed', { closedBy: 'remote', error: 'Nobody listens at unix:/b.' });
  b.state(13, 'proxy-1', 'near', 'closed', { closedBy: 'local', error: 'Nobody listens at unix:/b.' });
  assert.equal(told(tell(b.trace).steps), [
    '?client-1: closed by the proxy, which had accepted and could not reach the server: Nobody listens at unix:/b.',
  ]);
});

test.run();
