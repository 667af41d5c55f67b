/*
 * The array of things by their numbers, held against a Map.
 */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Numbered } from '../../../../transports/udp/engine/numbered.js';

type Step = { readonly do: 'add'; readonly gap: number } | { readonly do: 'take'; readonly which: number } | { readonly do: 'clear' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('add' as const), gap: fc.nat(3) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('take' as const), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'clear' } as const) },
);

/** Does the same to both, and says which number an `add` used last. */
function perform(one: Step, numbered: Numbered<string>, map: Map<number, string>, last: number): number {
  if (one.do === 'clear') {
    numbered.clear();
    map.clear();
  } else if (one.do === 'add') {
    const number = last + 1 + one.gap;
    numbered.add(number, `thing ${number}`);
    map.set(number, `thing ${number}`);
    return number;
  } else {
    // the oldest most often, as with ACKs; sometimes one that is not there
    const number = [...map.keys()][one.which] ?? last - one.which;
    assert.is(numbered.take(number), map.get(number));
    map.delete(number);
  }
  return last;
}

function assertSame(numbered: Numbered<string>, map: Map<number, string>): void {
  assert.is(numbered.size, map.size);
  assert.equal([...numbered.values()], [...map.values()]);
  const [oldest] = map.entries();
  assert.is(numbered.oldest, oldest?.[1]);
  if (oldest) assert.is(numbered.first, oldest[0]);
}

test('is a Map whose numbers only rise', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const numbered = new Numbered<string>();
      const map = new Map<number, string>();
      let last = 0;
      for (const one of steps) {
        last = perform(one, numbered, map, last);
        assertSame(numbered, map);
      }
    }),
  );
});

test('stays right while places in front are given back', () => {
  const numbered = new Numbered<number>();
  for (let number = 0; number < 10_000; number += 1) {
    numbered.add(number, number);
    if (number >= 10) assert.is(numbered.take(number - 10), number - 10);
    assert.is.not(numbered.get(number), undefined);
    assert.is(numbered.get(number - 10), undefined);
  }
  assert.equal([...numbered.values()], [9990, 9991, 9992, 9993, 9994, 9995, 9996, 9997, 9998, 9999]);
});

test('what is looked at may be taken out', () => {
  const numbered = new Numbered<number>();
  for (let number = 5; number < 3000; number += 1) numbered.add(number, number);
  const seen: number[] = [];
  for (const number of numbered.values()) {
    seen.push(number);
    numbered.take(number);
  }
  assert.is(seen.length, 2995);
  assert.is(numbered.size, 0);
});

test.run();
