/*
 * The figures of docs/lab.md are what the lab says today, to the byte.
 */
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { drawLab, LAB_FIGURES } from '../../../docs/picture/lab.js';

for (const figure of LAB_FIGURES) {
  test(`docs/figures/${figure.name}.svg (if not: npm run figures -- lab)`, () => {
    assert.ok(readFileSync(`docs/figures/${figure.name}.svg`, 'utf8') === drawLab(figure), 'it is stale');
  });
}

test.run();
