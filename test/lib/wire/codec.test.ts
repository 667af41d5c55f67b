/*
 * The two codecs keep their promises to the server: one input at a time, read in the light of what is asked then.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ByteWriter } from '../../../lib/wire/bytes.js';
import { codecNamed, framesCodec, textCodec } from '../../../lib/wire/codec.js';
import { encodeFrame } from '../../../lib/wire/encode.js';

const utf8 = (text: string) => new TextEncoder().encode(text);
const MENU = { id: 1, question: 'menu' } as const;
const NAME = { id: 2, question: 'name' } as const;

test('a codec is found by its name', () => {
  assert.is(codecNamed('text'), textCodec);
  assert.is(codecNamed('frames'), framesCodec);
});

test('lines that came together are read one by one, each for its question', () => {
  const decoder = textCodec.newDecoder();
  decoder.push(utf8('1\nBar\nhi\n'));
  assert.equal(decoder.next(MENU), { type: 'ANSWER', ...MENU, value: '1' });
  assert.is(decoder.bufferedBytes, 7);
  assert.equal(decoder.next(NAME), { type: 'ANSWER', ...NAME, value: 'Bar' });
  assert.equal(decoder.next(undefined), { type: 'SAY', id: 1, text: 'hi' });
  assert.is(decoder.next(undefined), undefined);
});

test('message IDs count up over what is said and over nothing else', () => {
  const decoder = textCodec.newDecoder();
  decoder.push(utf8('a\n\n/who\n//b\nc\n'));
  const ids = Array.from({ length: 5 }, () => decoder.next(undefined)).map((input) => (input?.type === 'SAY' ? input.id : input?.type));
  assert.equal(ids, [1, 'NOTHING', 'WHO', 2, 3]);
});

test('telnet’s commands mean nothing, and are something said by the kibibyte', () => {
  const decoder = textCodec.newDecoder();
  const commands = (bytes: number) => Uint8Array.from({ length: bytes }, (_, i) => (i % 2 === 0 ? 255 : 241));
  decoder.push(commands(1022));
  assert.is(decoder.next(MENU), undefined);
  decoder.push(commands(1026));
  assert.equal([decoder.next(MENU), decoder.next(MENU), decoder.next(MENU)], [{ type: 'NOTHING' }, { type: 'NOTHING' }, undefined]);
  decoder.push(utf8('1\n'));
  assert.equal(decoder.next(MENU), { type: 'ANSWER', ...MENU, value: '1' });
});

test('the end of the stream ends the last line', () => {
  const decoder = textCodec.newDecoder();
  decoder.push(utf8('hi'));
  assert.is(decoder.next(undefined), undefined);
  decoder.end();
  assert.equal(decoder.next(undefined), { type: 'SAY', id: 1, text: 'hi' });
  assert.is(decoder.next(undefined), undefined);
});

test('frames mean the same whatever is asked, and half of one means nothing', () => {
  const decoder = framesCodec.newDecoder();
  decoder.push(encodeFrame({ type: 'WHO' }));
  decoder.push(encodeFrame({ type: 'LEAVE' }).subarray(0, 2));
  assert.equal(decoder.next(MENU), { type: 'WHO' });
  decoder.end();
  assert.is(decoder.next(MENU), undefined);
});

test('both take smaller limits', () => {
  const lines = textCodec.newDecoder({ maxLineBytes: 3 });
  lines.push(utf8('long\nok\n'));
  assert.equal(lines.next(MENU), { type: 'UNREADABLE', code: 'line-too-long' });
  assert.equal(lines.next(MENU), { type: 'ANSWER', ...MENU, value: 'ok' });
  const frames = framesCodec.newDecoder({ maxFrameBytes: 3 });
  frames.push(encodeFrame({ type: 'PING', token: 1 }));
  assert.throws(() => frames.next(MENU), /over the limit of 3/);
});

test('a framed client gets frames, and no help', () => {
  const writer = new ByteWriter();
  framesCodec.write(writer, { type: 'HELP' });
  assert.is(writer.length, 0);
  framesCodec.write(writer, { type: 'CREATED', group: '8888' });
  assert.equal(writer.written(), encodeFrame({ type: 'CREATED', group: '8888' }));
});

test('a text client gets lines', () => {
  const writer = new ByteWriter();
  textCodec.write(writer, { type: 'CREATED', group: '8888' });
  assert.equal(writer.written(), utf8('Your new group chat is #8888\n'));
});

test.run();
