/* docs/performance.md in blocks: nothing of it is lost, and every table is as wide as its head. */
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { blocksOf } from '../../../cli/report/measurements.js';

const PAGE = readFileSync('docs/performance.md', 'utf8');

test('what a page is made of', () => {
  const text =
    '# T\n\n## Fan-out\n\nOne `run`,\n**in part**\ndone; see [there](x.md).\n\n![Bars](figures/a.svg)\n\n| a | b |\n|---|---:|\n| `x` | **1** |\n\n- one\n  more\n- two\n';
  assert.equal(blocksOf(text), [
    { kind: 'heading', level: 2, words: 'Fan-out' },
    {
      kind: 'paragraph',
      words: [
        { text: 'One ', style: 'plain' },
        { text: 'run', style: 'code' },
        { text: ', ', style: 'plain' },
        { text: 'in part', style: 'strong' },
        { text: ' done; see there.', style: 'plain' },
      ],
    },
    { kind: 'figure', file: 'a.svg', caption: 'Bars' },
    { kind: 'table', head: ['a', 'b'], rows: [['x', '1']] },
    { kind: 'list', items: [[{ text: 'one more', style: 'plain' }], [{ text: 'two', style: 'plain' }]] },
  ]);
});

test('every table of the page in the tree is as wide as its head, and no line of one got among the words', () => {
  const blocks = blocksOf(PAGE);
  const tables = blocks.flatMap((block) => (block.kind === 'table' ? [block] : []));
  assert.is(tables.length, PAGE.match(/^\|[-:|]+\|$/gm)?.length);
  for (const { head, rows } of tables) for (const row of rows) assert.is(row.length, head.length, head.join());
  for (const block of blocks) {
    if (block.kind === 'paragraph') assert.not.match(block.words.map(({ text }) => text).join(''), /\||```|^#/);
  }
});

test('no word of the page is lost', () => {
  const said = JSON.stringify(blocksOf(PAGE));
  for (const word of PAGE.replace(/^# .*$/m, '')
    .replace(/\]\([^)]*\)/g, ' ')
    .match(/[A-Za-z]{4,}/g) ?? [])
    assert.ok(said.includes(word), word);
});

test.run();
