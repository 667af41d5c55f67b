/*
 * A sweep as a picture: well-formed, the same bytes each time, a panel for each combination, a mark for each
 * measurement at its place, a line for each formula.
 */
import { SaxesParser } from 'saxes';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cellsOf, type Grid, plot, type Row, utilisation } from '../../lab/index.js';

const test = suite('lab: plot');

const grid: Grid = {
  arq: ['stop-and-wait', 'go-back-n', 'selective-repeat'],
  loss: [0, 0.1],
  a: [1, 10],
  window: [1, 7, 127],
  counts: ['outstanding', 'span'],
};
const rows: Row[] = cellsOf(grid).map((cell) => ({ ...cell, theory: utilisation(cell), measured: utilisation(cell) }));

/** The elements of a picture, with their attributes. */
function elementsOf(svg: string): { name: string; attributes: Record<string, string>; text: string }[] {
  const elements: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => elements.push({ name, attributes: { ...attributes }, text: '' }));
  parser.on('text', (text) => {
    const last = elements.at(-1);
    if (last) last.text += text;
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(svg).close();
  return elements;
}

test('four panels, four series, a line for each and a mark for each row', () => {
  const elements = elementsOf(plot(rows));
  const ofClass = (name: string) => elements.filter(({ attributes }) => attributes.class === name);
  assert.equal(
    ofClass('panel').map(({ text }) => text),
    ['P = 0, a = 1', 'P = 0, a = 10', 'P = 0.1, a = 1', 'P = 0.1, a = 10'],
  );
  assert.is(ofClass('theory').length, 4 * 4);
  const circles = elements.filter(({ name }) => name === 'circle').length; // stop-and-wait, and once in the legend
  assert.is(circles, 4 * 3 + 1);
  for (const name of ['stop-and-wait', 'go-back-n', 'selective-repeat', 'selective-repeat, span'])
    assert.ok(
      elements.some(({ text }) => text === name),
      name,
    );
});

test('a measurement lies where its value is: 0 at the bottom of a panel, 1 at its top, and on the line if it is as computed', () => {
  const at = (measured: number) => {
    const row: Row = { arq: 'stop-and-wait', loss: 0, a: 1, window: 1, counts: 'outstanding', measured, theory: 1 / 3 };
    return Number(elementsOf(plot([row])).filter(({ name }) => name === 'circle')[1]?.attributes.cy);
  };
  assert.ok(at(0) > at(0.5) && at(0.5) > at(1));
  assert.is(at(0) - at(0.5), at(0.5) - at(1));
});

test('the same rows, the same bytes; whatever is swept, there is a picture', () => {
  assert.is(plot(rows), plot([...rows]));
  for (const fewer of [
    rows.filter(({ window, a }) => window === 7 && a === 1),
    rows.filter(({ window, loss }) => window === 7 && loss === 0),
    rows.slice(0, 1),
  ])
    assert.ok(elementsOf(plot(fewer)).length > 10);
  assert.not.match(plot(rows), /NaN|Infinity|undefined/);
});

test.run();
