/*
 * The ladder on the terminal: kept pictures at several widths; and for any story at all, rows that are never too wide,
 * never act on the terminal, and say the same without colours.
 */
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ladderLines, liveLadder, tableLines } from '../../../tracer/render/index.js';
import { story as anyStory } from '../arbitrary-story.js';
import { isGolden } from '../golden.js';
import { actor, arrow, GROUP, LOSSY, NASTY, told } from '../told.js';

const test = suite('ladder');
const joined = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
const stories = { lossy: LOSSY, group: GROUP, nasty: NASTY };
const widths = fc.oneof(fc.integer({ min: 20, max: 200 }), fc.constantFrom(59, 60, 61, 80, 120));
const looks = fc.record({
  columns: widths,
  ascii: fc.boolean(),
  why: fc.boolean(),
  time: fc.constantFrom<'relative' | 'delta' | 'none'>('relative', 'delta', 'none'),
});

for (const [name, story] of Object.entries(stories)) {
  for (const columns of [60, 80, 120]) {
    test(`${name} at ${columns} columns is as kept`, () => {
      isGolden(`${name}-${columns}.txt`, joined(ladderLines(story, { columns, colours: false })));
      isGolden(
        `${name}-${columns}-why.ascii.txt`,
        joined(ladderLines(story, { columns, colours: false, ascii: true, why: true, time: 'delta' })),
      );
    });
  }
}

test('a terminal of 20 columns gets a list', () => {
  isGolden('lossy-20.txt', joined(ladderLines(LOSSY, { columns: 20, colours: false })));
});

test('no row is wider than the terminal, whatever names and words are', () => {
  fc.assert(
    fc.property(anyStory, looks, (story, look) => {
      for (const view of [ladderLines, tableLines]) {
        for (const row of view(story, { ...look, colours: false })) {
          const width = stringWidth(row);
          assert.ok(width <= look.columns, `${width} of ${look.columns}: ${JSON.stringify(row)}`);
        }
      }
    }),
    { numRuns: 100 },
  );
});

test('nothing from a peer acts on the terminal or turns its direction', () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal acts upon
  const acting = /[\u0000-\u001f\u007f-\u009f\u061c\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/u;
  fc.assert(
    fc.property(anyStory, looks, (story, look) => {
      for (const view of [ladderLines, tableLines])
        for (const row of view(story, { ...look, colours: false })) assert.not.match(row, acting);
    }),
  );
});

test('a text stands apart from an arrow that goes down beside it', () => {
  const steps = [
    arrow('bar->server', 0, 'SAY', 'one', { took: 20 }),
    ...Array.from({ length: 40 }, (_, i) => arrow('server->bar', 1 + i / 10, 'PING', 'x'.repeat(i), { took: 0.01 })),
    ...Array.from({ length: 40 }, (_, i) =>
      arrow('bar->server', 6 + i / 10, 'PING', 'x'.repeat(i), { took: 0.01, outcome: 'lost' as const }),
    ),
  ];
  const story = told([actor('Bar'), actor('server', 'server')], steps);
  for (const ascii of [true, false]) {
    const lines = ladderLines(story, { columns: 60, colours: false, ascii, noticeableMs: 5 });
    assert.ok(
      lines.some((line) => (ascii ? /x {1,2}:/ : /x {1,2}┊/).test(line)),
      lines.join('\n'),
    );
    for (const line of lines) assert.not.match(line, /[a-z][:┊]|[:┊][a-z]/i);
  }
});

test('ASCII is ASCII', () => {
  fc.assert(
    fc.property(anyStory, looks, (story, look) => {
      for (const view of [ladderLines, tableLines])
        for (const row of view(story, { ...look, ascii: true, colours: false })) assert.match(row, /^[\x20-\x7e]*$/);
    }),
  );
});

test('without colours it says the same', () => {
  fc.assert(
    fc.property(anyStory, looks, (story, look) => {
      for (const view of [ladderLines, tableLines]) {
        const coloured = view(story, { ...look, colours: true }).map((row) => stripVTControlCharacters(row));
        assert.equal(coloured, view(story, { ...look, colours: false }));
      }
    }),
    { numRuns: 50 },
  );
});

test('live and told as a whole, the rows are the same; only where a closing ends is not known as it happens', () => {
  const whole = ladderLines(LOSSY, { columns: 100, colours: false });
  const live = liveLadder({ columns: 100, colours: false, headEvery: Number.POSITIVE_INFINITY });
  const rows = [...LOSSY.steps.flatMap((step) => live.step(step, LOSSY.actors, LOSSY.connections)), ...live.rest()];
  const plain = (lines: readonly string[]): string[] =>
    lines
      .map((line) =>
        line
          .replace(/^╰/, ' ')
          .replace(/[─╌═│┊ -]+/g, ' ')
          .trim(),
      )
      .filter((line) => /\d/.test(line));
  assert.equal(plain(rows), plain(whole));
});

test('a live ladder shows its heads again when somebody comes, and after a screenful', () => {
  const live = liveLadder({ columns: 80, colours: false, headEvery: 6 });
  const rows = [...GROUP.steps.flatMap((step) => live.step(step, GROUP.actors)), ...live.rest()];
  const heads = rows.filter((row) => row.includes('│ server │'));
  assert.ok(heads.length >= 4, rows.join('\n'));
  assert.not.ok(heads[0]?.includes('client12'));
  assert.ok(heads.at(-1)?.includes('client20'));
});

test('a live ladder goes on in another width, under heads of its own; narrow, as a list', () => {
  const live = liveLadder({ columns: 120, colours: false, headEvery: Number.POSITIVE_INFINITY });
  const third = Math.floor(GROUP.steps.length / 3);
  const drawn = (steps: typeof GROUP.steps) => [...steps.flatMap((step) => live.step(step, GROUP.actors)), ...live.rest()];
  const isHead = (row: string) => row.includes('│ server │');
  assert.ok(drawn(GROUP.steps.slice(0, third)).find(isHead)!.length > 70);
  live.resize(70);
  const narrower = drawn(GROUP.steps.slice(third, 2 * third));
  assert.ok(narrower.slice(0, 3).some(isHead), narrower.join('\n'));
  assert.ok(narrower.every((row) => row.length <= 70));
  live.resize(40);
  const listed = drawn(GROUP.steps.slice(2 * third));
  assert.not.ok(listed.some(isHead));
  assert.ok(listed.every((row) => row.length <= 40));
});

test('a live ladder that is too narrow is a list', () => {
  const live = liveLadder({ columns: 30, colours: false });
  assert.equal(live.step(GROUP.steps[0]!, GROUP.actors), ['1 1.000 Bar → server SAY', '  message 1: Hi friends']);
});

test.run();
