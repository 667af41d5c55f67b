/*
 * Each lesson shows what it says: read from its run, event by event.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PRESETS, type PresetName, Run, type RunEvent, segmentsOf } from '../../../lab/run/index.js';

const test = suite('lab: the lessons');

function play(name: PresetName, events = 5000): Run {
  const { settings, interventions } = PRESETS[name];
  const run = new Run(settings, interventions);
  run.make(events);
  return run;
}
const last = ({ events }: Run): RunEvent => events.at(-1) as RunEvent;
const happened = ({ events }: Run, type: RunEvent['type']) => events.filter((event) => event.type === type);
const causes = (run: Run) => run.packets.flatMap(({ again }) => again.map(({ cause }) => cause));

for (const [name, { interventions }] of Object.entries(PRESETS)) {
  test(`${name}: every intervention comes to pass`, () => {
    const run = play(name as PresetName);
    const did = run.events.filter(({ type }) => type === 'kill' || type === 'delay' || type === 'copy');
    assert.equal(
      did.map((event) => [event.type, 'packet' in event && event.packet.n, event.at]),
      interventions.map(({ does, packet, atMs }) => [does, packet, atMs]),
    );
  });
}

test('lost data: one segment is killed, the others are kept, and only that one is sent again, by its timer', () => {
  const run = play('lost-data');
  const [killed] = happened(run, 'kill');
  assert.ok(killed && 'packet' in killed);
  const [segment] = segmentsOf(killed.packet);
  assert.equal(
    run.packets.flatMap(({ again }) => again),
    [{ segment, cause: 'timeout' }],
  );
  assert.ok(
    run.events.some(({ receiver }) => receiver.next === segment && receiver.early.length === 4),
    'the window fills behind the gap',
  );
  assert.is(last(run).receiver.delivered, 14);
  assert.is(last(run).receiver.duplicates, 0);
});

test('lost ACK: the first is covered by the next, the last ones are not, and what they acknowledged comes twice', () => {
  const run = play('lost-ack');
  const killed = happened(run, 'kill').flatMap((event) => ('packet' in event ? [event.packet] : []));
  assert.is(killed.length, 3);
  for (const packet of killed) assert.ok(packet.from === 'receiver' && packet.frames.some(({ type }) => type === 'ACK'));
  const firstAgain = run.packets.find(({ again }) => again.length > 0);
  assert.ok(firstAgain && firstAgain.sentAt > (killed[2]?.sentAt ?? 0), 'nothing is sent again for the first');
  assert.equal(new Set(causes(run)), new Set(['timeout']));
  assert.ok(last(run).receiver.duplicates > 0);
  assert.is(last(run).receiver.delivered, 8);
});

test('premature timeout: nothing is lost, and a segment comes twice', () => {
  const run = play('premature-timeout');
  for (const type of ['lost', 'overflow', 'kill'] as const) assert.is(happened(run, type).length, 0);
  assert.is(last(run).sender.timeouts, 1);
  assert.is(last(run).receiver.duplicates, 1);
  assert.is(last(run).receiver.delivered, 5);
});

test('reordering: nothing is lost, one is sent again as if it were, and the window is halved for nothing', () => {
  const run = play('reordering');
  for (const type of ['lost', 'overflow', 'kill'] as const) assert.is(happened(run, type).length, 0);
  assert.equal(causes(run), ['fast']);
  assert.is(last(run).sender.timeouts, 0);
  assert.is(last(run).sender.spurious, 1);
  const before = Math.max(...run.events.map(({ sender }) => sender.cwnd));
  assert.ok(last(run).sender.ssthresh <= before / 2);
});

test('slow start: the window doubles each round trip until the queue is full, is halved, and then grows by a datagram a round trip', () => {
  const run = play('slow-start');
  const full = happened(run, 'overflow')[0] as RunEvent;
  const before = run.events.filter(({ at }) => at < full.at);
  assert.ok(before.every(({ sender }) => sender.slowStart && sender.ssthresh === Number.POSITIVE_INFINITY));
  const grown = Math.max(...before.map(({ sender }) => sender.cwnd)) / (before[0] as RunEvent).sender.cwnd;
  const roundTrips = (full.at - run.openedAt) / full.sender.srttMs;
  assert.ok(grown > 2 && grown <= 2 ** (roundTrips + 1), `${grown} times in ${roundTrips} round trips`);
  const halved = run.events.find(({ sender }) => sender.ssthresh < Number.POSITIVE_INFINITY) as RunEvent;
  const peak = Math.max(...run.events.filter(({ at }) => at < halved.at).map(({ sender }) => sender.cwnd));
  assert.ok(Math.abs(halved.sender.cwnd / peak - 0.5) < 0.03, 'what grew at the same ACK counts, too');
  const avoiding = run.events.filter(({ at, sender }) => at > halved.at && sender.ssthresh === halved.sender.ssthresh);
  const end = avoiding.at(-1) as RunEvent;
  const growth = (end.sender.cwnd - halved.sender.cwnd) / 1200 / ((end.at - halved.at) / end.sender.srttMs - 1); // the first brings ACKs of before
  assert.ok(growth > 0.5 && growth < 1.5, `${growth} datagrams a round trip`);
});

test('thin stream: what was lost comes with the next message, without a timeout and without a retransmission', () => {
  const run = play('thin-stream');
  const [killed] = happened(run, 'kill');
  assert.ok(killed && 'packet' in killed);
  const segment = Math.max(...segmentsOf(killed.packet));
  const { sentAt } = killed.packet;
  const delivered = run.events.find(({ receiver }) => receiver.next > segment) as RunEvent;
  const { everyMs, delayMs } = PRESETS['thin-stream'].settings;
  assert.ok(delivered.at - sentAt < everyMs + delayMs + 5, `${delivered.at - sentAt} ms after it was first sent`);
  assert.ok(delivered.at - sentAt < delivered.sender.srttMs, 'before any ACK could have told');
  assert.equal(new Set(causes(run)), new Set(['bundled']));
  assert.is(last(run).sender.timeouts, 0);
});

test('forged SYN: cookies go to where nobody asked, no connection is made for them, and the real client gets its own', () => {
  const run = play('forged-syn');
  const forged = run.packets.filter(({ from }) => from === 'attacker');
  assert.equal(
    forged.map(({ type }) => type),
    ['SYN', 'CONNECT', 'SYN', 'CONNECT', 'SYN', 'CONNECT'],
  );
  const answers = run.packets.filter(({ to }) => to === 'elsewhere');
  assert.equal(
    answers.map(({ type }) => type),
    ['COOKIE', 'RST', 'COOKIE', 'RST', 'COOKIE', 'RST'],
  );
  for (const [index, { bytes }] of answers.entries())
    assert.ok(bytes < (forged[index]?.bytes ?? 0), 'an answer is smaller than its question');
  assert.is(Math.max(...run.events.map(({ receiver }) => receiver.connections)), 1);
  assert.is(last(run).receiver.delivered, 3);
});

test.run();
