/*
 * What a member may say: 20 messages a second, 60 at once. Beyond that it is not read for a while; nothing is
 * dropped, the order is kept, nobody takes it for dead, and it is read again on time.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ServerLimits } from '../../../lib/server/limits.js';
import { answer, hello, leave, pong, say, sayAll } from './client-frames.js';
import { Rig } from './rig.js';

const test = suite('server machine: the allowance');
/** Nobody is taken for dead, so that a test need not answer pings. */
const patient = { pingAfterMs: Number.POSITIVE_INFINITY, deadAfterMs: Number.POSITIVE_INFINITY };
const texts = (from: number, to: number) => sayAll(from, to).map(({ text }) => text);

/** Two members whose allowance is full. */
function pair(limits: Partial<ServerLimits> = {}) {
  const rig = new Rig({ limits });
  const [ann, bob] = rig.group('Ann', 'Bob');
  rig.pass(20_000);
  return { rig, ann, bob };
}

test('60 at once are told at once; then decoding stops and the connection pauses', () => {
  const { rig, ann, bob } = pair();
  rig.send(bob, ...sayAll(1, 59));
  assert.not(bob.paused);
  rig.send(bob, ...sayAll(60, 100));
  rig.flush();
  assert.ok(bob.paused);
  assert.equal(ann.heard, texts(1, 60));
});

test('then 20 a second, in order, none dropped, and it is read again when all is taken', () => {
  const { rig, ann, bob } = pair();
  rig.send(bob, ...sayAll(1, 100));
  rig.flush();
  for (let told = 60; told < 100; told++) {
    rig.pass(49);
    assert.is(ann.heard.length, told);
    rig.pass(1);
    assert.is(ann.heard.length, told + 1);
  }
  assert.equal(ann.heard, texts(1, 100));
  assert.ok(bob.paused);
  rig.pass(50);
  assert.not(bob.paused);
});

for (const [what, bytes] of [
  ['an empty line', 10],
  ['a kibibyte of telnet’s commands', Array.from({ length: 1024 }, (_, i) => (i % 2 === 0 ? 255 : 241))],
] as const) {
  test(`${what} at the plain-text door costs what a message costs`, () => {
    const { rig, ann } = pair();
    const tess = rig.joinAs('Tess', ann.group, 'secret', { codec: 'text' });
    rig.pass(10_000);
    ann.news();
    const said = [bytes].flat();
    rig.receive(tess, Uint8Array.from(Array.from({ length: 60 }, () => said).flat()));
    assert.ok(tess.paused);
    rig.receive(tess, Uint8Array.from([...said, ...new TextEncoder().encode('at last\nand more\n')]));
    rig.pass(149);
    assert.equal(ann.heard, ['at last']);
    rig.pass(1);
    assert.equal(ann.heard, ['at last', 'and more']);
    rig.pass(50);
    assert.not(tess.paused);
  });
}

test('the average over a minute is 20 a second', () => {
  const { rig, ann, bob } = pair(patient);
  rig.send(bob, ...sayAll(1, 3_000));
  rig.pass(60_000);
  assert.is(ann.heard.length, 60 + 20 * 60);
  rig.pass(60_000);
  assert.is(ann.heard.length, 60 + 20 * 120);
});

test('a paused member is neither pinged nor taken for dead', () => {
  const { rig, ann, bob } = pair({ messagesPerSecond: 0.01, messageBurst: 10, dialogueTimeoutMs: 10_000 });
  const spoken = ann.heard.length;
  rig.send(bob, ...sayAll(1, 20));
  assert.ok(bob.paused);
  for (let minutes = 0; minutes < 20; minutes++) {
    rig.send(ann, pong);
    rig.pass(60_000);
  }
  assert.is(bob.aborted, undefined);
  assert.equal(bob.all('PING'), []);
  assert.ok(ann.heard.length > spoken + 10);
});

test('once it is read again, it is pinged after 30 s and gone after 75 s', () => {
  const { rig, bob } = pair();
  rig.send(bob, ...sayAll(1, 60));
  assert.ok(bob.paused);
  rig.pass(50);
  assert.not(bob.paused);
  rig.pass(29_999);
  assert.is(bob.all('PING').length, 0);
  rig.pass(1);
  assert.is(bob.all('PING').length, 1);
  rig.pass(44_999);
  assert.is(bob.aborted, undefined);
  rig.pass(1);
  assert.is(bob.aborted, 'timeout');
});

test('a text member has the same allowance', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  const tess = rig.joinAs('Tess', ann.group, 'secret', { codec: 'text' });
  rig.pass(10_000);
  rig.type(tess, ...texts(1, 65));
  rig.flush();
  assert.equal([ann.heard.length, tess.paused], [60, true]);
  rig.end(tess);
  rig.pass(1_000);
  assert.equal(ann.heard, texts(1, 65));
  assert.ok(tess.ended);
});

test('whatever is said counts, so the dialogue cannot be flooded either', () => {
  const rig = new Rig();
  const link = rig.connect();
  const back = Array.from({ length: 100 }, () => leave);
  rig.send(link, hello(), ...back);
  rig.flush();
  assert.is(link.all('PROMPT').length, 60);
  assert.ok(link.paused);
});

test('LEAVE behind a flood is done in its place', () => {
  const { rig, ann, bob } = pair();
  rig.send(bob, ...sayAll(1, 70), leave, answer(5, 'menu', '3'));
  rig.pass(10_000);
  assert.is(ann.heard.length, 70);
  assert.is(bob.bye, 'exit');
});

test('one who is lost while paused loses what was not read; it sends that again', () => {
  const { rig, ann, bob } = pair();
  rig.send(bob, ...sayAll(1, 70));
  rig.vanish(bob);
  const back = rig.connect();
  rig.send(back, hello(bob.token, 0), ...sayAll(61, 70));
  rig.pass(1_000);
  assert.equal(ann.heard, texts(1, 70));
});

test('any rate wakes on time: the machine never spins on a rounding error', () => {
  for (const messagesPerSecond of [0.3, 7, 30, 60, 300, 3_000]) {
    const { rig, ann, bob } = pair({ ...patient, messagesPerSecond, messageBurst: 5 });
    rig.pass(17_000 / messagesPerSecond);
    rig.send(bob, ...sayAll(1, 20));
    rig.pass(15_000 / messagesPerSecond + 0.001);
    assert.is(ann.heard.length, 20, `${messagesPerSecond}/s`);
  }
});

test('no limit is no limit', () => {
  const { rig, ann, bob } = pair({ messagesPerSecond: Number.POSITIVE_INFINITY });
  rig.send(bob, ...sayAll(1, 5_000), say(5_001));
  rig.flush();
  assert.is(ann.heard.length, 5_001);
  assert.not(bob.paused);
});

test('coming back brings no new allowance: a seat has one, whatever connection it speaks over', () => {
  const { rig, ann, bob } = pair();
  rig.send(bob, ...sayAll(1, 60));
  for (let i = 1; i <= 20; i++) {
    const back = rig.connect();
    rig.send(back, hello(bob.token, 60), ...sayAll(61, 100));
    rig.flush();
    assert.equal([back.last('JOINED').resumed, back.paused], ['whole', true]);
  }
  assert.is(ann.heard.length, 60);
  rig.pass(1_000);
  assert.is(ann.heard.length, 80);
});

test('coming back costs a token of the seat’s', () => {
  const { rig, ann, bob } = pair();
  rig.send(bob, ...sayAll(1, 10));
  rig.vanish(bob);
  const back = rig.connect();
  rig.send(back, hello(bob.token, 10), ...sayAll(11, 100));
  rig.flush();
  assert.equal([ann.heard.length, back.paused], [59, true]);
  rig.pass(10_000);
  assert.equal(ann.heard, texts(1, 100));
});

test('the allowance fills while nobody sits there, and is no less for who takes over from its own connection', () => {
  const { rig, ann, bob } = pair();
  rig.send(bob, ...sayAll(1, 60));
  rig.vanish(bob);
  rig.pass(2_000);
  const back = rig.connect();
  rig.send(back, hello(bob.token, 60), ...sayAll(61, 100));
  rig.flush();
  assert.is(ann.heard.length, 60 + 39);
});

test('who leaves and joins anew over one connection has what is left of its allowance, also after it came back', () => {
  const { rig, ann, bob } = pair();
  const joinAgain = (from: number) => {
    const [menu, name, group, password] = [from, from + 1, from + 2, from + 3];
    return [
      answer(menu, 'menu', '1'),
      answer(name, 'name', 'Bob'),
      answer(group, 'group', ann.group),
      answer(password, 'password', 'secret'),
    ];
  };
  rig.send(bob, ...sayAll(1, 50), leave, ...joinAgain(5), ...sayAll(1, 100));
  rig.flush();
  assert.equal([ann.heard.length, bob.paused], [50 + 5, true]);
  const back = rig.connect();
  rig.send(back, hello(bob.token, 55), leave, ...joinAgain(2), ...sayAll(1, 100));
  rig.flush();
  assert.is(ann.heard.length, 50 + 5);
});

for (const [name, limits] of [
  ['a great one', { messageBurst: 20_000 }],
  ['none', { messagesPerSecond: Number.POSITIVE_INFINITY }],
] as const) {
  test(`with ${name} as the limit, all that came behind a password is taken, and goes no deeper for it`, () => {
    const rig = new Rig({ limits });
    const [ann] = rig.group('Ann');
    rig.hasher = 'held';
    const bob = rig.askToJoin('Bob', ann.group, 'secret');
    const tess = rig.askToJoin('Tess', ann.group, 'secret', { codec: 'text' });
    rig.send(bob, ...sayAll(1, 4_000));
    rig.type(tess, ...texts(1, 4_000));
    rig.end(tess);
    while (rig.held.length > 0) rig.answerPasswords();
    rig.flush();
    assert.is(ann.heard.length, 8_000);
    assert.equal([bob.paused, bob.all('ACCEPTED').length], [false, 4_000]);
    assert.ok(tess.ended);
  });
}

test.run();
