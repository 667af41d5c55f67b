/*
 * The machine with a log that takes its time: nothing is accepted before the log has it, LEAVE and BYE wait for
 * what was said before them, and whoever comes back is told everything once.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { answer, bye, hello, leave, say, sayAll } from './client-frames.js';
import { Rig } from './rig.js';
import { SlowLog } from './slow-log.js';

const test = suite('server machine: a slow log');

function slowRig(limits = {}): { rig: Rig; log: SlowLog; release: (count?: number) => void } {
  const rig = new Rig({ limits, log: (inner) => new SlowLog(inner) });
  const log = rig.log as SlowLog;
  const release = (count?: number) => {
    log.release(count);
    rig.drain();
    rig.flush();
  };
  return { rig, log, release };
}

test('ACCEPTED comes when the log has the message, and not before', () => {
  const { rig, log, release } = slowRig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  log.holds = true;
  rig.send(ann, say(1));
  rig.flush();
  assert.equal([ann.newTypes(), bob.newTypes()], [[], []]);
  release();
  assert.equal([ann.newTypes(), bob.newTypes()], [['ACCEPTED'], ['MESSAGE']]);
});

for (const frame of [leave, bye]) {
  test(`${frame.type} after SAY waits for the log`, () => {
    const { rig, log, release } = slowRig();
    const [ann, bob] = rig.group('Ann', 'Bob');
    log.holds = true;
    rig.send(bob, ...sayAll(1, 2), frame, say(3));
    rig.flush();
    assert.ok(bob.paused);
    release(1);
    assert.equal([ann.newTypes(), bob.newTypes()], [['MESSAGE'], ['ACCEPTED']]);
    release();
    assert.equal(ann.newTypes(), ['MESSAGE', 'PRESENCE']);
    assert.equal(bob.newTypes(), ['ACCEPTED', ...(frame === leave ? ['PROMPT', 'REJECTED'] : ['BYE'])]);
    assert.not(bob.paused);
    assert.is(log.waiting, 0);
  });
}

test('a text client’s end waits for the log, too', () => {
  const { rig, log, release } = slowRig();
  const [ann] = rig.group('Ann');
  const tess = rig.joinAs('Tess', ann.group, 'secret', { codec: 'text' });
  ann.news();
  log.holds = true;
  rig.type(tess, 'one', 'two');
  rig.end(tess);
  rig.flush();
  assert.equal([ann.newTypes(), tess.ended], [[], false]);
  release();
  assert.equal(ann.newTypes(), ['MESSAGE', 'MESSAGE', 'PRESENCE']);
  assert.ok(tess.ended);
});

test('who said BYE and broke off before the log answered has left, and is not lost', () => {
  const { rig, log, release } = slowRig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  log.holds = true;
  rig.send(bob, say(1), bye);
  rig.vanish(bob);
  rig.flush();
  release();
  assert.equal(ann.heard, ['message 1']);
  assert.equal(ann.comings, ['Bob joined', 'Bob left']);
});

test('with 64 messages on their way to the log a member is not read further; order is kept', () => {
  const { rig, log, release } = slowRig({ messagesPerSecond: Number.POSITIVE_INFINITY });
  const [ann, bob] = rig.group('Ann', 'Bob');
  log.holds = true;
  rig.send(bob, ...sayAll(1, 200));
  rig.flush();
  assert.is(log.waiting, 64);
  assert.ok(bob.paused);
  release(10);
  assert.is(log.waiting, 64);
  while (log.waiting > 0) release();
  assert.not(bob.paused);
  assert.equal(
    ann.heard,
    Array.from({ length: 200 }, (_, i) => `message ${i + 1}`),
  );
  assert.is(bob.all('ACCEPTED').length, 200);
});

test('a member that is not read because of the log is not taken for dead', () => {
  const { rig, log, release } = slowRig();
  const [bob] = rig.group('Bob');
  log.holds = true;
  rig.send(bob, ...sayAll(1, 20), leave);
  rig.pass(200_000);
  assert.is(bob.aborted, undefined);
  release();
  assert.equal(bob.newTypes(), [...Array(20).fill('ACCEPTED'), 'PROMPT']);
});

test('a group whose creator went away while the log made it is retired', () => {
  const { rig, log, release } = slowRig();
  log.holds = true;
  const [gone, late] = [rig.createAs('Ann', 'secret'), rig.createAs('Bob', 'secret')];
  rig.vanish(gone);
  release(1);
  assert.is(log.size, 0);
  release();
  assert.is(log.size, 1);
  assert.is(late.last('JOINED').members, 1);
});

test('and so is one whose creator was parted with for lack of time', () => {
  const { rig, log, release } = slowRig({ dialogueTimeoutMs: 1_000 });
  log.holds = true;
  const ann = rig.createAs('Ann', 'secret');
  rig.pass(1_000);
  assert.is(ann.bye, 'timeout');
  release();
  assert.is(log.size, 0);
});

test('an answer about a password that comes after the client has gone is harmless', () => {
  const { rig, log, release } = slowRig();
  const [ann] = rig.group('Ann');
  log.holds = true;
  const bob = rig.askToJoin('Bob', ann.group, 'secret');
  rig.vanish(bob);
  release();
  assert.equal(ann.comings, []);
});

test('coming back reads until it has caught up', () => {
  const { rig, log, release } = slowRig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  rig.vanish(bob);
  rig.send(ann, ...sayAll(1, 2));
  log.holds = true;
  const back = rig.connect();
  rig.send(back, hello(bob.token, 0));
  log.holds = false;
  rig.send(ann, ...sayAll(3, 4)); // told while the first page is on its way
  rig.flush();
  assert.equal(back.newTypes(), ['PROMPT']);
  release();
  rig.send(ann, say(5));
  rig.flush();
  assert.equal(back.newTypes(), ['JOINED', ...Array(5).fill('MESSAGE')]);
  assert.equal(
    back.all('MESSAGE').map(({ sequence }) => sequence),
    [1, 2, 3, 4, 5],
  );
  assert.is(back.last('JOINED').nextSequence, 5);
});

test('coming back reads on although there was nothing to read at first', () => {
  const { rig, log, release } = slowRig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  log.holds = true;
  const back = rig.connect();
  rig.send(back, hello(bob.token, 0));
  log.holds = false;
  rig.send(ann, say(1));
  release();
  assert.equal(back.heard, ['message 1']);
});

test('what the log has, but has not told yet, is told once to one who comes back', () => {
  const { rig, log, release } = slowRig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  rig.vanish(bob);
  rig.send(ann, say(1));
  log.tellsLate = true;
  rig.send(ann, say(2));
  const back = rig.connect();
  rig.send(back, hello(bob.token, 0));
  release();
  assert.equal(back.heard, ['message 1', 'message 2']);
});

test('coming back while the seat is given up: unknown-session, not silence', () => {
  const { rig, log, release } = slowRig();
  const [, bob] = rig.group('Ann', 'Bob');
  rig.send(bob, say(1));
  rig.vanish(bob);
  rig.pass(59_000);
  log.holds = true;
  const back = rig.connect();
  rig.send(back, hello(bob.token, 0));
  rig.pass(1_000);
  assert.is(rig.eventsOf('left').length, 1);
  release();
  assert.equal(back.newTypes(), ['PROMPT', 'REJECTED', 'PROMPT']);
  assert.is(back.last('REJECTED').code, 'unknown-session');
});

test('a doubled SAY whose first is still on its way is accepted once, by the new connection', () => {
  const { rig, log, release } = slowRig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  log.holds = true;
  rig.send(bob, say(1));
  rig.vanish(bob);
  const back = rig.connect();
  rig.send(back, hello(bob.token, 0), say(1), say(2));
  log.release(1); // the first append
  release();
  while (log.waiting > 0) release();
  assert.equal(ann.heard, ['message 1', 'message 2']);
  assert.equal(
    back.all('ACCEPTED').map(({ id }) => id),
    [1, 2],
  );
});

test('LEAVE sent ahead of everything still leaves after a join that the log delays', () => {
  const { rig, log, release } = slowRig();
  const [ann] = rig.group('Ann');
  log.holds = true;
  const bob = rig.askToJoin('Bob', ann.group, 'secret');
  rig.send(bob, say(1), leave, answer(5, 'menu', '3'));
  while (log.waiting > 0) release();
  assert.equal(ann.heard, ['message 1']);
  assert.is(bob.bye, 'exit');
});

/** A log that does not keep what is said while it is told not to. */
function forgetfulRig() {
  const fault = { now: undefined as 'gone' | 'throws' | undefined };
  const rig = new Rig({
    log: (inner) => ({
      ...{
        get size() {
          return inner.size;
        },
      },
      create: (record, reply) => inner.create(record, reply),
      find: (group, reply) => inner.find(group, reply),
      read: (group, after, reply) => inner.read(group, after, reply),
      follow: (group, onEntry) => inner.follow(group, onEntry),
      retire: (group) => inner.retire(group),
      append: (group, entry, reply) => {
        if (fault.now === 'throws') throw new Error('the disk is full');
        if (fault.now === 'gone') reply(undefined);
        else inner.append(group, entry, reply);
      },
    }),
  });
  return { rig, fault };
}

test('what the log does not keep is rejected, in words and with the message’s ID; what comes after it is not harmed', () => {
  const { rig, fault } = forgetfulRig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  fault.now = 'gone';
  rig.send(bob, say(7), leave);
  rig.flush();
  const { code, question, id, text } = bob.last('REJECTED');
  assert.equal([code, question, id], ['bad-message', 'none', 7]);
  assert.match(text, 'was not taken');
  assert.equal(
    [bob.newTypes(), ann.comings],
    [
      ['REJECTED', 'PROMPT'],
      ['Bob joined', 'Bob left'],
    ],
  );
  assert.equal(
    rig.eventsOf('rejected').map(({ session }) => session),
    [bob.id],
  );
});

test('and so it is when it is sent again, over a new connection: that it was rejected may never have arrived', () => {
  const { rig, log, release } = slowRig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  log.holds = true;
  rig.send(bob, say(1));
  rig.vanish(bob);
  rig.log.retire(ann.group);
  release();
  log.holds = false;
  const back = rig.connect();
  rig.send(back, hello(bob.token, 0), say(1));
  rig.flush();
  assert.equal(back.newTypes(), ['PROMPT', 'JOINED', 'REJECTED']);
  assert.is(back.last('REJECTED').id, 1);
});

test('a log that throws is heard of, the speaker is told, and nothing waits for its answer', () => {
  const { rig, fault } = forgetfulRig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  fault.now = 'throws';
  assert.throws(() => rig.send(bob, say(1)), /the disk is full/);
  rig.flush();
  assert.equal(
    bob.all('REJECTED').map(({ id }) => id),
    [1],
  );
  fault.now = undefined;
  rig.send(bob, say(2), leave);
  rig.flush();
  assert.equal([ann.heard, ann.comings], [['message 2'], ['Bob joined', 'Bob left']]);
});

test.run();
