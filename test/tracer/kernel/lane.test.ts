/*
 * The kernel lane: whose packets, their numbers from 0 over masked bytes, what was there before, and what cannot be told.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeFrame } from '../../../lib/wire/encode.js';
import { knownEnds } from '../../../tracer/below/known-ends.js';
import { kernelLane } from '../../../tracer/kernel/index.js';
import type { TraceEvent } from '../../../tracer/trace/trace.js';
import { captured, type Made, tcpPacket, udpPacket } from './made-packets.js';

const [C, S] = [50_000, 4000];
const address = (port: number) => `tcp://127.0.0.1:${port}`;
const state = (by: string, connection: string, name: 'dialling' | 'open' | 'accepted', local: number, remote: number): TraceEvent => ({
  ...{ kind: 'state', at: 0, basis: 'observed', by, connection, state: name },
  ...{ local: address(local), remote: address(remote) },
});
const taps = [state('bar', 'tcp-1', 'open', C, S), state('server', 'tcp-2', 'accepted', S, C)];
const up = (made: Omit<Made, 'from' | 'to'>) => tcpPacket({ from: C, to: S, ...made });
const down = (made: Omit<Made, 'from' | 'to'>) => tcpPacket({ from: S, to: C, ...made });

const PROMPT = encodeFrame({ type: 'PROMPT', id: 1, question: 'password', text: 'Enter password:', options: [] });
const ANSWER = (value: string) => encodeFrame({ type: 'ANSWER', id: 1, question: 'password', value });

function lane(packets: readonly Uint8Array[], { showSecrets = false, events = taps, at = (i: number) => [0, i] } = {}) {
  const timed = packets.map((bytes, i) => captured(bytes, ...(at(i) as [number, number])));
  return kernelLane({ packets: timed, ends: knownEnds(events), startedAtMs: 0, showSecrets });
}

/** From the handshake to the end, with a password of a given length. Initial numbers just below the wrap. */
function run(password: string): readonly Uint8Array[] {
  const answer = ANSWER(password);
  const [a, b] = [0xfffffffe, 0xfffffff0];
  const [endA, endB] = [a + 1 + answer.length, b + 1 + PROMPT.length];
  const scale = [3, 3, 7, 0];
  return [
    up({ flags: ['SYN'], seq: a, window: 1000, options: scale }),
    down({ flags: ['SYN', 'ACK'], seq: b, ack: a + 1, options: scale }),
    up({ flags: ['ACK'], seq: a + 1, ack: b + 1 }),
    down({ flags: ['PSH', 'ACK'], seq: b + 1, ack: a + 1, payload: PROMPT }),
    up({ flags: ['PSH', 'ACK'], seq: a + 1, ack: endB, payload: answer }),
    up({ flags: ['PSH', 'ACK'], seq: a + 1, ack: endB, payload: answer }),
    down({ flags: ['FIN', 'ACK'], seq: endB, ack: endA }),
    up({ flags: ['FIN', 'ACK'], seq: endA, ack: endB + 1 }),
    down({ flags: ['ACK'], seq: endB + 1, ack: endA + 1 }),
  ];
}

test('numbers count from 0, windows are scaled, and what was there before says so', () => {
  const { events, strangers } = lane(run('secret'), { showSecrets: true });
  const [A, P] = [ANSWER('secret').length, PROMPT.length];
  assert.equal(
    events.map(({ direction, flags = [], seq, ack, window, again = false }) => [direction, flags.join(), seq, ack, window, again]),
    [
      ['sent', 'SYN', 0, undefined, 1000, false],
      ['received', 'SYN,ACK', 0, 1, 512, false],
      ['sent', 'ACK', 1, 1, 65_536, false],
      ['received', 'PSH,ACK', 1, 1, 65_536, false],
      ['sent', 'PSH,ACK', 1, 1 + P, 65_536, false],
      ['sent', 'PSH,ACK', 1, 1 + P, 65_536, true],
      ['received', 'FIN,ACK', 1 + P, 1 + A, 65_536, false],
      ['sent', 'FIN,ACK', 1 + A, 2 + P, 65_536, false],
      ['received', 'ACK', 2 + P, 2 + A, 65_536, false],
    ],
  );
  assert.is(strangers, 0);
  assert.equal(events[4]?.names, ['ANSWER']);
});

test('a password cannot be told from anything, not even how long it is', () => {
  const [short, long] = [lane(run('x')), lane(run('a much longer password'))];
  assert.equal(short.events, long.events);
  assert.not.match(JSON.stringify(long.events), /much longer/);
  assert.is(short.events[4]?.masks.length, 1);
});

test('other people’s packets get no further', () => {
  const secret = new TextEncoder().encode('somebody else’s secret');
  const others = [
    tcpPacket({ from: 7000, to: S, flags: ['SYN'], seq: 1 }),
    udpPacket(7000, C, secret),
    tcpPacket({ from: C, to: 8000, flags: ['PSH'], seq: 1, payload: secret }),
  ];
  const { events, strangers } = lane([...others, ...run('pw')]);
  assert.equal(events, lane([...run('pw')], { at: (i) => [0, i + 3] }).events);
  assert.is(strangers, 3);
});

test('a capture that began too late, or misses a packet, shows nothing that could be a secret', () => {
  const late = lane(run('secret').slice(4)).events;
  assert.equal(
    late.map(({ seq, bytes }) => [seq, bytes.length]),
    late.map(() => [undefined, 0]),
  );
  const gap = lane(run('secret').filter((_, i) => i !== 3)).events;
  assert.is(
    gap.some(({ direction, bytes }) => direction === 'received' && bytes.length > 0),
    false,
  );
});

test('the same addresses again are another connection', () => {
  const again = [state('bar', 'tcp-3', 'open', C, S), state('server', 'tcp-4', 'accepted', S, C)];
  const { events } = lane([...run('one'), ...run('two')], { events: [...taps, ...again] });
  assert.equal([...new Set(events.map(({ connection }) => connection))], ['tcp-1', 'tcp-3']);
  assert.equal(events[9]?.again, undefined);
});

test('a dial that is refused is known by where it went, and inferred', () => {
  const dial: TraceEvent = {
    kind: 'state',
    at: 0,
    basis: 'observed',
    by: 'bar',
    connection: 'tcp-9',
    state: 'dialling',
    remote: address(S),
  };
  const packets = [up({ flags: ['SYN'], seq: 5 }), down({ flags: ['RST', 'ACK'], seq: 0, ack: 6 })];
  const { events } = lane(packets, { events: [dial] });
  assert.equal(
    events.map(({ connection, basis, direction }) => [connection, basis, direction]),
    [
      ['tcp-9', 'inferred', 'sent'],
      ['tcp-9', 'inferred', 'received'],
    ],
  );
});

test('a clock that is set back does not take the lane along', () => {
  const { events, setBackMs } = lane(run('pw'), { at: (i) => (i < 3 ? [100, i] : [40, i]) });
  const times = events.map(({ at }) => at);
  assert.equal(
    [...times].sort((a, b) => a - b),
    times,
  );
  assert.ok(Math.abs(setBackMs - 60_000) < 1, `${setBackMs}`);
  assert.ok((times.at(-1) ?? 0) < 100.1e9);
});

test('a UDP packet has the names of its frames, and nothing of its content', () => {
  const ends = [{ ...state('bar', 'udp-1', 'open', C, S), local: `udp://127.0.0.1:${C}`, remote: `udp://127.0.0.1:${S}` } as TraceEvent];
  const { events } = lane([udpPacket(C, S, Uint8Array.of(1, 2, 3))], { events: ends });
  assert.equal(
    events.map(({ connection, direction, bytes, flags }) => [connection, direction, bytes.length, flags]),
    [['udp-1', 'sent', 0, undefined]],
  );
});

test.run();
