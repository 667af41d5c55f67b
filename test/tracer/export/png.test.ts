/*
 * Pictures of pixels: of the figure's size, the same bytes every time, with the letters of the fonts that came along, and
 * refused in a sentence where a picture would take gigabytes.
 */

import { crc32, inflateSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { lettersMissing, PngError, png } from '../../../tracer/export/png/index.js';
import { svg } from '../../../tracer/export/svg/svg.js';
import { actor, arrow, NASTY, told } from '../told.js';
import { leaks } from './leaks.js';
import { readXml } from './read-xml.js';
import { recordedStory } from './recorded.js';

const test = suite('png');
const SIGNATURE = '89504e470d0a1a0a';

const saying = (words: string) => told([actor('a'), actor('b')], [arrow('a->b', 0, 'SAY', words)]);

test('it has twice the size of the figure, and is the same every time', async () => {
  const picture = Buffer.from(await png(NASTY));
  const { root } = readXml(svg(NASTY));
  assert.is(picture.subarray(0, 8).toString('hex'), SIGNATURE);
  assert.is(picture.readUInt32BE(16), Math.ceil(2 * Number(root.width)));
  assert.is(picture.readUInt32BE(20), Math.ceil(2 * Number(root.height)));
  assert.ok(picture.equals(await png(NASTY)));
});

test('letters are drawn, whatever fonts the machine has', async () => {
  for (const [one, other] of [
    ['Hi', 'Ho'],
    ['שלום', 'חברי'],
    ['•×↻', '×↻•'],
    ['Ωé', 'Ψé'],
  ] as const) {
    assert.not.ok(Buffer.from(await png(saying(one))).equals(await png(saying(other))), `${one} ${other}`);
  }
});

test('letters that the fonts lack are named, and only these', async () => {
  assert.equal(await lettersMissing(saying('Hi, Zoë: שלום, Ωmega, привет, سلام •×↻ → ✓')), []);
  assert.equal(await lettersMissing(saying('你好, 안 🦊 and e\u0301')), ['你', '好', '안', '🦊']);
  const nasty = await lettersMissing(NASTY);
  for (const letter of '田中さん🎉') assert.ok(nasty.includes(letter), letter);
});

test('it has pixels and nothing else: no text, no time, no password', async () => {
  const secret = Buffer.from('sesame, open thyself');
  const story = saying(`password ${'•••'}`);
  const chunks = chunksOf(Buffer.from(await png(story)));
  assert.equal([...new Set(chunks.map(({ type }) => type))].sort(), ['IDAT', 'IEND', 'IHDR']);
  const recorded = chunksOf(Buffer.from(await png(recordedStory('tcp-handshake'))));
  const pixels = inflateSync(Buffer.concat(recorded.filter(({ type }) => type === 'IDAT').map(({ data }) => data)));
  const sought = [
    { secret, part: 6 },
    { secret: Buffer.from('"1234"'), part: 6 },
    { secret: Buffer.from('\u0000\u00041234'), part: 6 },
  ];
  const whole = Buffer.concat(recorded.map(({ data }) => data)).toString('latin1');
  assert.equal(leaks({ png: whole, pixels: pixels.toString('latin1') }, sought), []);
});

/** The chunks of a PNG, each with a right checksum (PNG, section 5.3). */
function chunksOf(file: Buffer): readonly { readonly type: string; readonly data: Buffer }[] {
  const chunks = [];
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    assert.is(file.readUInt32BE(at + 8 + length), crc32(file.subarray(at + 4, at + 8 + length)));
    chunks.push({ type: file.toString('latin1', at + 4, at + 8), data: file.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

test('what it is drawn from is well-formed and has nothing that resvg does not know', () => {
  const figure = svg(NASTY, { colours: 'light' });
  readXml(figure);
  assert.not.match(figure, /var\(|@media/);
});

test('a trace that is too long for a picture is refused', async () => {
  const long = told(
    [actor('a'), actor('b')],
    Array.from({ length: 6000 }, (_, i) => arrow('a->b', i, 'SAY')),
  );
  try {
    await png(long);
    assert.unreachable();
  } catch (error) {
    assert.instance(error, PngError);
    assert.match((error as PngError).message, /^as a picture it would have \d+ by \d+ pixels: choose fewer steps/);
  }
});

test.run();
