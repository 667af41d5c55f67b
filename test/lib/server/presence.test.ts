/*
 * Comings and goings: gathered over a turn, told to those who were there, in groups that are not too large; and
 * the members in pages.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { answer, hello, leave, say, who } from './client-frames.js';
import { Rig } from './rig.js';

const test = suite('server machine: presence');
const names = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `Member ${from + i}`);

test('several who join in one turn are one PRESENCE; each hears of those after it, not of itself', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  const [bob, cid, dan] = ['Bob', 'Cid', 'Dan'].map((name) => rig.askToJoin(name, ann.group, 'secret'));
  rig.flush();
  assert.equal(ann.newTypes(), ['PRESENCE']);
  assert.equal(
    [ann, bob, cid, dan].map((link) => link?.comings),
    [['Bob joined', 'Cid joined', 'Dan joined'], ['Cid joined', 'Dan joined'], ['Dan joined'], []],
  );
});

test('what was said between two joins stands between them', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  rig.askToJoin('Cid', ann.group, 'secret');
  rig.send(bob, say(1));
  rig.askToJoin('Dan', ann.group, 'secret');
  rig.flush();
  assert.equal(ann.newTypes(), ['PRESENCE', 'MESSAGE', 'PRESENCE']);
  assert.equal(bob.newTypes(), ['PRESENCE', 'ACCEPTED', 'PRESENCE']);
});

test('one who comes and goes in one turn is told as that', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  const bob = rig.askToJoin('Bob', ann.group, 'secret');
  rig.send(bob, leave);
  rig.flush();
  assert.equal(ann.comings, ['Bob joined', 'Bob left']);
  assert.equal(bob.comings, []);
});

test('one who joins, leaves and joins in one turn hears nothing of itself, and the others hear it all', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  const bob = rig.askToJoin('Bob', ann.group, 'secret');
  const again = [answer(5, 'menu', '1'), answer(6, 'name', 'Bob'), answer(7, 'group', ann.group), answer(8, 'password', 'secret')];
  rig.send(bob, leave, ...again);
  rig.askToJoin('Cid', ann.group, 'secret');
  rig.flush();
  assert.equal(ann.comings, ['Bob joined', 'Bob left', 'Bob joined', 'Cid joined']);
  assert.equal(bob.comings, ['Cid joined']);
});

test('who moves to another group in one turn hears of the new one only', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  const [zoe] = rig.group('Zoe');
  const bob = rig.askToJoin('Bob', ann.group, 'secret');
  const move = [answer(5, 'menu', '1'), answer(6, 'name', 'Bob'), answer(7, 'group', zoe.group), answer(8, 'password', 'secret')];
  rig.send(bob, leave, ...move);
  rig.askToJoin('Cid', ann.group, 'secret');
  rig.askToJoin('Dan', zoe.group, 'secret');
  rig.flush();
  assert.equal(bob.comings, ['Dan joined']);
  assert.equal(zoe.comings, ['Bob joined', 'Dan joined']);
});

test('many who come in one turn are told in several frames', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  for (const name of names(1, 150)) rig.askToJoin(name, ann.group, 'secret');
  rig.flush();
  assert.equal(
    ann.all('PRESENCE').map(({ changes }) => changes.length),
    [100, 50],
  );
  assert.equal(
    ann.comings,
    names(1, 150).map((name) => `${name} joined`),
  );
});

test('above 200 members comings and goings are not told', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  const members = names(2, 200).map((name) => rig.joinAs(name, ann.group, 'secret'));
  assert.is(ann.comings.length, 199);
  ann.news();
  const extra = ['One', 'Two'].map((name) => rig.joinAs(name, ann.group, 'secret'));
  for (const link of extra) assert.is(link.last('JOINED').members > 200, true);
  rig.vanish(members[0] ?? ann);
  rig.flush();
  assert.equal(ann.newTypes(), []);
  assert.equal(rig.eventsOf('joined').length, 202);
});

test('a smaller limit is kept, too', () => {
  const rig = new Rig({ limits: { presenceUpTo: 2 } });
  const [ann, , cid] = rig.group('Ann', 'Bob', 'Cid');
  assert.equal(ann.comings, ['Bob joined']);
  rig.send(cid, leave);
  rig.flush();
  assert.equal(ann.comings, ['Bob joined', 'Cid left']);
});

test('250 members are told in three pages, in the order of joining', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  for (const name of names(2, 250)) rig.askToJoin(name, ann.group, 'secret');
  rig.flush();
  rig.send(ann, who);
  rig.flush();
  const pages = ann.all('MEMBERS');
  assert.equal(
    pages.map((page) => [page.members.length, page.last]),
    [
      [100, 'no'],
      [100, 'no'],
      [50, 'yes'],
    ],
  );
  assert.equal(
    pages.flatMap((page) => page.members.map(({ name }) => name)),
    ['Ann', ...names(2, 250)],
  );
});

test('the longest names fit: a page of them, and a turn of them, stay under the limit of a frame', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  const long = (i: number) => `${String.fromCodePoint(0x20000 + i)}${'\u{1f600}'.repeat(31)}`;
  for (let i = 0; i < 120; i++) rig.askToJoin(long(i), ann.group, 'secret');
  rig.send(ann, who);
  rig.flush();
  assert.equal(ann.comings.length, 120);
  assert.is(ann.all('MEMBERS').flatMap((page) => page.members).length, 121);
});

test('a lost member is told as lost, then as left or back', () => {
  const rig = new Rig();
  const [ann, bob, cid] = rig.group('Ann', 'Bob', 'Cid');
  rig.vanish(bob);
  rig.vanish(cid);
  rig.flush();
  const back = rig.connect();
  rig.send(back, hello(bob.token, 0));
  rig.flush();
  rig.pass(60_000);
  assert.equal(ann.comings.slice(2), ['Bob lost', 'Cid lost', 'Bob back', 'Cid left']);
  assert.equal(back.comings, ['Cid left']);
});

test('who is away is marked, for a newcomer and for one who comes back, until it is back or gone', () => {
  const rig = new Rig();
  const [ann, bob, cid, dan] = rig.group('Ann', 'Bob', 'Cid', 'Dan');
  const listOf = (asking: typeof ann) => {
    rig.send(asking, who);
    rig.flush();
    return asking.last('MEMBERS').members.map(({ name, here }) => (here === 'yes' ? name : `(${name})`));
  };
  rig.vanish(bob);
  rig.vanish(cid); // in the same turn: the list is of now, and what was not told yet is told after it
  assert.equal(listOf(ann), ['Ann', '(Bob)', '(Cid)', 'Dan']);
  rig.send(dan, leave);
  const eve = rig.joinAs('Eve', ann.group, 'secret');
  assert.equal(listOf(eve), ['Ann', '(Bob)', '(Cid)', 'Eve']);
  assert.equal(eve.comings, []);

  const back = rig.connect();
  rig.send(back, hello(bob.token, 0));
  assert.equal(listOf(back), ['Ann', 'Bob', '(Cid)', 'Eve']);
  assert.equal(back.comings, []); // what it missed is not repeated: the list tells it
  const door = rig.joinAs('Nc', ann.group, 'secret', { codec: 'text' });
  door.news();
  rig.type(door, '/who');
  rig.flush();
  assert.match(door.text, '  Ann\n  Bob\n  Cid (away: connection lost)\n  Eve\n  Nc\n');
  rig.pass(60_000);
  assert.equal(listOf(ann), ['Ann', 'Bob', 'Eve', 'Nc']);
});

test.run();
