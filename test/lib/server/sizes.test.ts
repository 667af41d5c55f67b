/*
 * The limits of size: a frame and a line of 16 KiB, a name, a message; at the limit, and one past it.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MAX_PAYLOAD_BYTES } from '../../../lib/wire/frames.js';
import { answer, hello, say } from './client-frames.js';
import { Rig } from './rig.js';

const test = suite('server machine: limits of size');

test('a frame of 16 KiB is read, one a byte longer is not even awaited', () => {
  const rig = new Rig();
  const [ann, bob, cid] = rig.group('Ann', 'Bob', 'Cid');
  const text = 'x'.repeat(MAX_PAYLOAD_BYTES - 6);
  rig.send(bob, say(1, text)); // too long to be told, but a frame
  rig.flush();
  assert.is(bob.last('REJECTED').code, 'bad-message');
  rig.receive(cid, Uint8Array.of(0x07, 0, (MAX_PAYLOAD_BYTES + 1) >> 8, (MAX_PAYLOAD_BYTES + 1) & 255));
  rig.flush();
  assert.is(cid.bye, 'protocol-error');
  assert.equal(ann.heard, []);
});

test('a line of 16 KiB is read; a longer one is skipped to its end and refused, however long', () => {
  const rig = new Rig();
  const [ann] = rig.group('Ann');
  const tess = rig.joinAs('Tess', ann.group, 'secret', { codec: 'text' });
  const before = tess.text.length;
  rig.type(tess, 'x'.repeat(16 * 1024), 'x'.repeat(16 * 1024 + 1), 'after');
  rig.flush();
  const chunk = new Uint8Array(64 * 1024).fill(120);
  for (let i = 0; i < 200; i++) rig.receive(tess, chunk);
  assert.is(tess.peer.decoder.bufferedBytes, 0);
  rig.type(tess, '', 'and again');
  rig.flush();
  assert.equal(ann.heard, ['after', 'and again']);
  const [short, long] = ['A message has at most 4000 characters.', 'That line is too long; nothing of it was taken.'];
  assert.is(tess.text.slice(before), `${short}\n${long}\n${long}\n`);
});

test('a long line where a question is open counts as a wrong answer', () => {
  const rig = new Rig();
  const link = rig.connect({ codec: 'text' });
  const long = 'x'.repeat(20_000);
  rig.type(link, long, long, long);
  rig.flush();
  assert.ok(link.text.endsWith('Too many wrong answers. Goodbye.\n'));
});

test('4,000 characters are a message, whatever they are, and 4,001 are none', () => {
  const rig = new Rig();
  const [ann, bob] = rig.group('Ann', 'Bob');
  const tess = rig.joinAs('Tess', ann.group, 'secret', { codec: 'text' });
  const [longest, tooLong] = ['\u{1f600}'.repeat(4_000), '\u{1f600}'.repeat(4_001)];
  rig.send(ann, say(1, longest), say(2, tooLong), say(3, ''));
  rig.flush();
  assert.equal(bob.heard, [longest]);
  assert.ok(tess.text.endsWith(`Ann: ${longest}\n`));
  assert.equal(
    ann.all('REJECTED').map(({ code, id }) => [code, id]),
    [
      ['bad-message', 2],
      ['bad-message', 3],
    ],
  );
});

test('the longest name with the longest message is still a frame', () => {
  const rig = new Rig();
  const name = '\u{1f600}'.repeat(32);
  const [, bob] = rig.group(name, 'Bob');
  rig.send(rig.links[0] ?? bob, say(1, '\u{1f600}'.repeat(4_000)));
  rig.flush();
  assert.is(bob.last('MESSAGE').sender, name);
  assert.is(rig.createAs('\u{1f600}'.repeat(33), 'secret').last('REJECTED').code, 'bad-name');
});

test('a group ID of 16 KiB is a wrong one', () => {
  const rig = new Rig();
  const link = rig.connect();
  const long = '8'.repeat(MAX_PAYLOAD_BYTES - 7);
  rig.send(link, hello(), answer(1, 'menu', '1'), answer(2, 'name', 'Ann'), answer(3, 'group', long), answer(4, 'password', 'x'));
  rig.flush();
  assert.is(link.last('REJECTED').code, 'wrong-credentials');
});

test.run();
