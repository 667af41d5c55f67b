/*
 * A run is a pure function of settings and interventions: the same again, the same past after an intervention, the same
 * however far it is made at a time. And what its packets do on their way.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { experiment, LAB_ARQ } from '../../../lab/index.js';
import {
  CHOICES,
  type Flight,
  INTERVENTIONS,
  type Intervention,
  RUN_DEFAULTS,
  Run,
  type RunEvent,
  type RunSettings,
  shareAt,
  toJsonLines,
  transmissionMs,
} from '../../../lab/run/index.js';

const test = suite('lab: a run');

/** Settings of all kinds, on a line where something happens. */
const settings: fc.Arbitrary<RunSettings> = fc.record({
  arq: fc.constantFrom(...CHOICES.arq),
  congestion: fc.constantFrom(...CHOICES.congestion),
  profile: fc.constantFrom(...CHOICES.profile),
  counts: fc.constantFrom(...CHOICES.counts),
  window: fc.integer({ min: 1, max: 16 }),
  segments: fc.constantFrom(0, 5, 40),
  everyMs: fc.constantFrom(0, 0, 30),
  loss: fc.constantFrom(0, 0.1, 0.4),
  ackLoss: fc.constantFrom(0, 0.1),
  delayMs: fc.integer({ min: 1, max: 300 }),
  jitterMs: fc.constantFrom(0, 12.5),
  reorder: fc.constantFrom(0, 0.1),
  kbit: fc.constantFrom(64, 240, 2000),
  queueKb: fc.constantFrom(4, 64),
  forgedSyns: fc.constantFrom(0, 2),
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
});

const EVENTS = 300;

const duration = ({ path }: Flight) => (path.at(-1)?.at ?? 0) - (path[0]?.at ?? 0);

function traceOf(run: Run, events: readonly RunEvent[] = run.events): string[] {
  return toJsonLines(run.settings, [], events).split('\n').slice(1, -1);
}

test('the same settings are the same run, made at once or a little at a time', () => {
  fc.assert(
    fc.property(settings, (all) => {
      const [whole, bits] = [new Run(all), new Run(all)];
      whole.make(EVENTS);
      const until = whole.events.at(-1)?.at ?? 0;
      for (let at = 0; at < until; at += until / 50 + 1) bits.advance(at);
      bits.advance(until);
      whole.advance(until);
      assert.equal(traceOf(bits), traceOf(whole));
    }),
    { numRuns: 40 },
  );
});

test('an intervention leaves the past as it was, and happens to the packet that was meant', () => {
  let happened = 0;
  fc.assert(
    fc.property(
      settings,
      fc.constantFrom(...INTERVENTIONS),
      fc.nat(),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (all, does, pick, share) => {
        const before = new Run(all);
        before.make(EVENTS);
        const flying = before.packets.filter(({ flights: [flight] }) => flight?.end === 'arrived' && duration(flight) > 0);
        const packet = flying[pick % flying.length];
        const path = packet?.flights[0]?.path;
        if (!packet || !path) return;
        const [begin, end] = [path[0]?.at ?? 0, path.at(-1)?.at ?? 0];
        const atMs = begin + share * (end - begin);
        const after = new Run(all, [{ does, packet: packet.n, atMs, byMs: 50 }]);
        after.make(EVENTS + 1);
        const past = (run: Run) =>
          traceOf(
            run,
            run.events.filter(({ at }) => at < atMs),
          );
        assert.equal(past(after), past(before));
        const told = after.events.find(({ type }) => type === does);
        assert.ok(told && 'packet' in told && told.packet.n === packet.n && told.at === atMs, 'it is told when it happens');
        happened += 1;
      },
    ),
    { numRuns: 90 },
  );
  assert.ok(happened > 60, `only ${happened}`);
});

test('several interventions in any order of writing are one run', () => {
  const list: Intervention[] = [
    { does: 'kill', packet: 6, atMs: 450, byMs: 0 },
    { does: 'delay', packet: 7, atMs: 500, byMs: 300 },
    { does: 'copy', packet: 5, atMs: 410, byMs: 20 },
  ];
  const [one, other] = [new Run({ ...RUN_DEFAULTS, loss: 0 }, list), new Run({ ...RUN_DEFAULTS, loss: 0 }, [...list].reverse())];
  one.make(EVENTS);
  other.make(EVENTS);
  assert.equal(traceOf(one), traceOf(other));
  assert.equal(
    one.events.flatMap(({ type }) => (type === 'kill' || type === 'delay' || type === 'copy' ? [type] : [])),
    ['copy', 'kill', 'delay'],
  );
});

test('killed: it breaks off there and never arrives; delayed: it arrives so much later; copied: it arrives twice', () => {
  const all = { ...RUN_DEFAULTS, loss: 0 };
  const plain = new Run(all);
  plain.make(EVENTS);
  const arrivals = (run: Run, n: number) =>
    run.events.filter((event) => event.type === 'arrived' && event.packet.n === n).map(({ at }) => at);
  const [at] = arrivals(plain, 6) as [number];
  const does = (intervention: Omit<Intervention, 'packet' | 'atMs'>) => {
    const run = new Run(all, [{ ...intervention, packet: 6, atMs: at - 60 }]);
    run.make(EVENTS);
    return run;
  };
  const killed = does({ does: 'kill', byMs: 0 });
  assert.equal(arrivals(killed, 6), []);
  const [flight] = killed.packets[5]?.flights ?? [];
  assert.ok(flight && flight.end === 'killed');
  assert.is(shareAt(flight, at - 60), 0.5, '120 ms on its way, killed half way');
  assert.is(shareAt(flight, at - 59), undefined);
  const delayed = does({ does: 'delay', byMs: 100 });
  assert.equal(arrivals(delayed, 6), [at + 100]);
  assert.ok(arrivals(delayed, 7)[0] === arrivals(plain, 7)[0], 'the next one overtakes it');
  assert.equal(arrivals(does({ does: 'copy', byMs: 10 }), 6), [at, at + 10]);
});

test('an intervention on a packet that is not on its way does nothing', () => {
  const all = { ...RUN_DEFAULTS, loss: 0 };
  const [plain, other] = [
    new Run(all),
    new Run(all, [
      { does: 'kill', packet: 6, atMs: 5, byMs: 0 },
      { does: 'kill', packet: 9999, atMs: 500, byMs: 0 },
    ]),
  ];
  plain.make(EVENTS);
  other.make(EVENTS);
  assert.equal(traceOf(other), traceOf(plain));
});

test('the window holds: never more unacknowledged than it allows', () => {
  for (const arq of CHOICES.arq) {
    const run = new Run({ ...RUN_DEFAULTS, arq, window: 3 });
    run.make(2000);
    const most = arq === 'stop-and-wait' ? 1 : arq === 'sack' ? 7 : 3;
    for (const { sender, at } of run.events) assert.ok(sender.unacked.length <= most, `${arq} at ${at}: ${sender.unacked.length}`);
  }
});

test('without losses the line is used as the formula says', () => {
  const run = new Run({ ...RUN_DEFAULTS, loss: 0, window: 3 });
  run.make(3000);
  const used = run.utilisationAt(run.events.at(-1) as RunEvent) ?? 0;
  const a = RUN_DEFAULTS.delayMs / transmissionMs(RUN_DEFAULTS);
  assert.ok(Math.abs(used - 3 / (1 + 2 * a)) < 0.01, `${used}`);
});

test('without losses it delivers when lab/experiment.ts does, on the same line', () => {
  for (const arq of LAB_ARQ) {
    for (const window of [1, 3, 9]) {
      const all = { ...RUN_DEFAULTS, arq, window, loss: 0 };
      const [run, other] = [new Run(all), experiment({ arq, window, loss: 0, a: 2, counts: 'outstanding' }, 1)];
      run.make(600);
      const theirs: number[] = [];
      for (let delivered = 0; theirs.length < 100; delivered = other.delivered) {
        other.step();
        if (other.delivered > delivered) theirs.push(other.now);
      }
      const ours = run.events.filter(({ receiver }, index) => receiver.delivered > (run.events[index - 1]?.receiver.delivered ?? 0));
      const inPackets = ours.map(({ at }) => (at - run.openedAt) / transmissionMs(all));
      assert.equal(inPackets.slice(0, 100), theirs, `${arq}, window ${window}`);
    }
  }
});

test('a counted supply ends: all is delivered, both ends are gone, and nothing is left to happen', () => {
  for (const arq of CHOICES.arq) {
    const run = new Run({ ...RUN_DEFAULTS, arq, segments: 7, ackLoss: 0.1 });
    run.make(5000);
    assert.is(run.next, Number.POSITIVE_INFINITY, arq);
    const end = run.events.at(-1) as RunEvent;
    assert.is(end.receiver.delivered, 7, arq);
    assert.is(end.receiver.connections, 0, arq);
  }
});

test('what happened by a time is found', () => {
  const run = new Run(RUN_DEFAULTS);
  run.make(EVENTS);
  for (const at of [-1, 0, 119.9, 120, 333.3, 1e9]) {
    const plainly = run.events.filter((event) => event.at <= at).length;
    assert.is(run.countAt(at), plainly);
  }
});

test.run();
