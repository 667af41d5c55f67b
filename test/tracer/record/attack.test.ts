/*
 * An attack on what a recorder lets out: everything that is left (bytes, lengths, checksums, how many events there are)
 * is compared over all passwords of four digits, and over passwords of other lengths. Nothing must differ.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Tap } from '../../../lib/trace.js';
import { findings } from '../redact/searched.js';
import { datagrams, framed, framedInTwo, record, type Secrets, typed } from './seen.js';

const test = suite('attack');
const TOKEN = Uint8Array.from({ length: 16 }, (_, i) => 130 + 3 * i);
const runs: Readonly<Record<string, (tap: Tap, secrets: Secrets) => void>> = {
  'frames over TCP': framed,
  'frames over UDP': datagrams,
  'a plain-text door, letter by letter': typed('letters'),
  'a plain-text door, line by line': typed('lines'),
  'a plain-text door, all at once': typed('at once'),
};

/** The slow ones try every so many-th. */
const STEPS: Readonly<Record<string, number>> = {
  'frames over TCP': 7,
  'a plain-text door, letter by letter': 97,
  'a plain-text door, all at once': 13,
};

const written = (events: readonly unknown[]): string =>
  JSON.stringify(events, (key, value: unknown) => {
    if (key === 'at') return undefined; // letters take their time
    return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
  });

for (const [name, run] of Object.entries(runs)) {
  const step = STEPS[name] ?? 1;

  test(`${name}: ${step === 1 ? 'all' : 'some'} passwords of four digits look the same`, () => {
    const shown = written(record(run, { password: '4711', token: TOKEN }));
    const others: string[] = [];
    for (let pin = 0; pin < 10_000; pin += step) {
      const password = String(pin).padStart(4, '0');
      if (written(record(run, { password, token: TOKEN })) !== shown) others.push(password);
    }
    assert.equal(others, [], 'these could be told from the rest');
  });

  test(`${name}: passwords of other lengths and other tokens look the same, and none can be found`, () => {
    const shown = written(record(run, { password: '4711', token: TOKEN }));
    for (const [password, fill] of [
      ['x', 1],
      ['•••', 2],
      ['correct horse battery staple', 3],
      ['Schlüssel'.repeat(14), 4],
    ] as const) {
      const secrets = { password, token: new Uint8Array(16).fill(fill).map((byte, i) => byte * 31 + i) };
      const events = record(run, secrets);
      assert.is(written(events), shown);
      if (password.length > 3) assert.equal(findings(events, password), []);
      assert.equal(findings(events, secrets.token), []);
    }
  });

  test(`${name}: with secrets shown the attack finds them, so it would`, () => {
    const secrets = { password: 'hunter2', token: TOKEN };
    assert.ok(findings(record(run, secrets, true), 'hunter2').length > 0);
    assert.is.not(written(record(run, secrets, true)), written(record(run, { ...secrets, password: 'hunter3' }, true)));
  });
}

test('frames over TCP, each cut in two at every place: nothing differs and nothing is found', () => {
  const shown = written(record(framedInTwo(1), { password: '4711', token: TOKEN }));
  for (let place = 0; place < 60; place += 1) {
    const events = record(framedInTwo(place), { password: '0815', token: TOKEN });
    assert.is(written(events), shown);
    assert.equal(findings(events, '0815'), []);
    assert.equal(findings(events, TOKEN), []);
  }
});

test.run();
