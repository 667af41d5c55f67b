/*
 * Bytes to lines at the plain-text door: held to a model that sees the whole stream at once and takes it
 * apart with a regular expression, however the network cuts it.
 */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Line, LineDecoder, MAX_LINE_BYTES } from '../../../lib/wire/lines.js';
import { arbitraryCuts, cutAt } from './arbitrary-frames.js';

const latin1 = (text: string) => Uint8Array.from(text, (each) => each.charCodeAt(0));
const utf8 = (text: string) => new TextEncoder().encode(text);

/** All lines of these chunks; with the last one, if the stream ends. */
function linesOf(chunks: readonly Uint8Array[], ends = false, maxBytes?: number): Line[] {
  const decoder = new LineDecoder(maxBytes);
  const lines: Line[] = [];
  const drain = () => {
    for (let line = decoder.next(); line; line = decoder.next()) lines.push(line);
  };
  for (const chunk of chunks) {
    decoder.push(chunk);
    drain();
  }
  if (ends) decoder.end();
  drain();
  assert.is(decoder.bufferedBytes, 0);
  return lines;
}

/** A subnegotiation to its end (or the stream's), a command with an option, or a command alone. */
const TELNET = /\xff\xfa(?:[^\xff]|\xff[^\xf0])*(?:\xff\xf0|\xff?$)|\xff[\xfb-\xfe][\s\S]?|\xff[\s\S]?/g;

/** The model: the whole stream as a string of bytes. */
function modelLines(stream: string): Line[] {
  const lines = stream.replace(TELNET, '').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line): Line => {
    if (line.length > MAX_LINE_BYTES) return { unreadable: 'line-too-long' };
    try {
      return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(latin1(line.replace(/[\r\0]+$/, ''))) };
    } catch {
      return { unreadable: 'bad-utf8' };
    }
  });
}

/** Pieces of which telnet's and terminals' streams are made, in any order. */
const stream = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom('a', 'hi', '\n', '\r\n', '\r', '\0', '\xd7\xa9', '\xd7', '/who', '\xf0\x9f\x98\x80') },
      {
        weight: 4,
        arbitrary: fc.constantFrom('\xff', '\xff\xfb\x01', '\xff\xfe', '\xff\xfa', '\xff\xf0', '\xff\xff', '\xff\xf1', '\xef\xbb\xbf'),
      },
      { weight: 1, arbitrary: fc.integer({ min: MAX_LINE_BYTES - 3, max: MAX_LINE_BYTES + 3 }).map((count) => 'x'.repeat(count)) },
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(''));

test('any stream, cut anywhere, gives the lines of the model', () => {
  fc.assert(
    fc.property(stream, arbitraryCuts, (bytes, cuts) => {
      assert.equal(linesOf(cutAt(latin1(bytes), cuts), true), modelLines(bytes));
    }),
    { numRuns: 1000 },
  );
});

test('a stream that comes byte by byte gives the same lines', () => {
  fc.assert(
    fc.property(stream, (bytes) => {
      assert.equal(
        linesOf(
          [...latin1(bytes)].map((byte) => Uint8Array.of(byte)),
          true,
        ),
        modelLines(bytes),
      );
    }),
    { numRuns: 50 },
  );
});

const text = (...texts: string[]): Line[] => texts.map((each) => ({ text: each }));

for (const [name, bytes, expected] of [
  ['LF ends a line', utf8('1\nBar\n'), text('1', 'Bar')],
  ['CR LF ends a line', utf8('1\r\nBar\r\n'), text('1', 'Bar')],
  ['an empty line is a line', utf8('\n\r\n'), text('', '')],
  ['telnet’s CR NUL before the end is left out', utf8('Bar\r\0\n'), text('Bar')],
  ['CR in the midst of a line stays', utf8('a\rb\n'), text('a\rb')],
  ['a line without its end waits', utf8('1\nBa'), text('1')],
  ['UTF-8 of every length', utf8('aש日😀\n'), text('aש日😀')],
  ['a byte order mark is kept', utf8('\ufeffhi\n'), text('\ufeffhi')],
  ['bad UTF-8 costs its line only', latin1('\xd7\nok\n'), [{ unreadable: 'bad-utf8' }, ...text('ok')]],
] as const) {
  test(name, () => assert.equal(linesOf([bytes]), expected));
}

test('at the end of the stream the last line needs no end', () => {
  assert.equal(linesOf([utf8('1\nBar')], true), text('1', 'Bar'));
  assert.equal(linesOf([utf8('1\n')], true), text('1'));
  assert.equal(linesOf([], true), []);
});

const NEGOTIATION = '\xff\xfd\x01\xff\xfb\x18\xff\xfa\x18\x00xterm\xff\xff\n\xff\xf0\xff\xf9';

test('telnet’s negotiation is left out, wherever it is cut', () => {
  const bytes = latin1(`Ba${NEGOTIATION}r\r\n`);
  for (let at = 0; at <= bytes.length; at++) {
    assert.equal(linesOf([bytes.subarray(0, at), bytes.subarray(at)]), text('Bar'), `cut at ${at}`);
  }
});

test('an unclosed subnegotiation swallows what follows and keeps nothing', () => {
  assert.equal(linesOf([latin1('hi\n\xff\xfa'), new Uint8Array(1_000_000).fill(0x61), utf8('\nhi\n')], true), text('hi'));
});

const TOO_LONG: Line = { unreadable: 'line-too-long' };

for (const [name, bytes, expected] of [
  ['of exactly 16 KiB is a line', `${'x'.repeat(MAX_LINE_BYTES)}\n`, text('x'.repeat(MAX_LINE_BYTES))],
  ['of 16 KiB with its CR is a line', `${'x'.repeat(MAX_LINE_BYTES - 1)}\r\n`, text('x'.repeat(MAX_LINE_BYTES - 1))],
  ['of 16 KiB and one byte is too long', `${'x'.repeat(MAX_LINE_BYTES + 1)}\n`, [TOO_LONG]],
  ['of 16 KiB, its CR not counted, is too long', `${'x'.repeat(MAX_LINE_BYTES)}\r\n`, [TOO_LONG]],
  ['of a megabyte is skipped, and the next one read', `${'x'.repeat(1_000_000)}\nhi\n`, [TOO_LONG, ...text('hi')]],
  ['that is too long and has no end is told at the end of the stream', 'x'.repeat(20_000), [TOO_LONG]],
  ['that is too long and not UTF-8 is too long', `${'\xff\xf1\xd7'.repeat(20_000)}\n`, [TOO_LONG]],
] as const) {
  test(`a line ${name}`, () => assert.equal(linesOf([latin1(bytes)], true), expected));
}

for (const limit of [0, 5, 127, 128, 129, 1000, 20_000]) {
  test(`a limit of ${limit} bytes holds exactly`, () => {
    const tooLong = 'y'.repeat(limit + 1);
    const lines = linesOf([latin1(`${'x'.repeat(limit)}\n${tooLong}\n${tooLong}`)], true, limit);
    assert.equal(lines, [...text('x'.repeat(limit)), TOO_LONG, TOO_LONG]);
  });
}

test('a line after a long one is not mixed with it', () => {
  assert.equal(linesOf([utf8(`${'x'.repeat(5000)}\nshort\n`)]), text('x'.repeat(5000), 'short'));
});

test.run();
