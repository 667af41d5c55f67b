/*
 * How members go: a text client by its end, a framed one by LEAVE or BYE, or it is lost and its seat is kept for
 * a while; and what becomes of a group when nobody is left.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeFrame } from '../../../lib/wire/encode.js';
import { bye, hello, say } from './client-frames.js';
import { Rig } from './rig.js';

const test = suite('server machine: how members go');

test('a text client’s end: what arrived is done, the half line too, then it leaves', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  const tess = rig.joinAs('Tess', ann.group, 'secret', { codec: 'text' });
  rig.receive(tess, new TextEncoder().encode('one\ntwo'));
  rig.end(tess);
  rig.flush();
  assert.equal(ann.heard, ['one', 'two']);
  assert.equal(ann.comings, ['Tess joined', 'Tess left']);
  assert.ok(tess.text.endsWith('Goodbye.\n'));
  assert.ok(tess.ended);
  assert.equal(rig.eventsOf('closed').at(-1)?.reason, 'exit');
});

test('a whole script by pipe: every answer, a message, the end', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  rig.hasher = 'held';
  const tess = rig.askToJoin('Tess', ann.group, 'secret', { codec: 'text' });
  rig.type(tess, 'piped');
  rig.end(tess);
  rig.flush();
  assert.not(tess.ended);
  rig.answerPasswords();
  rig.flush();
  assert.equal(ann.heard, ['piped']);
  assert.equal(ann.comings, ['Tess joined', 'Tess left']);
  assert.ok(tess.ended);
});

test('a framed client’s end without BYE: what arrived is done, half a frame is nothing, then it is lost', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  rig.send(bob, say(1, 'one'));
  rig.receive(bob, encodeFrame(say(2, 'two')).subarray(0, 7));
  rig.end(bob);
  rig.flush();
  assert.equal(ann.heard, ['one']);
  assert.equal(ann.comings, ['Bob joined', 'Bob lost']);
  assert.ok(bob.ended);
  rig.pass(59_999);
  assert.equal(rig.eventsOf('left'), []);
  rig.pass(1);
  assert.equal(ann.comings, ['Bob joined', 'Bob lost', 'Bob left']);
  assert.equal(
    rig.eventsOf('left').map(({ name, session }) => [name, session]),
    [['Bob', bob.id]],
  );
});

test('BYE and then the end is a leave, not a loss', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  rig.send(bob, bye);
  rig.end(bob);
  rig.flush();
  assert.equal(ann.comings, ['Bob joined', 'Bob left']);
  assert.equal(rig.eventsOf('lost'), []);
});

test('the end before a group is just an end', () => {
  const rig = new Rig();
  for (const codec of ['frames', 'text'] as const) {
    const link = rig.connect({ codec });
    rig.end(link);
    rig.flush();
    assert.ok(link.ended);
  }
});

test('a text client that breaks off leaves at once', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  const tess = rig.joinAs('Tess', ann.group, 'secret', { codec: 'text' });
  rig.vanish(tess);
  rig.flush();
  assert.equal(ann.comings, ['Tess joined', 'Tess left']);
});

test('a lost member’s name stays taken until it has left', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  rig.send(bob, say(1));
  rig.vanish(bob);
  const other = rig.joinAs('Bob', ann.group, 'secret');
  assert.is(other.last('REJECTED').code, 'name-taken');
  rig.pass(60_000);
  assert.is(rig.joinAs('Bob', ann.group, 'secret').last('JOINED').members, 2);
});

test('an empty group is kept for an hour, then it is gone', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  rig.send(ann, bye);
  rig.flush();
  rig.pass(3_599_999);
  assert.is(rig.log.size, 1);
  rig.pass(1);
  assert.is(rig.log.size, 0);
  assert.is(rig.machine.groups.size, 0);
  assert.is(rig.joinAs('Bob', ann.group, 'secret').last('REJECTED').code, 'wrong-credentials');
});

test('not if somebody came back meanwhile; the hour then begins anew', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  rig.send(ann, bye);
  rig.flush();
  rig.pass(3_500_000);
  const bob = rig.joinAs('Bob', ann.group, 'secret', { codec: 'text' });
  rig.pass(200_000);
  assert.is(rig.log.size, 1);
  rig.vanish(bob);
  rig.flush();
  rig.pass(3_599_999);
  assert.is(rig.log.size, 1);
  rig.pass(1);
  assert.is(rig.log.size, 0);
});

test('a seat that is kept keeps its group, and the hour begins when it is given up', () => {
  const rig = new Rig({ limits: { emptyGroupKeptMs: 1_000 } });
  const [ann] = rig.group('Ann');
  rig.vanish(ann);
  rig.pass(60_999);
  assert.is(rig.log.size, 1);
  rig.pass(1);
  assert.is(rig.log.size, 0);
  const late = rig.connect();
  rig.send(late, hello(ann.token, 0));
  rig.flush();
  assert.is(late.last('REJECTED').code, 'unknown-session');
});

test.run();
