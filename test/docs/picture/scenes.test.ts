/*
 * The kept pictures of terminals: one for every scene, each with words for those who cannot see it, and no password in
 * them. They are made by `npm run figures`. Those that need no port are made again here, two that need certain ports in
 * scenes.serial.test.ts; to make the others again, too, would take a minute.
 */
import { readdirSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { SCENES } from '../../../docs/picture/draw.js';
import { PASSWORD } from '../../../docs/picture/scene.js';
import { FOLDER, isAsKept, picture } from './kept.js';

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

for (const name of ['demo-lossy', 'demo-isolation', 'demo-exit', 'start', 'trace']) {
  test(`${name}, which needs no port, is drawn as it is kept (if not: npm run figures)`, () => isAsKept(name));
}

test.run();
