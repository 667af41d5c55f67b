/*
 * The kept pictures of terminals: one for every scene, each with words for those who cannot see it, and no password in
 * them. They are made by `npm run figures`; those that need two certain ports are not made again in the tests.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { SCENES } from '../../../docs/picture/draw.js';
import { PASSWORD } from '../../../docs/picture/scene.js';
import { drawShots } from '../../../docs/picture/terminal-svg.js';
import { closeTerminals } from '../../cli/pseudo-terminal.js';

const FOLDER = 'docs/figures/terminal';
const picture = (name: string) => readFileSync(`${FOLDER}/${name}.svg`, 'utf8');

test('every scene has its picture, and every picture its scene (if not: npm run figures)', () => {
  assert.equal(readdirSync(FOLDER).sort(), SCENES.map(({ name }) => `${name}.svg`).sort());
});

test('each says what it shows', () => {
  for (const { name, description } of SCENES) assert.ok(picture(name).includes(`<title>${description}</title>`), name);
});

test('no picture shows a password', () => {
  const showing = SCENES.filter(({ name }) => new RegExp(`>${PASSWORD}\\b|password: ${PASSWORD}`).test(picture(name)));
  assert.equal(
    showing.map(({ name }) => name),
    [],
  );
});

test('every option of the menu has one', () => {
  const names = new Set(SCENES.map(({ name }) => name));
  for (const name of ['connect', 'create', 'exit', 'wrong-password', 'unknown-group', 'empty-name', 'name-taken'])
    assert.ok(names.has(name), name);
});

for (const name of ['demo-lossy', 'demo-isolation', 'start', 'trace']) {
  test(`${name}, which needs no port, is drawn as it is kept (if not: npm run figures)`, async () => {
    const scene = SCENES.find((one) => one.name === name);
    assert.ok(scene);
    try {
      assert.ok(drawShots(scene.description, await scene.play()) === picture(name), 'the picture is another one');
    } finally {
      await closeTerminals();
    }
  });
}

test.run();
