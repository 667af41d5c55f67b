/*
 * The holder by itself, in virtual time: every packet gets exactly one fate, in order, whatever keys are pressed; and
 * when it opens nothing is left behind.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { VirtualClock } from '../../../lib/index.js';
import { createHolder, type Holder } from '../../../tracer/proxy/index.js';
import type { Passing } from '../../../transports/link/index.js';

const test = suite('holder');

function world() {
  const clock = new VirtualClock();
  const fates: string[] = [];
  const holder = createHolder({ clock });
  const come = (name: string) => {
    const packet: Passing = {
      ...{ from: 'client', datagram: Buffer.from(name), atMs: clock.now() },
      pass() {
        fates.push(name);
        return name === 'gone' ? { fate: 'lost' } : undefined;
      },
      twice: () => void fates.push(name, name),
      drop: () => void fates.push(`${name} lost`),
    };
    holder.hold(packet);
  };
  return { clock, fates, holder, come };
}

test('each key acts on the oldest', () => {
  const { clock, fates, holder, come } = world();
  for (const name of ['a', 'b', 'c', 'd']) come(name);
  assert.equal(fates, []);
  assert.is(holder.held.length, 4);
  holder.letGo();
  holder.kill();
  holder.delay(1000);
  holder.duplicate();
  assert.equal(fates, ['a', 'b lost', 'd', 'd']);
  assert.is(holder.delayed, 1);
  clock.advance(1000);
  assert.equal(fates, ['a', 'b lost', 'd', 'd', 'c']);
  assert.is(holder.sinceMs, undefined);
  for (const act of ['letGo', 'kill', 'duplicate'] as const) holder[act]();
  holder.delay(5);
  assert.is(fates.length, 5);
});

test('it knows since when the oldest waits, a delayed one, too', () => {
  const { clock, holder, come } = world();
  const start = clock.now();
  come('a');
  clock.advance(10);
  come('b');
  assert.is(holder.sinceMs, start);
  holder.delay(100);
  assert.is(holder.sinceMs, start);
  clock.advance(100);
  assert.is(holder.sinceMs, start + 10);
});

test('it runs on to a kind of packet, and to what the network does', () => {
  const { fates, holder, come } = world();
  for (const name of ['a', 'b', 'x']) come(name);
  holder.runOn({ before: ({ datagram }) => String(datagram) === 'x' });
  assert.equal(fates, ['a', 'b']);
  assert.is(holder.held.length, 1);
  holder.runOn({ after: (fate) => fate?.fate === 'lost' });
  for (const name of ['c', 'd', 'gone', 'e']) come(name);
  assert.equal(fates, ['a', 'b', 'x', 'c', 'd', 'gone']);
  assert.equal(
    holder.held.map(({ datagram }) => String(datagram)),
    ['e'],
  );
});

test('whoever has enough of running on holds the next one', () => {
  const { fates, holder, come } = world();
  holder.runOn({});
  come('a');
  assert.ok(holder.runsOn);
  holder.letGo();
  come('b');
  assert.equal(fates, ['a']);
  assert.is(holder.held.length, 1);
});

test('when it opens, all go, and nothing is held any more', () => {
  const { clock, fates, holder, come } = world();
  for (const name of ['a', 'b', 'c']) come(name);
  holder.delay(1000);
  holder.open();
  come('d');
  clock.advance(5000);
  assert.equal(fates, ['a', 'b', 'c', 'd']);
});

test('whatever is pressed, every packet has one fate', () => {
  const keys: readonly ((holder: Holder) => void)[] = [
    (holder) => holder.letGo(),
    (holder) => holder.kill(),
    (holder) => holder.delay(50),
    (holder) => holder.duplicate(),
    (holder) => holder.runOn({ before: ({ datagram }) => datagram.at(-1) === 0x33 }), // a name that ends in 3
    (holder) => holder.runOn({ after: () => true }),
  ];
  fc.assert(
    fc.property(fc.array(fc.nat({ max: keys.length + 1 }), { maxLength: 60 }), (presses) => {
      const { clock, fates, holder, come } = world();
      let came = 0;
      for (const press of presses) {
        if (press < keys.length) keys[press]?.(holder);
        else if (press === keys.length) clock.advance(20);
        else {
          came += 1;
          come(`p${came}`);
        }
      }
      holder.open();
      const told = fates.map((fate) => fate.replace(' lost', ''));
      assert.is(new Set(told).size, came);
      for (const name of new Set(told)) assert.ok(fates.filter((fate) => fate.startsWith(`${name} `) || fate === name).length <= 2);
    }),
  );
});

test.run();
