/* The tables of docs/performance.md are found, with the headings above them and the words on when and where. */
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { measuredTables, measuredWhere } from '../../../cli/report/measurements.js';

test('tables by chapter and heading', () => {
  const text = '# T\n\n## Fan-out\n\n### Small\n\n| a | b |\n|---|---:|\n| `x` | **1** |\n\n## Abuse\n\n| c |\n|---|\n| y |\n';
  assert.equal(measuredTables(text), [
    { chapter: 'Fan-out', heading: 'Small', head: ['a', 'b'], rows: [['x', '1']] },
    { chapter: 'Abuse', heading: '', head: ['c'], rows: [['y']] },
  ]);
});

test('the page in the tree has tables, each as wide as its head, and says when and where it was measured', () => {
  const page = readFileSync('docs/performance.md', 'utf8');
  const tables = measuredTables(page);
  assert.ok(tables.length > 0);
  for (const { heading, head, rows } of tables) for (const row of rows) assert.is(row.length, head.length, heading);
  assert.match(measuredWhere(page), /^Measured \d{4}-\d\d-\d\d on .*Node/);
});

test.run();
