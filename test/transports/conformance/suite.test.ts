/*
 * The suite's own tests: transports that break one promise each, and exactly the cases that speak of that promise
 * fail. Every case is seen to fail for at least one of them. They are the network in memory with one thing broken.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { conformance } from '../../../transports/conformance/index.js';
import { memoryNetwork } from '../../../transports/memory/index.js';
import { broken } from './breaking.js';
import type { Broken } from './broken.js';
import { brokenBytes } from './bytes.broken.js';
import { brokenEnds } from './ends.broken.js';
import { brokenOpening, leaked } from './opening.broken.js';
import { brokenPressure } from './pressure.broken.js';
import { brokenTaps } from './taps.broken.js';

const all: readonly Broken[] = [...brokenBytes, ...brokenEnds, ...brokenPressure, ...brokenOpening, ...brokenTaps];
const KIB = 1024;
/** Long enough for a slow machine; reached only by those that stall, which run all at once. */
const TIME_LIMIT_MS = 5000;
let names = 0;

/** The cases for a transport, small and quick. */
function cases({ break: changes, resources = () => new Map() }: Pick<Broken, 'break' | 'resources'>) {
  return conformance({
    name: '',
    transport: broken(memoryNetwork(), changes),
    address: () => `memory:broken-${++names}`,
    largestBytes: 2048 * KIB,
    floodBytes: 512 * KIB,
    timeLimitMs: TIME_LIMIT_MS,
    resources,
  }).map(({ name, run }) => ({ name: name.trim(), run }));
}

/** The names of the cases that fail. */
async function failing(subject: Pick<Broken, 'break' | 'resources'>): Promise<string[]> {
  const ran = cases(subject).map(({ name, run }) =>
    run().then(
      () => [],
      () => [name],
    ),
  );
  return (await Promise.all(ran)).flat();
}

async function failsAsIntended(one: Broken): Promise<void> {
  assert.equal(await failing(one), [...one.fails], `One that ${one.what}`);
}

const test = suite('conformance of broken transports');

test.after(() => {
  for (const timer of leaked) clearInterval(timer);
});

test('a sound one passes', async () => {
  assert.equal(await failing({ break: {} }), []);
});

test('those that let a case wait in vain', async () => {
  await Promise.all(all.filter(({ stalls }) => stalls).map(failsAsIntended));
});

for (const one of all.filter(({ stalls }) => !stalls)) test(`one that ${one.what}`, () => failsAsIntended(one));

test('every case is seen to fail', () => {
  const seen = new Set(all.flatMap(({ fails }) => fails));
  const unseen = cases({ break: {} }).filter(({ name }) => !seen.has(name));
  assert.equal(
    unseen.map(({ name }) => name),
    [],
  );
});

test.run();
