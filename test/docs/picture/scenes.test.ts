/*
 * The kept pictures of terminals: one for every scene, each with words for those who cannot see it, and no password in
 * them. They are made by `npm run figures` and not in the tests, which must not depend on two free ports.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { SCENES } from '../../../docs/picture/draw.js';
import { PASSWORD } from '../../../docs/picture/scene.js';

const FOLDER = 'docs/figures/terminal';
const picture = (name: string) => readFileSync(`${FOLDER}/${name}.svg`, 'utf8');

test('every scene has its picture, and every picture its scene (if not: npm run figures)', () => {
  assert.equal(readdirSync(FOLDER).sort(), SCENES.map(({ name }) => `${name}.svg`).sort());
});

test('each says what it shows', () => {
  for (const { name, description } of SCENES) assert.ok(picture(name).includes(`<title>${description}</title>`), name);
});

test('no picture shows a password, but for nc, which shows what is typed', () => {
  const showing = SCENES.filter(({ name }) => new RegExp(`>${PASSWORD}\\b|password: ${PASSWORD}`).test(picture(name)));
  assert.equal(
    showing.map(({ name }) => name),
    ['nc'],
  );
});

test('every option of the menu has one', () => {
  const names = new Set(SCENES.map(({ name }) => name));
  for (const name of ['connect', 'create', 'exit', 'wrong-password', 'unknown-group', 'empty-name', 'name-taken'])
    assert.ok(names.has(name), name);
});

test.run();
