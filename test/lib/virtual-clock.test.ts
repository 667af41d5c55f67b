/*
 * Virtual time: timers fire in order, at their time and not before, and turns end as they do in Node.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { VirtualClock } from '../../lib/virtual-clock.js';

const clock = suite('VirtualClock');

clock('timers fire in the order of their times, and of their setting where these are equal', () => {
  const time = new VirtualClock(0);
  const fired: string[] = [];
  const at = (ms: number, name: string) => time.setTimer(ms, () => fired.push(`${name}@${time.now()}`));
  at(20, 'c');
  at(10, 'a');
  at(10, 'b');
  at(30, 'd');
  time.advance(20);
  assert.equal(fired, ['a@10', 'b@10', 'c@20']);
  assert.is(time.now(), 20);
});

clock('a cancelled timer does not fire, and a timer may set another', () => {
  const time = new VirtualClock(0);
  const fired: number[] = [];
  time.setTimer(5, () => fired.push(-1)).cancel();
  time.setTimer(10, () => time.setTimer(10, () => fired.push(time.now())));
  time.advance(100);
  assert.equal(fired, [20]);
});

clock('what waits for the end of the turn runs before the next timer, and after this one', () => {
  const time = new VirtualClock(0);
  const order: string[] = [];
  time.setTimer(1, () => {
    time.afterTurn(() => order.push('turn ended'));
    order.push('first timer');
  });
  time.setTimer(1, () => order.push('second timer'));
  time.advance(1);
  assert.equal(order, ['first timer', 'turn ended', 'second timer']);
});

clock('a timer never fires within the call that sets it', () => {
  const time = new VirtualClock(0);
  let fired = false;
  time.setTimer(0, () => {
    fired = true;
  });
  assert.not(fired);
  time.endTurn();
  assert.ok(fired);
});

clock('while it stands, nothing moves it: no end of a turn, no timer, even one that is due at the same moment', () => {
  let stands = false;
  const time = new VirtualClock(0, () => stands);
  const seen: string[] = [];
  time.setTimer(10, () => {
    seen.push('first');
    stands = true;
  });
  time.setTimer(10, () => seen.push('second'));
  time.advance(50);
  time.advance(50);
  assert.equal(seen, ['first']);
  assert.is(time.now(), 10);
  stands = false;
  time.advance(40);
  assert.equal(seen, ['first', 'second']);
  assert.is(time.now(), 50);
});

clock.run();
