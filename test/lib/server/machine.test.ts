/*
 * The dialogue through the whole machine: all three options, in frames and in text, sent ahead or one by one, and
 * what a client hears when it does something wrong. The table of states itself is tested with the session.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeFrame } from '../../../lib/wire/encode.js';
import { answer, bye, hello, leave, say, who } from './client-frames.js';
import { Rig } from './rig.js';

const test = suite('server machine: the dialogue');
const MENU = 'Hello client, please choose an option:\n1. Connect to a group chat.\n2. Create a group chat.\n3. Exit the server.\n';

test('the menu comes unasked, at once', () => {
  const rig = new Rig();
  const link = rig.connect();
  rig.flush();
  assert.equal(
    link.news().map((frame) => frame.type === 'PROMPT' && [frame.id, frame.question, frame.options.length]),
    [[1, 'menu', 3]],
  );
});

test('one creates, another joins, question by question', () => {
  const rig = new Rig();
  const ann = rig.connect();
  const steps = [hello(), answer(1, 'menu', '2'), answer(2, 'name', 'Ann'), answer(3, 'password', 'secret')];
  for (const frame of steps) {
    rig.send(ann, frame);
    rig.flush();
  }
  assert.equal(ann.newTypes(), ['PROMPT', 'PROMPT', 'PROMPT', 'CREATED', 'JOINED']);
  assert.is(ann.last('CREATED').group, ann.group);

  const bob = rig.connect();
  const answers = [answer(1, 'menu', '1'), answer(2, 'name', 'Bob'), answer(3, 'group', ann.group), answer(4, 'password', 'secret')];
  for (const frame of [hello(), ...answers]) {
    rig.send(bob, frame);
    rig.flush();
  }
  assert.equal(
    bob.all('PROMPT').map(({ question }) => question),
    ['menu', 'name', 'group', 'password'],
  );
  const { group, name, members, nextSequence, resumed } = bob.last('JOINED');
  assert.equal(
    { group, name, members, nextSequence, resumed },
    { group: ann.group, name: 'Bob', members: 2, nextSequence: 1, resumed: 'no' },
  );
});

test('all answers may be sent ahead, byte by byte, with more behind them', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  const bob = rig.connect();
  const ahead = [answer(1, 'menu', '1'), answer(2, 'name', 'Bob'), answer(3, 'group', ann.group), answer(4, 'password', 'secret')];
  const bytes = [hello(), ...ahead, say(1, 'hello all'), who].flatMap((frame) => [...encodeFrame(frame)]);
  for (const byte of bytes) rig.receive(bob, Uint8Array.of(byte));
  rig.flush();
  assert.equal(bob.newTypes(), ['PROMPT', 'PROMPT', 'PROMPT', 'PROMPT', 'JOINED', 'ACCEPTED', 'MEMBERS']);
  assert.equal(ann.heard, ['hello all']);
});

test('option 3 parts at once', () => {
  const rig = new Rig();
  const link = rig.connect();
  rig.send(link, hello(), answer(1, 'menu', '3'));
  rig.flush();
  assert.is(link.bye, 'exit');
  assert.ok(link.ended);
});

test('the dialogue in text, letter by letter', () => {
  const rig = new Rig();
  const ann = rig.createAs('Ann', 'secret', { codec: 'text' });
  const { group } = ann;
  const created = `${MENU}Enter your name:\nEnter password:\nYour new group chat is #${group}\nYou're connected to group chat #${group}\n`;
  assert.is(ann.text, created);
  const bob = rig.joinAs('Bob', group, 'secret', { codec: 'text' });
  assert.is(bob.text, `${MENU}Enter your name:\nEnter group ID:\nEnter password:\nYou're connected to group chat #${group}\n`);
  rig.type(bob, 'hi', '//slash', '/who', '/quit');
  rig.flush();
  assert.is(ann.text, `${created}* Bob joined the group\nBob: hi\nBob: /slash\n* Bob left the group\n`);
  assert.ok(bob.text.endsWith('  Ann\n  Bob\nGoodbye.\n'));
});

test('LEAVE goes back to the menu, and the same client joins again under another name', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  rig.send(bob, leave);
  rig.flush();
  const { id } = bob.last('PROMPT');
  rig.send(bob, answer(id, 'menu', '1'), answer(id + 1, 'name', 'Rob'), answer(id + 2, 'group', ann.group));
  rig.send(bob, answer(id + 3, 'password', 'secret'), say(1, 'again'));
  rig.flush();
  assert.equal(ann.heard, ['again']);
  assert.equal(ann.comings, ['Bob joined', 'Bob left', 'Rob joined']);
});

test('a name that is taken is asked again after the password, and only then', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  const stranger = rig.joinAs('ANN', ann.group, 'wrong');
  assert.is(stranger.last('REJECTED').code, 'wrong-credentials');
  const other = rig.joinAs('ANN', ann.group, 'secret');
  assert.is(other.last('REJECTED').code, 'name-taken');
  rig.send(other, answer(other.last('PROMPT').id, 'name', 'Anna'));
  rig.flush();
  assert.is(other.last('JOINED').name, 'Anna');
});

test('an unknown group and a wrong password get the same answer', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  const [wrong, unknown] = [rig.joinAs('Bob', ann.group, 'guess'), rig.joinAs('Bob', '0000', 'guess')];
  assert.equal(wrong.frames, unknown.frames);
  assert.is(wrong.last('PROMPT').question, 'group');
});

test('three wrong answers, then BYE', () => {
  const rig = new Rig();
  const link = rig.connect();
  rig.send(link, hello(), answer(1, 'menu', '9'), answer(2, 'menu', 'x'));
  rig.flush();
  assert.is(link.bye, undefined);
  rig.send(link, answer(3, 'menu', ''));
  rig.flush();
  assert.is(link.all('REJECTED').length, 3);
  assert.is(link.bye, 'too-many-attempts');
  assert.ok(link.ended);
});

test('BYE of a member is a leave', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  rig.send(bob, say(1, 'last words'), bye, say(2, 'from beyond'));
  rig.flush();
  assert.equal(ann.newTypes(), ['MESSAGE', 'PRESENCE']);
  assert.equal(ann.heard, ['last words']);
  assert.is(bob.bye, 'exit');
});

test('who breaks the protocol gets BYE, and nobody else notices', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  const breaking: Uint8Array[] = [
    new TextEncoder().encode('GET / HTTP/1.1\r\n\r\n'),
    encodeFrame({ ...hello(), magic: 7 }),
    encodeFrame({ ...hello(), version: 2 }),
    encodeFrame(say(1)), // before HELLO
    Uint8Array.of(0x08, 0, 0, 0), // an ACCEPTED, which only a server sends
    Uint8Array.of(0x07, 1, 0, 0), // flags
    Uint8Array.of(0x0e, 0, 0, 2, 0, 0), // a PING that is too short
  ];
  for (const bytes of breaking) {
    const link = rig.connect();
    rig.receive(link, bytes);
    rig.flush();
    assert.is(link.bye, 'protocol-error');
    assert.ok(link.ended);
  }
  assert.equal([ann.newTypes(), bob.newTypes()], [[], []]);
});

test.run();
