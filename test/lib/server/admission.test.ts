/*
 * How many there may be: connections in all and of one source, groups; and the shutdown, after which there may be
 * none. Whoever is too many is told so.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { answer, hello, say } from './client-frames.js';
import { Rig } from './rig.js';

const test = suite('server machine: how many there may be');

test('1,000 connections of one source, the next gets a polite BYE and is ended; another source is welcome', () => {
  const rig = new Rig();
  const links = Array.from({ length: 1_000 }, () => rig.connect({ source: '10.6.6.6' }));
  const extra = rig.connect({ source: '10.6.6.6' });
  const other = rig.connect({ source: '10.0.0.2' });
  rig.flush();
  assert.equal(extra.news().length, 1);
  assert.equal([extra.bye, extra.ended, extra.last('BYE').retryAfterMs > 0], ['server-full', true, true]);
  assert.equal(other.newTypes(), ['PROMPT']);
  rig.vanish(links[0] ?? extra);
  const next = rig.connect({ source: '10.6.6.6' });
  rig.flush();
  assert.equal(next.newTypes(), ['PROMPT']);
});

test('10,000 in all', () => {
  const rig = new Rig();
  for (let i = 0; i < 10_000; i++) rig.connect({ source: `10.0.${i >> 8}.${i & 255}` });
  const extra = rig.connect({ source: '10.6.6.6' });
  rig.flush();
  assert.is(extra.bye, 'server-full');
  for (const link of rig.links) if (link !== extra) assert.is(link.frames.length, 1);
});

test('one that is refused in text is told in words, and is counted only until it has gone', () => {
  const rig = new Rig({ limits: { maxConnectionsPerSource: 1 } });
  const [first, second] = [rig.connect({ codec: 'text' }), rig.connect({ codec: 'text' })];
  rig.flush();
  assert.is(second.text, 'The server is full; please try again later.\n');
  rig.vanish(first);
  const third = rig.connect({ codec: 'text' });
  rig.flush();
  assert.not(third.ended);
});

test('one that is refused and does not close is dropped after a second', () => {
  const rig = new Rig({ limits: { maxConnectionsPerSource: 0 } });
  const link = rig.connect();
  link.lingers = true;
  rig.receive(link, new Uint8Array(1_000));
  rig.flush();
  rig.pass(1_000);
  assert.is(link.aborted, 'timeout');
});

test('10,000 groups; the next creator is refused, goes on at the menu, and it is no fault', () => {
  const rig = new Rig();
  const record = { scheme: '', salt: new Uint8Array(0), hash: new Uint8Array(0) };
  for (let i = 0; i < 9_999; i++) rig.log.create(record, () => {});
  const last = rig.createAs('Ann', 'secret');
  assert.ok(Number(last.group) >= 10_000); // a quarter of the four-digit ones was taken long ago
  const extra = rig.createAs('Bob', 'secret');
  for (let i = 0; i < 5; i++) {
    assert.equal([extra.last('REJECTED').code, extra.last('PROMPT').question], ['too-many-groups', 'menu']);
    const { id } = extra.last('PROMPT');
    rig.send(extra, answer(id, 'menu', '2'), answer(id + 1, 'name', 'Bob'), answer(id + 2, 'password', 'secret'));
    rig.flush();
  }
  assert.is(extra.bye, undefined);
  rig.log.retire(last.group);
  const { id } = extra.last('PROMPT');
  rig.send(extra, answer(id, 'menu', '2'), answer(id + 1, 'name', 'Bob'), answer(id + 2, 'password', 'secret'));
  rig.flush();
  assert.is(extra.all('JOINED').length, 1);
});

test('shutdown: what was said is told, then BYE with advice, then the end; new ones get BYE', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  const half = rig.connect();
  const tess = rig.joinAs('Tess', ann.group, 'secret', { codec: 'text' });
  for (const link of rig.links) link.news();
  rig.send(ann, say(1, 'last words'));
  rig.shutdown(10_000);
  const late = rig.connect();
  rig.flush();
  assert.equal(bob.newTypes(), ['MESSAGE', 'BYE']);
  assert.equal(ann.newTypes(), ['ACCEPTED', 'BYE']);
  assert.ok(tess.text.endsWith('Ann: last words\nThe server is shutting down. Goodbye.\n'));
  for (const link of [ann, bob, half, late]) assert.equal([link.bye, link.ended], ['shutting-down', true]);
  assert.is(bob.last('BYE').retryAfterMs, 2_000);
  assert.is(rig.machine.groups.get(ann.group)?.seats.size ?? 0, 0);
});

test('who has read everything and does not close is dropped after a second; who still has to read has the whole grace', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  ann.lingers = true;
  bob.lingers = true;
  bob.reads = false;
  rig.shutdown(10_000);
  rig.flush();
  rig.pass(999);
  assert.is(ann.aborted, undefined);
  rig.pass(1);
  assert.equal([ann.aborted, bob.aborted], ['timeout', undefined]);
  rig.pass(8_999);
  assert.is(bob.aborted, undefined);
  rig.pass(1);
  assert.is(bob.aborted, 'timeout');
});

test('no grace: dropped as soon as BYE is out', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  ann.lingers = true;
  rig.shutdown(0);
  rig.flush();
  rig.pass(0);
  assert.equal([ann.bye, ann.aborted], ['shutting-down', 'timeout']);
});

test('shutdown while passwords are checked, a member is paused, and one has half-closed', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  rig.send(bob, ...Array.from({ length: 100 }, (_, i) => say(i + 1)));
  rig.hasher = 'held';
  const cid = rig.askToJoin('Cid', ann.group, 'secret');
  rig.end(ann);
  rig.shutdown(1_000);
  rig.flush();
  rig.answerPasswords();
  rig.pass(100_000);
  assert.equal([bob.bye, cid.bye], ['shutting-down', 'shutting-down']);
  assert.equal(cid.all('JOINED'), []);
  assert.is(rig.machine.groups.size, 1); // it is empty and will be retired
});

test('HELLO with a token after the shutdown is not served', () => {
  const rig = new Rig();
  const [, bob] = rig.group('Ann', 'Bob');
  rig.vanish(bob);
  rig.shutdown(1_000);
  const back = rig.connect();
  rig.send(back, hello(bob.token, 0));
  rig.flush();
  assert.equal(back.newTypes(), ['BYE']);
});

test.run();
