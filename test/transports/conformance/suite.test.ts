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
/** For a case that has to fail, and may fail by waiting in vain; and for one that has to pass, on the slowest machine. */
const TIME_LIMIT_MS = { fails: 3_000, passes: 100_000 } as const;
let names = 0;

/** The cases for a transport, small and quick. */
function cases({ break: changes, resources = () => new Map() }: Pick<Broken, 'break' | 'resources'>, timeLimitMs: number) {
  return conformance({
    name: '',
    transport: broken(memoryNetwork(), changes),
    address: () => `memory:broken-${++names}`,
    largestBytes: 2048 * KIB,
    floodBytes: 512 * KIB,
    timeLimitMs,
    resources,
  }).map(({ name, run }) => ({ name: name.trim(), run }));
}

/** The names of the cases that fail; those that should are given less time. */
async function failing(subject: Pick<Broken, 'break' | 'resources' | 'fails'>): Promise<string[]> {
  const impatient = new Map(cases(subject, TIME_LIMIT_MS.fails).map(({ name, run }) => [name, run]));
  const ran = cases(subject, TIME_LIMIT_MS.passes).map(({ name, run }) =>
    ((subject.fails.includes(name) && impatient.get(name)) || run)().then(
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
  assert.equal(await failing({ break: {}, fails: [] }), []);
});

test('those that let a case wait in vain', async () => {
  await Promise.all(all.filter(({ stalls }) => stalls).map(failsAsIntended));
});

for (const one of all.filter(({ stalls }) => !stalls)) test(`one that ${one.what}`, () => failsAsIntended(one));

test('every case is seen to fail', () => {
  const seen = new Set(all.flatMap(({ fails }) => fails));
  const unseen = cases({ break: {} }, TIME_LIMIT_MS.passes).filter(({ name }) => !seen.has(name));
  assert.equal(
    unseen.map(({ name }) => name),
    [],
  );
});

test.run();
