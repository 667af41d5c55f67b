/*
 * Passwords through the machine: answers that come late, a hasher that is busy, and the limits of guessing, which
 * tell nothing about which groups there are and lock nobody out who did not guess.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { answer, hello, say } from './client-frames.js';
import { Rig } from './rig.js';
import type { RigLink } from './rig-link.js';

const test = suite('server machine: passwords');

/** Tries passwords for a group, three a connection, and gives back the codes of the refusals. */
function guess(rig: Rig, group: string, times: number, source: string): string[] {
  const codes: string[] = [];
  for (let left = times; left > 0; left -= 3) {
    const link = rig.connect({ source });
    rig.send(link, hello(), answer(1, 'menu', '1'), answer(2, 'name', 'Eve'));
    for (let i = 0; i < Math.min(3, left); i++)
      rig.send(link, answer(3 + 2 * i, 'group', group), answer(4 + 2 * i, 'password', `guess ${i}`));
    rig.flush();
    codes.push(...link.all('REJECTED').map(({ code }) => code));
    rig.vanish(link);
  }
  return codes;
}

function joins(rig: Rig, group: string, source: string): boolean {
  const link = rig.joinAs(`Member ${rig.links.length}`, group, 'secret', { source });
  return link.all('JOINED').length === 1;
}

test('an answer that comes after the client has gone is harmless, for joining and for creating', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  rig.hasher = 'held';
  const bob = rig.askToJoin('Bob', ann.group, 'secret');
  const cid = rig.connect();
  rig.send(cid, hello(), answer(1, 'menu', '2'), answer(2, 'name', 'Cid'), answer(3, 'password', 'secret'));
  rig.vanish(bob);
  rig.vanish(cid);
  rig.answerPasswords();
  rig.flush();
  assert.equal(ann.newTypes(), []);
  assert.is(rig.log.size, 1);
});

test('while a password is checked, nothing more is taken, and nothing is lost', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  rig.hasher = 'held';
  const bob = rig.askToJoin('Bob', ann.group, 'secret');
  rig.send(bob, say(1));
  rig.flush();
  assert.ok(bob.paused);
  rig.answerPasswords();
  rig.flush();
  assert.not(bob.paused);
  assert.equal(ann.heard, ['message 1']);
});

test('a busy hasher says try-later, which does not count', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  rig.hasher = 'busy';
  const bob = rig.joinAs('Bob', ann.group, 'secret');
  for (let i = 0; i < 20; i++) {
    const { id } = bob.last('PROMPT');
    rig.send(bob, answer(id, 'group', ann.group), answer(id + 1, 'password', 'secret'));
    rig.flush();
    rig.pass(1_000);
  }
  assert.equal(new Set(bob.all('REJECTED').map(({ code }) => code)), new Set(['try-later']));
  assert.is(bob.bye, undefined);
  rig.hasher = 'at once';
  const { id } = bob.last('PROMPT');
  rig.send(bob, answer(id, 'group', ann.group), answer(id + 1, 'password', 'secret'));
  rig.flush();
  assert.is(bob.last('JOINED').group, ann.group);
});

test('a busy hasher leads a creator back to the menu', () => {
  const rig = new Rig();
  rig.hasher = 'busy';
  const ann = rig.createAs('Ann', 'secret');
  assert.equal([ann.last('REJECTED').code, ann.last('PROMPT').question], ['try-later', 'menu']);
  assert.is(rig.log.size, 0);
});

test('the third wrong password is the last', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  const eve = rig.joinAs('Eve', ann.group, 'one');
  for (const word of ['two', 'three']) {
    assert.is(eve.bye, undefined);
    const { id } = eve.last('PROMPT');
    rig.send(eve, answer(id, 'group', ann.group), answer(id + 1, 'password', word));
    rig.flush();
  }
  assert.is(eve.bye, 'too-many-attempts');
});

test('the 11th in a minute is not looked at, the group existing or not, and both are told the same', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  const known = guess(rig, ann.group, 12, '10.6.6.6');
  const unknown = guess(rig, '0815', 12, '10.6.6.6');
  assert.equal(known, [...Array(10).fill('wrong-credentials'), 'try-later', 'try-later']);
  assert.equal(unknown, known);
});

test('the right password is not looked at then, either; after a minute it is', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  guess(rig, ann.group, 10, '10.6.6.6');
  assert.not(joins(rig, ann.group, '10.6.6.6'));
  rig.pass(60_000);
  assert.ok(joins(rig, ann.group, '10.6.6.6'));
});

test('another source may still join that group, and that source another group', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  const [zoe] = rig.group('Zoe');
  guess(rig, ann.group, 10, '10.6.6.6');
  assert.ok(joins(rig, ann.group, '10.0.0.2'));
  assert.ok(joins(rig, zoe.group, '10.6.6.6'));
});

test('300 in all in a minute: then those who guessed wrong wait, and nobody else does', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  for (let i = 0; i < 100; i++) guess(rig, '0815', 3, `10.6.0.${i}`);
  assert.not(joins(rig, ann.group, '10.6.0.7'));
  assert.ok(joins(rig, ann.group, '10.0.0.2'));
  rig.pass(60_000);
  assert.ok(joins(rig, ann.group, '10.6.0.7'));
});

test('wrong ones count although their client went away without waiting', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  for (let i = 0; i < 10; i++) {
    rig.hasher = 'held';
    const eve = rig.askToJoin('Eve', ann.group, `guess ${i}`, { source: '10.6.6.6' });
    rig.vanish(eve);
    rig.answerPasswords();
  }
  rig.hasher = 'at once';
  assert.equal(guess(rig, ann.group, 1, '10.6.6.6'), ['try-later']);
});

test('guessing over many connections at once brings no more than ten either', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  rig.hasher = 'held';
  const guessers = Array.from({ length: 50 }, (_, i) => rig.askToJoin('Eve', ann.group, `guess ${i}`, { source: '10.6.6.6' }));
  let checked = 0;
  while (rig.held.length > 0) {
    checked += rig.held.length;
    rig.answerPasswords();
  }
  rig.flush();
  assert.is(checked, 10);
  const codes = guessers.map((link: RigLink) => link.last('REJECTED').code);
  assert.equal([...codes].sort(), [...Array(40).fill('try-later'), ...Array(10).fill('wrong-credentials')]);
});

test('nor does guessing at many groups at once bring more than 300 in all, and three to each that begins later', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  rig.hasher = 'held';
  const ask = (count: number, source: string) =>
    Array.from({ length: count }, (_, i) => rig.askToJoin('Eve', String(10_000 + i), 'guess', { source }));
  const all = [...ask(900, '10.6.6.6'), ...ask(20, '10.6.6.7'), ...ask(20, '10.6.6.8')];
  while (rig.held.length > 0) rig.answerPasswords();
  const [later, innocent] = [ask(20, '10.6.6.9'), rig.askToJoin('Bob', ann.group, 'secret', { source: '10.0.0.2' })];
  while (rig.held.length > 0) rig.answerPasswords();
  rig.flush();
  const wrong = (links: readonly RigLink[]) => links.filter((link) => link.last('REJECTED').code === 'wrong-credentials').length;
  assert.is(wrong(all), 300);
  assert.is(wrong(later), 3);
  assert.is(innocent.all('JOINED').length, 1);
});

test('however much one source asks for, another’s turn comes as soon as the hasher has room', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  rig.hasher = 'held';
  for (let i = 0; i < 600; i++) rig.askToJoin('Eve', String(10_000 + i), 'guess', { source: '10.6.6.6' });
  assert.is(rig.held.length, rig.limits.passwordsAtOnce);
  const bob = rig.askToJoin('Bob', ann.group, 'secret', { source: '10.0.0.2' });
  let answered = 0;
  while (bob.all('JOINED').length === 0) {
    rig.answerPasswords(1);
    rig.flush();
    answered++;
  }
  assert.is(answered, rig.limits.passwordsAtOnce + 1);
});

test('a class gets every second turn beside one that guesses, whichever of the two came first', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  rig.hasher = 'held';
  const guessers = Array.from({ length: 250 }, (_, i) => rig.askToJoin('Eve', String(10_000 + i), 'guess', { source: '10.6.6.6' }));
  const members = Array.from({ length: 100 }, (_, i) => rig.askToJoin(`Member ${i}`, ann.group, 'secret', { source: '10.0.0.2' }));
  const toldOf = (links: readonly RigLink[], type: 'JOINED' | 'REJECTED') => links.filter((link) => link.all(type).length === 1).length;
  while (toldOf(members, 'JOINED') < 100) {
    rig.answerPasswords(1);
    rig.flush();
  }
  assert.ok(toldOf(guessers, 'REJECTED') <= 102, `${toldOf(guessers, 'REJECTED')} guesses were checked meanwhile`);
});

test('who goes while it waits takes no turn: for joining and for creating', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  rig.hasher = 'held';
  const coming = { source: '10.6.6.6' };
  const joining = Array.from({ length: 50 }, () => rig.askToJoin('Eve', ann.group, 'secret', coming));
  const creating = Array.from({ length: 50 }, () => rig.createAs('Eve', 'secret', coming));
  for (const link of [...joining, ...creating]) rig.vanish(link);
  assert.is(rig.held.length, 2);
  rig.answerPasswords();
  assert.is(rig.held.length, 0);
  assert.is(rig.log.size, 1);
});

test('who is parted with while it waits takes no turn either', () => {
  const rig = new Rig({ limits: { dialogueTimeoutMs: 1_000 } });
  rig.hasher = 'held';
  const creators = Array.from({ length: 10 }, () => rig.createAs('Ann', 'secret'));
  for (const link of creators) link.lingers = true;
  rig.pass(1_000);
  assert.equal(new Set(creators.map(({ bye }) => bye)), new Set(['timeout']));
  assert.is(rig.held.length, 2);
  rig.answerPasswords();
  assert.is(rig.held.length, 0);
});

test('with no room for another group, no password is hashed for one', () => {
  const rig = new Rig({ limits: { maxGroups: 2 } });
  const [ann] = rig.group('Ann');
  rig.hasher = 'held';
  const bob = rig.createAs('Bob', 'secret');
  const cid = rig.createAs('Cid', 'secret');
  assert.equal([rig.held.length, cid.last('REJECTED').code, cid.last('PROMPT').question], [1, 'too-many-groups', 'menu']);
  rig.vanish(bob);
  rig.answerPasswords();
  const dan = rig.createAs('Dan', 'secret');
  rig.answerPasswords();
  rig.flush();
  assert.is(dan.all('CREATED').length, 1, 'the place that Bob left');
  assert.is(rig.createAs('Eve', 'secret').last('REJECTED').code, 'too-many-groups');
  assert.is(rig.held.length, 0);
  const fred = rig.askToJoin('Fred', ann.group, 'secret');
  rig.answerPasswords();
  rig.flush();
  assert.is(fred.all('JOINED').length, 1);
});

test('a group that could not be hashed keeps nobody’s place', () => {
  const rig = new Rig({ limits: { maxGroups: 1 } });
  rig.hasher = 'busy';
  assert.is(rig.createAs('Ann', 'secret').last('REJECTED').code, 'try-later');
  rig.hasher = 'at once';
  assert.is(rig.createAs('Bob', 'secret').all('CREATED').length, 1);
});

test('120 groups a minute for one source, and no hash for the next; another source creates on', () => {
  const rig = new Rig();
  const create = (source: string) => {
    const link = rig.createAs('Ann', 'secret', { source });
    return link.all('CREATED').length === 1 ? 'created' : link.last('REJECTED').code;
  };
  const codes = Array.from({ length: 130 }, () => create('10.6.6.6'));
  assert.equal(codes, [...Array(120).fill('created'), ...Array(10).fill('try-later')]);
  rig.hasher = 'held';
  create('10.6.6.6');
  assert.is(rig.held.length, 0);
  rig.hasher = 'at once';
  assert.is(create('10.0.0.2'), 'created');
  rig.pass(60_000);
  assert.is(create('10.6.6.6'), 'created');
});

test('thousands of refusals in one chunk are told one after another', () => {
  const rig = new Rig({ limits: { maxGroups: 1, messagesPerSecond: Number.POSITIVE_INFINITY } });
  rig.group('Ann');
  const eve = rig.connect();
  const creating = (id: number) => [answer(id, 'menu', '2'), answer(id + 1, 'name', 'Eve'), answer(id + 2, 'password', 'x')];
  rig.send(eve, hello(), ...Array.from({ length: 3_000 }, (_, i) => creating(1 + 3 * i)).flat());
  rig.flush();
  assert.is(eve.all('REJECTED').length, 3_000);
});

test('a class of 100 behind one address joins at once', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  rig.hasher = 'held';
  const members = Array.from({ length: 99 }, (_, i) => rig.askToJoin(`Member ${i}`, ann.group, 'secret'));
  const gone = members.splice(40, 20);
  for (const link of gone) rig.vanish(link);
  while (rig.held.length > 0) rig.answerPasswords();
  rig.flush();
  for (const link of members) assert.is(link.all('JOINED').length, 1);
  assert.is(rig.machine.groups.get(ann.group)?.seats.size, 80);
});

test('a password of 128 characters is taken as it is, one of 129 and an empty one are not', () => {
  const rig = new Rig();
  const [long, tooLong, empty] = ['\u{1f600}'.repeat(128), 'x'.repeat(129), ''];
  assert.is(rig.createAs('Ann', long).all('JOINED').length, 1);
  for (const password of [tooLong, empty]) assert.is(rig.createAs('Ann', password).last('REJECTED').code, 'bad-password');
});

test.run();
