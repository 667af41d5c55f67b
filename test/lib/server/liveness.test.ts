/*
 * The limits of time: HELLO, the dialogue, silence; each to the millisecond.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeFrame } from '../../../lib/wire/encode.js';
import { answer, hello, leave, pong, say } from './client-frames.js';
import { Rig } from './rig.js';

const test = suite('server machine: limits of time');

test('HELLO within 10 s, or BYE', () => {
  const rig = new Rig();
  const link = rig.connect();
  rig.pass(9_999);
  assert.is(link.bye, undefined);
  rig.pass(1);
  assert.is(link.bye, 'timeout');
  assert.ok(link.ended);
});

test('half a HELLO, a byte a second, does not stretch it', () => {
  const rig = new Rig();
  const link = rig.connect();
  const bytes = encodeFrame(hello());
  for (let i = 0; i < 9; i++) {
    rig.receive(link, bytes.subarray(i, i + 1));
    rig.pass(1_000);
  }
  rig.pass(1_000);
  assert.is(link.bye, 'timeout');
});

test('a text client need not say HELLO', () => {
  const rig = new Rig();
  const link = rig.connect({ codec: 'text' });
  rig.pass(299_999);
  assert.not(link.ended);
  rig.pass(1);
  assert.ok(link.text.endsWith('You took too long. Goodbye.\n'));
});

test('the whole dialogue within 5 min, whatever drips in', () => {
  const rig = new Rig();
  const link = rig.connect();
  rig.send(link, hello(), answer(1, 'menu', '1'));
  for (let second = 0; second < 299; second++) {
    rig.pass(1_000);
    rig.send(link, pong);
    rig.flush();
  }
  rig.pass(999);
  assert.is(link.bye, undefined);
  rig.pass(1);
  assert.is(link.bye, 'timeout');
});

test('LEAVE from question to question does not stretch it; leaving a group begins it anew', () => {
  const rig = new Rig();
  const link = rig.connect();
  rig.send(link, hello());
  for (let at = 1; at < 300; at++) {
    rig.send(link, leave);
    rig.pass(1_000);
  }
  assert.is(link.bye, undefined);
  rig.pass(1_000);
  assert.is(link.bye, 'timeout');

  const [ann] = rig.group('Ann');
  for (let at = 0; at < 20; at++) {
    rig.pass(20_000);
    rig.send(ann, pong);
  }
  rig.send(ann, leave);
  rig.pass(299_999);
  assert.is(ann.bye, undefined);
  rig.pass(1);
  assert.is(ann.bye, 'timeout');
});

test('the time is up while a password is checked: the answer changes nothing', () => {
  const rig = new Rig({ limits: { dialogueTimeoutMs: 1_000 } });
  const [ann] = rig.group('Ann');
  rig.hasher = 'held';
  const bob = rig.askToJoin('Bob', ann.group, 'secret');
  bob.lingers = true;
  rig.pass(1_000);
  assert.is(bob.bye, 'timeout');
  rig.answerPasswords();
  rig.flush();
  assert.equal(ann.newTypes(), []);
});

test('30 s of silence: PING; 75 s: the connection is dropped and the seat kept', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  rig.pass(29_999);
  assert.equal(bob.newTypes(), []);
  rig.pass(1);
  assert.equal(bob.newTypes(), ['PING']);
  for (let at = 30; at < 74; at++) {
    rig.send(ann, pong);
    rig.pass(1_000);
  }
  rig.pass(999);
  assert.is(bob.aborted, undefined);
  rig.pass(1);
  assert.is(bob.aborted, 'timeout');
  assert.equal(bob.newTypes(), []);
  assert.equal(ann.comings, ['Bob joined', 'Bob lost']);
  assert.is(rig.eventsOf('closed').find(({ session }) => session === bob.id)?.reason, 'timeout');
});

test('whatever comes is a sign of life, half a frame too', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  const bytes = encodeFrame(say(1, 'a long message'));
  for (let at = 0; at < bytes.length; at++) {
    rig.pass(29_000);
    rig.receive(ann, bytes.subarray(at, at + 1));
  }
  assert.equal(ann.newTypes(), []);
  rig.flush();
  assert.equal(ann.newTypes(), ['ACCEPTED']);
  rig.pass(30_000);
  assert.equal(ann.newTypes(), ['PING']);
  rig.send(ann, pong);
  rig.pass(29_999);
  assert.equal(ann.newTypes(), []);
  rig.pass(1);
  assert.equal(ann.newTypes(), ['PING']);
});

test('a PING is answered', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  rig.send(ann, { type: 'PING', token: 77 });
  rig.flush();
  assert.equal(ann.news(), [{ type: 'PONG', token: 77 }]);
});

test('a text member may be silent for ever', () => {
  const rig = new Rig();
  const tess = rig.createAs('Tess', 'secret', { codec: 'text' });
  const before = tess.text;
  rig.pass(24 * 3_600_000);
  assert.equal([tess.text, tess.aborted, tess.ended], [before, undefined, false]);
});

test('after BYE a connection may take 1 s to end, then it is dropped', () => {
  const rig = new Rig();
  const link = rig.connect();
  link.lingers = true;
  rig.send(link, hello(), answer(1, 'menu', '3'));
  rig.flush();
  assert.ok(link.ended);
  rig.pass(999);
  assert.is(link.aborted, undefined);
  rig.pass(1);
  assert.is(link.aborted, 'timeout');
});

test('what comes after BYE is not looked at', () => {
  const rig = new Rig();
  const link = rig.connect();
  link.lingers = true;
  rig.send(link, hello(), answer(1, 'menu', '3'));
  rig.receive(link, new Uint8Array(100_000).fill(255));
  rig.end(link);
  rig.flush();
  assert.is(link.all('BYE').length, 1);
  assert.is(link.peer.decoder.bufferedBytes, 0);
});

test.run();
