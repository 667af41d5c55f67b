/*
 * Members who do not read: cut off above 1 MiB, or when nothing moves above 256 KiB for 10 s, or as the largest
 * of too much in all; and whoever moves, however slowly, stays.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ServerLimits } from '../../../lib/server/limits.js';
import { hello, pong, say } from './client-frames.js';
import { Rig } from './rig.js';
import type { RigLink } from './rig-link.js';

const test = suite('server machine: what is unsent');
const KIB = 1024;
const TEXT = 'x'.repeat(4_000);

function unlimited(limits: Partial<ServerLimits> = {}): Rig {
  return new Rig({ limits: { messagesPerSecond: Number.POSITIVE_INFINITY, ...limits } });
}

let said = 0;

/** Lets a member say so much that about so many bytes more wait for the others. */
function fill(rig: Rig, speaker: RigLink, bytes: number): void {
  for (let left = bytes; left > 0; left -= 4_000) rig.send(speaker, say(++said, TEXT));
  rig.flush();
}

/** Time passes, and the others give signs of life. */
function pass(rig: Rig, ms: number, ...alive: readonly RigLink[]): void {
  for (let left = ms; left > 0; left -= 1_000) {
    for (const link of alive) rig.send(link, pong);
    rig.pass(Math.min(1_000, left));
  }
}

test('more than 1 MiB unsent: cut off at once as a slow consumer, the seat kept, the others unharmed', () => {
  const rig = unlimited();
  const [ann, bob, cid] = rig.group('Ann', 'Bob', 'Cid');
  bob.reads = false;
  fill(rig, ann, 1_000_000);
  assert.is(bob.aborted, undefined);
  fill(rig, ann, 60_000);
  assert.is(bob.aborted, 'overflow');
  assert.is(rig.eventsOf('closed').at(-1)?.reason, 'slow-consumer');
  rig.flush();
  assert.equal(cid.comings, ['Bob lost']);
  assert.equal([cid.heard.length, cid.aborted, ann.aborted], [265, undefined, undefined]);
});

test('above 256 KiB and nothing taken for 10 s: cut off', () => {
  const rig = unlimited();
  const [ann, bob] = rig.group('Ann', 'Bob');
  bob.reads = false;
  fill(rig, ann, 270 * KIB);
  pass(rig, 9_000, ann, bob);
  assert.is(bob.aborted, undefined);
  pass(rig, 1_000, ann, bob);
  assert.is(bob.aborted, 'overflow');
});

test('one that takes a little every 9 s stays', () => {
  const rig = unlimited();
  const [ann, bob] = rig.group('Ann', 'Bob');
  bob.reads = false;
  fill(rig, ann, 600 * KIB);
  for (let i = 0; i < 20; i++) {
    pass(rig, 9_000, ann, bob);
    rig.takeUnsent(bob, 10);
  }
  assert.is(bob.aborted, undefined);
  pass(rig, 11_000, ann, bob);
  assert.is(bob.aborted, 'overflow');
});

test('one that takes and is sent as much at the same time makes progress', () => {
  const rig = unlimited();
  const [ann, bob] = rig.group('Ann', 'Bob');
  bob.reads = false;
  fill(rig, ann, 600 * KIB);
  for (let i = 0; i < 30; i++) {
    rig.takeUnsent(bob, 8_000);
    fill(rig, ann, 8_000);
    pass(rig, 1_000, ann, bob);
  }
  assert.is(bob.aborted, undefined);
});

test('below 256 KiB one may sleep for long', () => {
  const rig = unlimited();
  const [ann, bob] = rig.group('Ann', 'Bob');
  bob.reads = false;
  fill(rig, ann, 240 * KIB);
  pass(rig, 120_000, ann, bob);
  assert.is(bob.aborted, undefined);
});

test('a text member is cut off, too, and has left then', () => {
  const rig = unlimited();
  const [ann] = rig.group('Ann');
  const tess = rig.joinAs('Tess', ann.group, 'secret', { codec: 'text' });
  tess.reads = false;
  fill(rig, ann, 1_100_000);
  rig.flush();
  assert.is(tess.aborted, 'overflow');
  assert.equal(ann.comings, ['Tess joined', 'Tess left']);
});

test('64 MiB in all: the largest is cut off, and only it', () => {
  const rig = unlimited();
  const [ann, ...others] = rig.group('Ann', ...(Array.from({ length: 70 }, (_, i) => `Member ${i}`) as [string]));
  assert.ok(ann);
  const [largest] = others;
  for (const link of others) link.reads = false;
  largest.unsentBytes = 40 * KIB; // it has a little more than the others
  fill(rig, ann, 930 * KIB);
  const cut = others.filter(({ aborted }) => aborted);
  assert.equal(cut, [largest]);
  assert.is(rig.eventsOf('closed').length, 1);
  const left = others.filter(({ aborted }) => !aborted).reduce((sum, { unsentBytes }) => sum + unsentBytes, 0);
  assert.ok(left <= 64 * KIB * KIB);
});

test('a smaller sum is kept, too; what was cut off or taken counts no more', () => {
  const rig = unlimited({ maxTotalUnsentBytes: 100_000 });
  const [ann, bob, cid] = rig.group('Ann', 'Bob', 'Cid');
  bob.reads = false;
  fill(rig, ann, 90_000);
  assert.is(bob.aborted, undefined);
  cid.reads = false;
  fill(rig, ann, 10_000);
  assert.equal([bob.aborted, cid.aborted], ['overflow', undefined]);
  fill(rig, ann, 60_000);
  assert.is(cid.aborted, undefined);
  rig.takeUnsent(cid, 60_000);
  fill(rig, ann, 60_000);
  assert.is(cid.aborted, undefined);
});

test('who was cut off comes back and is told what it missed', () => {
  const rig = unlimited();
  const [ann, bob] = rig.group('Ann', 'Bob');
  bob.reads = false;
  fill(rig, ann, 1_060_000);
  assert.is(bob.aborted, 'overflow');
  const back = rig.connect();
  rig.send(back, hello(bob.token, 0));
  rig.flush();
  assert.is(back.last('JOINED').resumed, 'gap');
  assert.is(back.heard.length, 32); // 256 KiB of history, two bytes a character
});

test('after BYE, too, one that does not read is dropped in time', () => {
  const rig = unlimited();
  const [ann, bob] = rig.group('Ann', 'Bob');
  bob.reads = false;
  bob.lingers = true;
  fill(rig, ann, 500_000);
  rig.send(bob, { type: 'BYE', code: 'exit', text: '', retryAfterMs: 0 });
  rig.pass(1_000);
  assert.is(bob.aborted, 'timeout');
});

/** Members who do not read, and whose transports have not yet said that they are full. */
function deafGroup(rig: Rig, count: number): readonly [speaker: RigLink, deaf: readonly RigLink[]] {
  const [ann, ...deaf] = rig.group('Ann', ...Array.from({ length: count }, (_, i) => `Member ${i}`));
  for (const link of deaf) {
    link.reads = false;
    link.isFull = false;
  }
  return [ann, deaf];
}

test('many with a little unsent each count, too, a second later', () => {
  const rig = unlimited({ maxTotalUnsentBytes: 100_000 });
  const [ann, deaf] = deafGroup(rig, 20);
  fill(rig, ann, 8_000);
  assert.equal(rig.eventsOf('closed'), []);
  pass(rig, 2_000, ann);
  const left = deaf.filter(({ aborted }) => !aborted);
  assert.ok(left.reduce((sum, { unsentBytes }) => sum + unsentBytes, 0) <= 100_000);
  assert.is(left.length, 12);
  assert.equal(new Set(rig.eventsOf('closed').map(({ reason }) => reason)), new Set(['slow-consumer']));
});

test('what only waits for the turn to end harms nobody, however much it is in all', () => {
  const rig = unlimited({ maxTotalUnsentBytes: 100_000 });
  const [ann, deaf] = deafGroup(rig, 20);
  for (let i = 0; i < 10; i++) {
    fill(rig, ann, 8_000);
    for (const link of deaf) rig.takeUnsent(link, 8_200);
    pass(rig, 700, ann, ...deaf);
  }
  assert.equal(rig.eventsOf('closed'), []);
});

test('a figure does not stay when what was unsent has gone, and then nothing is measured any more', () => {
  const rig = unlimited();
  const [ann, [bob]] = deafGroup(rig, 1) as [RigLink, [RigLink]];
  fill(rig, ann, 8_000);
  pass(rig, 1_000, ann, bob);
  assert.ok(bob.peer.unsentBytes > 8_000);
  rig.takeUnsent(bob, 10_000);
  pass(rig, 1_000, ann, bob);
  assert.equal([bob.peer.unsentBytes, bob.peer.measureAt], [0, Number.POSITIVE_INFINITY]);
});

test.run();
