/*
 * Steps of stream transports: the kernels' handshake and goodbye by inference, writes and how they were read, frames.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { tell } from '../../../tracer/join/index.js';
import type { ArrowStep } from '../../../tracer/join/story.js';
import type { Trace } from '../../../tracer/trace/trace.js';
import { building, bytesOf, prompt, say, type TraceBuilder } from './traces.js';

const AT = 'tcp://127.0.0.1:4000';
const CLIENT = 'tcp://127.0.0.1:5001';

const arrows = (trace: Trace): ArrowStep[] => tell(trace).steps.filter((step): step is ArrowStep => step.kind === 'arrow');

function connected(): TraceBuilder {
  const b = building();
  b.actor('client-1', 'client');
  b.actor('server-1', 'server');
  b.state(10, 'client-1', 'c', 'dialling', { remote: AT });
  b.state(20, 'client-1', 'c', 'open', { local: CLIENT, remote: AT });
  b.state(30, 'server-1', 's', 'accepted', { local: AT, remote: CLIENT });
  return b;
}

test('TCP’s handshake is told as inferred, between dialling and open', () => {
  const steps = tell(connected().trace).steps;
  assert.equal(
    steps.map((step) => (step.kind === 'arrow' ? `${step.label} ${step.phase} ${step.basis}` : step.kind === 'mark' && step.label)),
    ['dialling', 'SYN handshake 1/3 inferred', 'SYN-ACK handshake 2/3 inferred', 'ACK handshake 3/3 inferred', 'open', 'accepted'],
  );
  assert.ok(steps.every((step) => step.kind !== 'arrow' || step.outcome === 'arrived'));
});

test('only the server observes: the handshake was there all the same', () => {
  const b = building();
  b.state(30, 'server-1', 's', 'accepted', { local: AT, remote: CLIENT });
  assert.equal(
    arrows(b.trace).map(({ label }) => label),
    ['SYN', 'SYN-ACK', 'ACK'],
  );
});

test('a refused dial: SYN, and RST in answer', () => {
  const b = building();
  b.state(10, 'client-1', 'c', 'dialling', { remote: AT });
  b.state(20, 'client-1', 'c', 'closed', { closedBy: 'remote', error: `Nobody listens at ${AT}: start the server first.` });
  assert.equal(
    arrows(b.trace).map(({ label, outcome, phase }) => [label, outcome, phase]),
    [
      ['SYN', 'arrived', 'handshake 1/3'],
      ['RST', 'arrived', 'handshake refused'],
    ],
  );
});

test('a dial that nobody answered: SYN was not seen; one that failed here: no SYN', () => {
  for (const [closedBy, labels] of [
    ['remote', [['SYN', 'unseen']]],
    ['local', []],
  ] as const) {
    const b = building();
    b.state(10, 'client-1', 'c', 'dialling', { remote: AT });
    b.state(20, 'client-1', 'c', 'closed', { closedBy, error: `${AT} did not answer in time.` });
    assert.equal(
      arrows(b.trace).map(({ label, outcome }) => [label, outcome]),
      labels,
    );
  }
});

test('FIN goes out with ended and arrives with peer-ended; both are closing', () => {
  const b = connected();
  b.state(40, 'client-1', 'c', 'ended');
  b.state(45, 'server-1', 's', 'peer-ended');
  b.state(50, 'server-1', 's', 'ended');
  b.state(55, 'client-1', 'c', 'peer-ended');
  assert.equal(
    arrows(b.trace)
      .filter(({ label }) => label === 'FIN')
      .map(({ from, sentAt, receivedAt, phase, basis }) => [from, sentAt, receivedAt, phase, basis]),
    [
      ['client-1', 40_000, 45_000, 'closing', 'inferred'],
      ['server-1', 50_000, 55_000, 'closing', 'inferred'],
    ],
  );
});

test('an abort is RST, seen at both ends', () => {
  const b = connected();
  b.state(40, 'client-1', 'c', 'closed', { closedBy: 'local', error: 'The connection was dropped here.' });
  b.state(44, 'server-1', 's', 'closed', { closedBy: 'remote', error: `${CLIENT} dropped the connection.` });
  const rst = arrows(b.trace).filter(({ label }) => label === 'RST');
  assert.equal(
    rst.map(({ from, sentAt, receivedAt }) => [from, sentAt, receivedAt]),
    [['client-1', 40_000, 44_000]],
  );
});

test('a peer whose machine is gone sends no RST', () => {
  const b = connected();
  b.state(44, 'server-1', 's', 'closed', { closedBy: 'remote', error: `${CLIENT} no longer answers: its machine is gone.` });
  assert.not.ok(arrows(b.trace).some(({ label }) => label === 'RST'));
});

test('one write is one arrow, with the time of the read that brought its last byte', () => {
  const b = connected();
  const bytes = bytesOf(say(1, 'one'), say(2, 'two'));
  b.chunk(40, 'client-1', 'c', 'sent', bytes);
  b.chunk(50, 'server-1', 's', 'received', bytes.subarray(0, 5));
  b.chunk(60, 'server-1', 's', 'received', bytes.subarray(5));
  const [data] = arrows(b.trace).filter(({ label }) => label === 'DATA');
  assert.equal([data?.sentAt, data?.receivedAt], [40_000, 60_000]);
  assert.is(data?.words, `${bytes.length} bytes in one write (SAY, SAY), read in 2 pieces`);
});

test('several writes in one read are several arrows that arrive together', () => {
  const b = connected();
  const [one, two] = [bytesOf(say(1, 'one')), bytesOf(say(2, 'two'))];
  b.chunk(40, 'client-1', 'c', 'sent', one);
  b.chunk(41, 'client-1', 'c', 'sent', two);
  b.chunk(50, 'server-1', 's', 'received', new Uint8Array([...one, ...two]));
  const data = arrows(b.trace).filter(({ label }) => label === 'DATA');
  assert.equal(
    data.map(({ receivedAt }) => receivedAt),
    [50_000, 50_000],
  );
  assert.ok(data.every(({ words }) => words.endsWith('read together with others')));
});

test('where nobody saw the writing, there is an arrow for each read', () => {
  const b = building();
  b.state(30, 'server-1', 's', 'accepted', { local: AT, remote: CLIENT });
  const bytes = bytesOf(say(1, 'hello'));
  b.chunk(40, 'server-1', 's', 'received', bytes.subarray(0, 3));
  b.chunk(41, 'server-1', 's', 'received', bytes.subarray(3));
  const data = arrows(b.trace).filter(({ label }) => label === 'DATA');
  assert.equal(
    data.map(({ words, outcome, sentAt }) => [words, outcome, sentAt]),
    [
      ['3 bytes in one read (SAY)', 'arrived', undefined],
      [`${bytes.length - 3} bytes in one read (rest of SAY)`, 'arrived', undefined],
    ],
  );
});

test('frames are paired by their place in the stream; what the other end never read is lost once it has closed', () => {
  const b = connected();
  b.frame(40, 'client-1', 'c', 'sent', say(1, 'a'));
  b.frame(41, 'client-1', 'c', 'sent', say(1, 'a')); // the same once more is another one
  b.frame(50, 'server-1', 's', 'received', say(1, 'a'));
  b.state(60, 'server-1', 's', 'closed', { closedBy: 'local', error: 'It was dropped here.' });
  const frames = arrows(b.trace).filter(({ lane }) => lane === 'frames');
  assert.equal(
    frames.map(({ outcome, receivedAt }) => [outcome, receivedAt]),
    [
      ['arrived', 50_000],
      ['lost', undefined],
    ],
  );
});

test('no delay is negative, whatever two clocks say', () => {
  const b = connected();
  b.frame(39, 'server-1', 's', 'received', say(1, 'a'));
  b.frame(40, 'client-1', 'c', 'sent', say(1, 'a'));
  const [frame] = arrows(b.trace).filter(({ lane }) => lane === 'frames');
  assert.equal([frame?.at, frame?.sentAt, frame?.receivedAt, frame?.outcome], [39_000, 39_000, 39_000, 'arrived']);
});

test('a frame that is not what it is said to be is shown field by field', () => {
  const b = connected();
  b.frame(40, 'client-1', 'c', 'sent', prompt(1, 'menu', 'x'));
  const events = b.trace.events.map((event) => (event.kind === 'frame' ? { ...event, type: 'PRESENCE', fields: { changes: 7 } } : event));
  const [frame] = arrows({ ...b.trace, events }).filter(({ lane }) => lane === 'frames');
  assert.is(frame?.words, 'changes 7');
});

test.run();
