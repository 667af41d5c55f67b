/*
 * A run in the page's address: what is written is read again, exactly; what is nonsense gives a run all the same, and a
 * sentence for each thing that was not understood.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fromHash, MOST_DEEDS, toHash } from '../../../gui/lab/address.js';
import { CHOICES, INTERVENTIONS, NUMBERS, PRESETS, RUN_DEFAULTS, Run, type RunSettings } from '../../../lab/run/index.js';

const test = suite('the lab’s address');

const numbers = Object.entries(NUMBERS).map(([name, { least, most, isWhole }]) => [
  name,
  isWhole ? fc.integer({ min: least, max: most }) : fc.double({ min: least, max: most, noNaN: true }).map((value) => value + 0),
]);
const choices = Object.entries(CHOICES).map(([name, list]) => [name, fc.constantFrom(...(list as readonly string[]))]);
const settings = fc.record(
  Object.fromEntries([...numbers, ...choices]) as Record<string, fc.Arbitrary<unknown>>,
) as unknown as fc.Arbitrary<RunSettings>;
const ms = fc.integer({ min: 0, max: 50_000_000 }).map((value) => value / 16);
const deeds = fc.array(
  fc
    .record({ does: fc.constantFrom(...INTERVENTIONS), packet: fc.integer({ min: 1, max: 9999 }), atMs: ms, byMs: ms })
    .map((deed) => ({ ...deed, ...(deed.does === 'kill' && { byMs: 0 }) })),
  { maxLength: 10 },
);

test('what is written is read again, exactly', () => {
  fc.assert(
    fc.property(settings, deeds, (of, does) => {
      assert.equal(fromHash(toHash(of, does)), { settings: { ...of }, interventions: does, problems: [] });
    }),
  );
});

test('the usual run has no address, and the lessons have short ones', () => {
  assert.is(toHash(RUN_DEFAULTS, []), '');
  for (const { settings: of, interventions } of Object.values(PRESETS)) {
    assert.equal(fromHash(toHash(of, interventions)), { settings: of, interventions, problems: [] });
    assert.ok(toHash(of, interventions).length < 160);
  }
});

test('the times of events are exact in the address', () => {
  const run = new Run({ ...RUN_DEFAULTS, kbit: 777, profile: 'chat', jitterMs: 3 });
  run.make(300);
  for (const { at } of run.events.filter(({ at: time }) => time > 1e-3)) {
    const does = [{ does: 'kill', packet: 1, atMs: at, byMs: 0 }] as const;
    assert.equal(fromHash(toHash(RUN_DEFAULTS, does)).interventions, does);
  }
});

for (const [hash, sentence] of [
  ['#window=many', /window=many.*whole number from 1 to 256/],
  ['#window=', /whole number/],
  ['#window=0', /from 1 to 256/],
  ['#window=2.5', /whole number/],
  ['#loss=1', /from 0 to 0.9/],
  ['#loss=NaN', /from 0 to 0.9/],
  ['#delayMs=Infinity', /from 1 to 5,000/],
  ['#arq=magic', /one of stop-and-wait, go-back-n/],
  ['#colour=red', /“colour”, which is no setting/],
  ['#constructor=1', /“constructor”, which is no setting/],
  ['#__proto__=1', /no setting/],
  ['#do=explode.1.2', /explode.1.2.*kill.PACKET.MS/],
  ['#do=kill.0.5', /kill.PACKET.MS/],
  ['#do=kill.1.-5', /kill.PACKET.MS/],
  ['#do=delay.1.5', /delay.PACKET.MS.BY/],
  ['#do=kill.1.99999999999', /kill.PACKET.MS/],
  [`#do=${'kill.1.5,'.repeat(MOST_DEEDS + 1)}`, /more than 200 things/],
] as const) {
  test(`${hash.slice(0, 40)}: a sentence, and a run all the same`, () => {
    const { settings: of, problems } = fromHash(hash);
    assert.is(problems.length, 1);
    assert.match(problems[0] as string, sentence);
    assert.equal(of, RUN_DEFAULTS);
  });
}

test('whatever stands there, the settings are valid', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const { settings: of, interventions } = fromHash(`#${text}`);
      for (const [name, { least, most }] of Object.entries(NUMBERS)) {
        const value = of[name as keyof typeof NUMBERS];
        assert.ok(value >= least && value <= most);
      }
      assert.ok(interventions.length <= MOST_DEEDS);
    }),
  );
});

test.run();
