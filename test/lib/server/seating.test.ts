/*
 * Coming back: a member whose connection broke says HELLO with its token and has missed nothing, or is told that
 * it has; nothing is doubled, whenever the old connection was or was not noticed dead.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { answer, hello, say, sayAll } from './client-frames.js';
import { Rig } from './rig.js';
import type { RigLink } from './rig-link.js';

const test = suite('server machine: coming back');

function comeBack(rig: Rig, link: RigLink, lastSequence: number): RigLink {
  const back = rig.connect();
  rig.send(back, hello(link.token, lastSequence));
  rig.flush();
  return back;
}

test('what was missed is told, in order, and goes on', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  rig.send(ann, ...sayAll(1, 2));
  rig.flush();
  rig.vanish(bob);
  rig.send(ann, ...sayAll(3, 5));
  rig.flush();
  const back = comeBack(rig, bob, 1);
  rig.send(ann, say(6));
  rig.flush();
  const { resumed, nextSequence, members, token } = back.last('JOINED');
  assert.equal([resumed, nextSequence, members], ['whole', 6, 2]);
  assert.equal(token, bob.token);
  assert.equal(back.newTypes(), ['PROMPT', 'JOINED', ...Array(5).fill('MESSAGE')]);
  assert.equal(
    back.all('MESSAGE').map(({ sequence }) => sequence),
    [2, 3, 4, 5, 6],
  );
  assert.equal(ann.comings, ['Bob joined', 'Bob lost', 'Bob back']);
  assert.equal(
    rig.eventsOf('resumed').map(({ session, gap }) => [session, gap]),
    [[back.id, false]],
  );
});

test('what it said itself is not told to it', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  rig.send(bob, say(1));
  rig.send(ann, say(1));
  rig.vanish(bob);
  const back = comeBack(rig, bob, 0);
  assert.equal(back.heard, ['message 1']);
  assert.is(back.last('MESSAGE').sender, 'Ann');
  assert.is(back.last('JOINED').resumed, 'whole');
});

test('more than the history keeps: a gap, and what is left', () => {
  const rig = new Rig({ limits: { messagesPerSecond: Number.POSITIVE_INFINITY } });
  const [ann, bob] = rig.group('Ann', 'Bob');
  rig.vanish(bob);
  rig.send(ann, ...sayAll(1, 600));
  rig.flush();
  const back = comeBack(rig, bob, 0);
  assert.is(back.last('JOINED').resumed, 'gap');
  assert.equal(
    back.all('MESSAGE').map(({ sequence }) => sequence),
    Array.from({ length: 512 }, (_, i) => 89 + i),
  );
  assert.is(rig.eventsOf('resumed')[0]?.gap, true);
});

test('SAYs that were sent again are told once; those that never came are told now', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  rig.send(bob, ...sayAll(1, 3)); // accepted, but the acceptance never arrives
  rig.vanish(bob);
  rig.flush();
  const back = comeBack(rig, bob, 0);
  rig.send(back, ...sayAll(2, 5));
  rig.flush();
  assert.equal(
    ann.heard,
    [1, 2, 3, 4, 5].map((i) => `message ${i}`),
  );
  assert.equal(
    back.all('ACCEPTED').map(({ id, sequence }) => [id, sequence]),
    [2, 3, 4, 5].map((i) => [i, i]),
  );
});

test('after 60 s the session is unknown, and the dialogue goes on', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  rig.vanish(bob);
  rig.pass(60_000);
  const back = comeBack(rig, bob, 0);
  assert.equal(back.newTypes(), ['PROMPT', 'REJECTED', 'PROMPT']);
  assert.equal([back.last('REJECTED').code, back.last('REJECTED').question], ['unknown-session', 'none']);
  const { id } = back.last('PROMPT');
  rig.send(back, answer(id, 'menu', '1'), answer(id + 1, 'name', 'Bob'), answer(id + 2, 'group', ann.group));
  rig.send(back, answer(id + 3, 'password', 'secret'));
  rig.flush();
  assert.is(back.last('JOINED').resumed, 'no');
});

test('one millisecond before, it is not', () => {
  const rig = new Rig();
  const [, bob] = rig.group('Ann', 'Bob');
  rig.vanish(bob);
  rig.pass(59_999);
  const back = comeBack(rig, bob, 0);
  assert.is(back.last('JOINED').resumed, 'whole');
  rig.pass(25_000);
  assert.equal(rig.eventsOf('left'), []);
});

test('lost a second time, it has the whole 60 s again', () => {
  const rig = new Rig();
  const [, bob] = rig.group('Ann', 'Bob');
  rig.vanish(bob);
  rig.pass(50_000);
  const back = comeBack(rig, bob, 0);
  rig.vanish(back);
  rig.pass(59_999);
  assert.is(comeBack(rig, bob, 0).last('JOINED').resumed, 'whole');
});

test('a token that was never given is unknown', () => {
  const rig = new Rig();
  rig.group('Ann');
  const link = rig.connect();
  rig.send(link, hello(new Uint8Array(16).fill(7), 0));
  rig.flush();
  assert.is(link.last('REJECTED').code, 'unknown-session');
});

test('a half-dead connection is taken over: nothing lost, nothing doubled, no "lost" told', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  bob.lingers = true;
  rig.send(ann, say(1));
  const back = comeBack(rig, bob, 0);
  assert.is(bob.bye, 'taken-over');
  assert.ok(bob.ended);
  assert.equal(back.heard, ['message 1']);
  rig.send(ann, say(2));
  rig.send(bob, say(1, 'too late'));
  rig.flush();
  assert.equal(back.heard, ['message 1', 'message 2']);
  assert.equal(ann.heard, []);
  assert.equal(ann.comings, ['Bob joined', 'Bob back']);
  rig.pass(1_000);
  assert.is(bob.aborted, 'timeout');
  rig.pass(20_000);
  assert.equal([rig.eventsOf('lost'), rig.eventsOf('left')], [[], []]);
});

test('two who come back with one token: the later one sits', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  rig.vanish(bob);
  const [first, second] = [rig.connect(), rig.connect()];
  rig.send(first, hello(bob.token, 0));
  rig.send(second, hello(bob.token, 0));
  rig.send(ann, say(1));
  rig.flush();
  assert.is(first.bye, 'taken-over');
  assert.equal([first.heard, second.heard], [[], ['message 1']]);
});

test('a last sequence number from the future harms nobody', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  rig.vanish(bob);
  const back = comeBack(rig, bob, 0xffffffff);
  rig.send(ann, say(1));
  rig.flush();
  assert.equal(back.heard, ['message 1']);
});

test('it comes back in the very turn in which it is lost and spoken to', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  rig.send(ann, say(1));
  rig.vanish(bob);
  rig.send(ann, say(2));
  const back = rig.connect();
  rig.send(back, hello(bob.token, 0), say(1, 'still here'));
  rig.send(ann, say(3));
  rig.flush();
  assert.equal(back.newTypes(), ['PROMPT', 'JOINED', 'MESSAGE', 'MESSAGE', 'ACCEPTED', 'MESSAGE']);
  assert.equal(ann.heard, ['still here']);
});

test.run();
