/*
 * What no client should send, over real TCP, before and after joining: that connection gets BYE and is closed,
 * the others chat on.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeFrame } from '../../lib/wire/encode.js';
import { House } from './house.js';
import { hello, say } from './raw-client.js';

const test = suite('server over TCP: bad bytes');

/** Bytes that look random and are the same in every run; the first is no frame's type. */
function noise(length: number): Uint8Array {
  let state = 42;
  return Uint8Array.from({ length }, (_, i) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return i === 0 ? 0xfe : state >>> 24;
  });
}

const BAD: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ['wrong magic', encodeFrame({ ...hello(), magic: 0x48545450 })],
  ['a wrong version', encodeFrame({ ...hello(), version: 99 })],
  ['an unknown type', Uint8Array.of(0x77, 0, 0, 0)],
  ['GET / HTTP/1.1', new TextEncoder().encode('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
  ['a TLS greeting', Uint8Array.of(0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3)],
  ['random bytes', noise(100)],
  ['many random bytes', noise(1024 * 1024)],
  ['a length that lies', Uint8Array.of(0x07, 0, 0, 6, 0, 0, 0, 1, 0, 9)],
  ['a length over the limit', Uint8Array.of(0x07, 0, 0xff, 0xff)],
  ['bad UTF-8', Uint8Array.of(0x07, 0, 0, 8, 0, 0, 0, 1, 0, 2, 0xc3, 0x28)],
  ['a frame of the server', Uint8Array.of(0x0c, 0, 0, 3, 0, 0, 1)],
];

for (const [name, bytes] of BAD) {
  test(`${name}, before and after joining`, async () => {
    const house = await House.open();
    const [before, after] = [await house.enter(), await house.enter()];
    await after.join('Vic', house.group);
    for (const [i, client] of [before, after].entries()) {
      client.socket.write(bytes);
      assert.is((await client.next('BYE')).code, 'protocol-error');
      house.passes(1_000); // one that still has much to send does not see the end by itself
      await house.event('closed', ({ reason }) => reason === 'protocol-error', i + 1);
      await client.closed;
    }
    await house.stillServes();
    await house.close();
  });
}

test('the first frame must be HELLO, and it comes once', async () => {
  const house = await House.open();
  const [early, twice] = [await house.enter(), await house.enter()];
  early.send(say(1, 'too early'));
  twice.send(hello(), hello());
  for (const client of [early, twice]) assert.is((await client.next('BYE')).code, 'protocol-error');
  await house.stillServes();
  await house.close();
});

test('the text door takes a browser for a person who chooses badly', async () => {
  const house = await House.open();
  const browser = await house.enter({ text: true });
  browser.socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n');
  await browser.closed;
  assert.ok(browser.text.endsWith('Please choose 1, 2 or 3.\nToo many wrong answers. Goodbye.\n'));
  await house.stillServes();
  await house.close();
});

test('the text door outlives random bytes and a line of a megabyte', async () => {
  const house = await House.open();
  const [random, long] = [await house.enter({ text: true }), await house.enter({ text: true })];
  random.socket.write(noise(100_000));
  random.socket.end();
  long.socket.write(`1\nVic\n${house.group}\nsecret\n${'x'.repeat(1024 * 1024)}\nafter it\n`);
  await house.event('said', ({ name, text }) => name === 'Vic' && text === 'after it');
  await random.closed;
  await house.stillServes();
  await house.close();
});

test('escape sequences and NUL in a message reach text members cleaned, framed ones as they are', async () => {
  const house = await House.open();
  const [tess, vic] = [await house.enter({ text: true }), await house.enter()];
  tess.socket.write(`1\nTess\n${house.group}\nsecret\n`);
  await house.event('joined', ({ name }) => name === 'Tess');
  await vic.join('Vic', house.group);
  const evil = '\u001b[2Jgone\u0000\nBob: forged';
  vic.send(say(1, evil));
  await tess.until(() => tess.text.includes('forged'), 'the message');
  assert.ok(tess.text.endsWith('Vic: \u241b[2Jgone\u2400\n  | Bob: forged\n'));
  const [, bob] = house.clients;
  await bob?.until(() => bob.frames.some((frame) => frame.type === 'MESSAGE' && frame.text === evil), 'the message as it was');
  await house.close();
});

test.run();
