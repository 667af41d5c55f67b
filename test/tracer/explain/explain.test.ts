/*
 * Every step has a reason, said in sentences.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CLIENT_STATES } from '../../../lib/session/client-states.js';
import { SERVER_STATES } from '../../../lib/session/server-states.js';
import { FRAMES } from '../../../lib/wire/frames.js';
import { whyFrame } from '../../../tracer/explain/frames.js';
import { whyPacket } from '../../../tracer/explain/packets.js';
import { whySession } from '../../../tracer/explain/sessions.js';
import { whyState } from '../../../tracer/explain/states.js';
import { whyChunk, whySignal } from '../../../tracer/explain/streams.js';
import { readPacket } from '../../../tracer/join/packet-head.js';
import type { SessionEvent, StateEvent } from '../../../tracer/trace/trace.js';
import { type Frame, FRAMES as PACKET_FRAMES, type Packet } from '../../../transports/udp/wire/packets.js';
import * as t from '../join/traces.js';

const schemes = ['tcp', 'unix', 'udp', 'memory', 'other'] as const;

function isReason(text: string): void {
  assert.match(text, /^([A-Z]|[a-z]+\(\) ).{20,}\.$/);
  assert.not.match(text, /undefined|null|NaN|object|not know\./);
}

test('every frame of the chat, in both directions', () => {
  for (const type of [...Object.keys(FRAMES), 'LINE']) {
    for (const way of ['up', 'down'] as const) {
      isReason(whyFrame({ type, fields: { code: 'exit', question: 'menu', token: '', resumed: 'no' } }, way));
      isReason(whyFrame({ type, fields: { code: 'timeout', question: 'password', token: '•••', resumed: 'gap', lastSequence: 3 } }, way));
    }
  }
});

test('a frame of a later version, or one of a name that objects have', () => {
  for (const type of ['WHISPER', 'constructor', '__proto__'])
    assert.is(whyFrame({ type, fields: {} }, 'up'), 'A frame that this version does not know.');
});

test('every packet, first and again', () => {
  const frames: Frame[] = [
    t.data(0, new Uint8Array(3)),
    t.ack(1, [[1, 1]]),
    { type: 'FIN', segment: 1 },
    { type: 'PING' },
    { type: 'PADDING', zeros: new Uint8Array(5) },
    { type: 'CLOSE', code: 'done', text: '' },
    { type: 'PATH_CHALLENGE', token: 7 },
    { type: 'PATH_RESPONSE', token: 7 },
  ];
  assert.equal(frames.map(({ type }) => type).toSorted(), Object.keys(PACKET_FRAMES).toSorted());
  const packets = [t.syn(), t.cookie(), t.connect(1, frames), t.rst(1), t.rst(1, 1), ...frames.map((frame) => t.open(1, 1, [frame]))];
  const reasons = new Set<string>();
  for (const bytes of packets) {
    for (const again of [false, true]) {
      for (const cause of [undefined, 'timeout', 'probe', 'fast', 'bundled'] as const) {
        const why = whyPacket(readPacket(bytes) as Packet, { again, cause, firstStep: cause && 7, opens: false });
        isReason(why);
        reasons.add(why);
      }
    }
  }
  assert.ok(reasons.size >= 15, `${reasons.size} different reasons`);
});

test('a SYN’s padding is explained', () => {
  const why = whyPacket(readPacket(t.syn()) as Packet, { again: false, cause: undefined, firstStep: undefined, opens: false });
  assert.is(
    why,
    'The client asks for a cookie; padded to 1,200 bytes, so that nobody can use the server to amplify traffic at a third party.',
  );
});

test('every state, signal and way of reading, over every transport', () => {
  const states: StateEvent['state'][] = ['dialling', 'open', 'accepted', 'paused', 'resumed', 'drained', 'ended', 'peer-ended', 'closed'];
  for (const scheme of schemes) {
    for (const state of states) {
      const event: StateEvent = { kind: 'state', at: 0, basis: 'observed', by: 'a', connection: 'b', state };
      isReason(whyState(event, scheme));
      isReason(whyState({ ...event, error: 'It broke.', closedBy: 'remote' }, scheme));
    }
    for (const signal of ['SYN', 'SYN-ACK', 'ACK', 'FIN', 'END', 'RST'] as const) {
      for (const refused of [false, true]) isReason(whySignal(signal, { scheme, refused, proxied: refused }));
    }
    for (const direction of ['sent', 'received'] as const) {
      for (const [reads, shared] of [
        [1, false],
        [1, true],
        [3, false],
      ] as const)
        isReason(whyChunk({ scheme, direction, reads, shared }));
    }
  }
});

test('every state of the sessions means what its table says', () => {
  const event = (to: string): SessionEvent => ({
    kind: 'session',
    at: 0,
    basis: 'observed',
    by: 'a',
    connection: 'b',
    from: 'x',
    event: 'y',
    to,
  });
  for (const [name, { doc }] of Object.entries(SERVER_STATES)) assert.is(whySession(event(name), 'server'), doc);
  for (const [name, { doc }] of Object.entries(CLIENT_STATES)) assert.is(whySession(event(name), 'client'), doc);
  assert.is(whySession(event('toString'), 'server'), 'A state that this version does not know.');
});

test.run();
