/*
 * Who hears what: every other member of the group, once, in the group's order; the speaker hears ACCEPTED; nothing
 * overtakes a message. And how it goes out: one chunk a connection a turn, the same one where it may be.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hello, leave, say, sayAll, who } from './client-frames.js';
import { Rig } from './rig.js';
import type { RigLink } from './rig-link.js';

const test = suite('server machine: delivery');

/** What a link heard in order: sequence numbers of messages, and a minus before those that it said itself. */
function order(link: RigLink): number[] {
  return link.frames.flatMap((frame) => {
    if (frame.type === 'MESSAGE') return [frame.sequence];
    return frame.type === 'ACCEPTED' ? [-frame.sequence] : [];
  });
}

test('a message reaches every other member once, and no other group', () => {
  const rig = new Rig();
  const here = rig.group('Ann', 'Bob', 'Cid');
  const there = rig.group('Ann', 'Bob');
  const outside = rig.connect();
  rig.send(here[0], say(1, 'hello'));
  rig.flush();
  assert.equal(here.map(order), [[-1], [1], [1]]);
  assert.equal(there.map(order), [[], []]);
  assert.equal(outside.newTypes(), ['PROMPT']);
  const { sender, text, time } = here[1].last('MESSAGE');
  assert.equal([sender, text, time], ['Ann', 'hello', Math.floor(rig.now)]);
  assert.is(here[0].last('ACCEPTED').id, 1);
});

test('all hear one order, and nobody hears itself', () => {
  const rig = new Rig();
  const [ann, bob, cid] = rig.group('Ann', 'Bob', 'Cid');
  rig.send(ann, ...sayAll(1, 2));
  rig.send(bob, say(1));
  rig.send(ann, say(3));
  rig.send(cid, say(1));
  rig.flush();
  assert.equal(order(ann), [-1, -2, 3, -4, 5]);
  assert.equal(order(bob), [1, 2, -3, 4, 5]);
  assert.equal(order(cid), [1, 2, 3, 4, -5]);
});

test('ACCEPTED and JOINED do not overtake what was said before them', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  rig.send(ann, say(1));
  rig.send(bob, say(1));
  const cid = rig.askToJoin('Cid', ann.group, 'secret');
  rig.send(bob, say(2));
  rig.flush();
  assert.equal(bob.newTypes(), ['MESSAGE', 'ACCEPTED', 'PRESENCE', 'ACCEPTED']);
  assert.equal(order(cid), [3]);
  assert.is(cid.last('JOINED').nextSequence, 3);
});

test('one who leaves hears what was said until then, and nothing after', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  rig.send(ann, say(1));
  rig.send(bob, leave);
  rig.send(ann, say(2));
  rig.flush();
  assert.equal(bob.newTypes(), ['MESSAGE', 'PROMPT']);
  assert.equal(order(bob), [1]);
});

test('one chunk a connection a turn; those with nothing of their own get the very same', () => {
  const rig = new Rig();
  const [ann, bob, cid, dan] = rig.group('Ann', 'Bob', 'Cid', 'Dan');
  const chunks = () => rig.links.map((link) => link.chunks.length);
  const before = chunks();
  rig.send(ann, ...sayAll(1, 20));
  rig.send(bob, ...sayAll(1, 20));
  assert.equal(chunks(), before);
  rig.flush();
  assert.equal(
    chunks(),
    before.map((count) => count + 1),
  );
  assert.is(cid.chunks.at(-1), dan.chunks.at(-1));
  assert.is(order(cid).length, 40);
  rig.flush();
  assert.is(rig.machine.wantsFlush, false);
});

test('who asked for something in a turn still hears everything, in order', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  rig.send(ann, say(1));
  rig.send(bob, who);
  rig.send(ann, say(2));
  rig.flush();
  assert.equal(bob.newTypes(), ['MESSAGE', 'MEMBERS', 'MESSAGE']);
});

test('frames and text share a group', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  const tess = rig.joinAs('Tess', ann.group, 'secret', { codec: 'text' });
  const joined = tess.text.length;
  const tom = rig.joinAs('Tom', ann.group, 'secret', { codec: 'text' });
  rig.send(ann, say(1, 'two\nlines'));
  rig.type(tess, 'from a line');
  rig.flush();
  assert.equal(bob.heard, ['two\nlines', 'from a line']);
  assert.equal(ann.heard, ['from a line']);
  assert.is(tess.text.slice(joined), '* Tom joined the group\nAnn: two\n  | lines\n');
  assert.ok(tom.text.endsWith('\nAnn: two\n  | lines\nTess: from a line\n'));
});

test('a text member alone may speak: nothing comes back', () => {
  const rig = new Rig();
  const tess = rig.createAs('Tess', 'secret', { codec: 'text' });
  const before = tess.chunks.length;
  rig.type(tess, 'anybody here?');
  rig.flush();
  assert.is(tess.chunks.length, before);
});

test('a SAY that came twice is told once and accepted twice', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  rig.send(ann, say(1), say(1), say(2), say(1));
  rig.flush();
  assert.equal(order(bob), [1, 2]);
  assert.equal(
    ann.all('ACCEPTED').map(({ id, sequence }) => [id, sequence]),
    [
      [1, 1],
      [1, 1],
      [2, 2],
      [1, 1],
    ],
  );
});

test('message IDs may begin at 0, and none is accepted that was not told', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  rig.send(ann, say(0, 'zero'), say(1, 'one'));
  rig.flush();
  assert.equal(bob.heard, ['zero', 'one']);
  rig.send(bob, say(5, 'five'), say(0, 'nothing new'));
  rig.flush();
  assert.equal(ann.heard, ['five']);
  assert.equal(
    bob.all('ACCEPTED').map(({ id, sequence }) => [id, sequence]),
    [[5, 3]],
  );
});

test('SAY and WHO outside a group are refused, and are no fault', () => {
  const rig = new Rig();
  const link = rig.connect();
  rig.send(link, hello(), ...sayAll(1, 5), who);
  rig.flush();
  assert.equal(
    link.all('REJECTED').map(({ code, id }) => [code, id]),
    [1, 2, 3, 4, 5, 0].map((id) => ['bad-message', id]),
  );
  assert.is(link.bye, undefined);
});

test.run();
