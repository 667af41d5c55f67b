/*
 * The table of frames is sound: codes and names are unique, everything is explained, choices fit a byte.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Field } from '../../../lib/wire/fields.js';
import { FRAME_BY_CODE, FRAMES, MAX_PAYLOAD_BYTES } from '../../../lib/wire/frames.js';

const declarations = Object.entries(FRAMES);

/** A field and all that it contains, each with its path. */
function allFields(path: string, field: Field): [string, Field][] {
  if (field.kind === 'list') return [[path, field], ...allFields(`${path}[]`, field.of)];
  if (field.kind !== 'record') return [[path, field]];
  return [[path, field], ...Object.entries(field.fields).flatMap(([name, member]) => allFields(`${path}.${name}`, member))];
}

const fields = declarations.flatMap(([type, { fields }]) =>
  Object.entries<Field>(fields).flatMap(([name, field]) => allFields(`${type}.${name}`, field)),
);

test('type codes are unique and fit a byte', () => {
  const codes = declarations.map(([, { code }]) => code);
  assert.is(new Set(codes).size, codes.length);
  assert.ok(codes.every((code) => Number.isInteger(code) && code >= 0 && code <= 0xff));
});

test('every frame is found by its code', () => {
  for (const [type, { code }] of declarations) assert.is(FRAME_BY_CODE.get(code)?.type, type);
});

test('every frame and every field says what it is', () => {
  for (const [type, { doc }] of declarations) assert.match(doc, /^[A-Z].*\.$/s, `${type}: one sentence`);
  for (const [path, { doc }] of fields) assert.ok(doc.length > 0, path);
});

test('the values of a choice are unique and fit a byte', () => {
  for (const [path, field] of fields) {
    if (field.kind !== 'choice') continue;
    const values = Object.values(field.values);
    assert.is(new Set(values).size, values.length, path);
    assert.ok(
      values.every((value) => value >= 0 && value <= 0xff),
      path,
    );
    assert.equal([...field.names.values()], Object.keys(field.values), path);
  }
});

test('a secret that depends on another field comes after that field', () => {
  for (const [type, { fields }] of declarations) {
    const names = Object.keys(fields);
    for (const [name, { secret }] of Object.entries<Field>(fields)) {
      if (typeof secret !== 'object') continue;
      assert.ok(names.indexOf(secret.when) >= 0 && names.indexOf(secret.when) < names.indexOf(name), `${type}.${name}`);
    }
  }
});

test('the limit of a payload fits the length in the header', () => {
  assert.ok(MAX_PAYLOAD_BYTES <= 0xffff);
});

test.run();
