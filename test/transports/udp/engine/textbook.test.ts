/*
 * The textbook policies, step by step: what a receiver keeps and says, what a sender gives up when its timer is over,
 * and the rules of RFC 6298 where an ACK does not say which sending it answers.
 */
import { crc32 } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Faults } from '../../../../transports/link/index.js';
import { ARQ } from '../../../../transports/udp/engine/arq/index.js';
import { Rtt } from '../../../../transports/udp/engine/rtt.js';
import { type SentPacket, SentPackets } from '../../../../transports/udp/engine/sent-packets.js';
import { DEFAULTS, type EngineSettings } from '../../../../transports/udp/engine/settings.js';
import { decodePacket } from '../../../../transports/udp/wire/decode.js';
import { ACK_NOW, type ArqName, OFFER_TAKEN } from '../../../../transports/udp/wire/packets.js';
import { type End, type Host, Network, pattern } from '../rig.js';

const test = suite('textbook policies');

function sampled(ms: number): Rtt {
  const rtt = new Rtt();
  rtt.sample(ms);
  return rtt;
}

function inFlight(...times: readonly number[]): SentPackets {
  const sent = new SentPackets();
  for (const [index, at] of times.entries()) sent.sent({ number: index + 1, sentAt: at, bytes: 1200, segments: [], acknowledged: 0 });
  return sent;
}
const numbers = (packets: readonly SentPacket[]): number[] => packets.map(({ number }) => number);

/** Segments that a host has sent, in order. */
function segmentsOf(host: Host): number[] {
  return host.sent.flatMap((datagram) => {
    const packet = decodePacket(datagram, crc32);
    return 'frames' in packet ? packet.frames.flatMap((frame) => (frame.type === 'DATA' ? [frame.segment] : [])) : [];
  });
}

/** Sends eight full segments, the third of which is lost once. */
function eightSegments(settings: Partial<EngineSettings>, faults: Partial<Faults> = {}): { client: Host; dialled: End; accepted: End } {
  const network = new Network(1);
  const server = network.host('server', {}, { delayMs: 25 });
  const drop = [{ side: 'client' as const, name: 'DATA', nth: 3 }];
  const client = network.host('client', { pacing: false, arqWindowSegments: 4, ...settings }, { delayMs: 25, drop, ...faults });
  const dialled = network.dial(client, server);
  network.run(1000);
  const data = pattern(8 * 1152);
  dialled.write(data);
  network.run(10_000);
  const accepted = server.accepted[0] as End;
  assert.equal(Uint8Array.from(accepted.received), data);
  return { client, dialled, accepted };
}

const order: readonly [ArqName, readonly number[]][] = [
  ['stop-and-wait', [0, 1, 2, 2, 3, 4, 5, 6, 7]],
  ['go-back-n', [0, 1, 2, 3, 4, 5, 2, 3, 4, 5, 6, 7]],
  ['selective-repeat', [0, 1, 2, 3, 4, 5, 2, 6, 7]],
  ['sack', [0, 1, 2, 3, 4, 5, 6, 7, 2]],
];
for (const [arq, segments] of order) {
  test(`${arq}: the third of eight segments is lost, and sent are ${segments.join(' ')}`, () => {
    assert.equal(segmentsOf(eightSegments({ arq }).client), segments);
  });
}

test('go-back-n and stop-and-wait send no ranges, the others do', () => {
  for (const arq of Object.keys(ARQ) as ArqName[]) {
    const { accepted } = eightSegments({ arq });
    const ranges = accepted.host.sent.flatMap((datagram) => {
      const packet = decodePacket(datagram, crc32);
      return 'frames' in packet ? packet.frames.flatMap((frame) => (frame.type === 'ACK' ? frame.ranges : [])) : [];
    });
    assert.is(ranges.length > 0, ARQ[arq].keepsEarly, arq);
  }
});

test('a client that did not choose takes what the server offers, in the same handshake; one that did, does not', () => {
  for (const takesOffer of [true, false]) {
    const network = new Network(1);
    const server = network.host('server', { arq: 'stop-and-wait', congestion: 'none' }, { delayMs: 25 });
    const client = network.host('client', { takesOffer }, { delayMs: 25 });
    const dialled = network.dial(client, server);
    const data = pattern(8 * 1152);
    dialled.write(data); // before anything is known
    network.run(1000);
    const accepted = server.accepted[0] as End;
    assert.equal(Uint8Array.from(accepted.received), data);
    const [, connect] = client.sent.map((datagram) => decodePacket(datagram, crc32));
    assert.equal([connect?.type, connect?.flags], ['CONNECT', takesOffer ? OFFER_TAKEN | ACK_NOW : ACK_NOW]);
    for (const { machine } of [dialled, accepted]) {
      assert.equal([machine.settings.arq, machine.settings.congestion], takesOffer ? ['stop-and-wait', 'none'] : ['sack', 'newreno']);
      assert.is(machine.stats.windowBytes === Number.POSITIVE_INFINITY, takesOffer);
    }
  }
});

test('an outstanding window goes on past a lost segment, a span waits for it', () => {
  const counts = (arqWindowCounts: EngineSettings['arqWindowCounts']) => {
    const { client } = eightSegments({ arq: 'selective-repeat', arqWindowCounts });
    return segmentsOf(client);
  };
  assert.equal(counts('span'), [0, 1, 2, 3, 4, 5, 2, 6, 7]);
  assert.equal(counts('outstanding'), [0, 1, 2, 3, 4, 5, 6, 7, 2]);
});

test('when the timer is over, selective repeat gives up one packet, go-back-n and stop-and-wait all', () => {
  const lost = (arq: ArqName) => numbers(ARQ[arq].recovery(sampled(100), DEFAULTS).onDeadline(inFlight(0, 10, 20), 300).lost);
  assert.equal([lost('selective-repeat'), lost('go-back-n'), lost('stop-and-wait')], [[1], [1, 2, 3], [1, 2, 3]]);
});

test('an ACK that came at the same moment as the deadline is no timeout', () => {
  const recovery = ARQ['go-back-n'].recovery(sampled(100), DEFAULTS);
  const sent = inFlight(0, 10);
  sent.take(1);
  assert.equal(recovery.onDeadline(sent, 300), { lost: [], probe: false });
  assert.is(recovery.backoff, 0);
});

test('Karn: the doubled timer stays until an ACK tells the round trip', () => {
  const recovery = ARQ['go-back-n'].recovery(sampled(100), DEFAULTS); // RTO 300
  const sent = inFlight(0);
  recovery.onDeadline(sent, 300);
  assert.is(recovery.deadline(sent), 600);
  recovery.onAcked(sent, 650, false);
  assert.is(recovery.deadline(sent), 600);
  recovery.onAcked(sent, 650, true);
  assert.is(recovery.deadline(sent), 300);
});

test('doubling ends at two seconds; a round trip that takes longer is waited for all the same', () => {
  const after = (rtt: Rtt, timeouts: number) => {
    const recovery = ARQ['stop-and-wait'].recovery(rtt, DEFAULTS);
    for (let count = 0; count < timeouts; count += 1) recovery.onDeadline(inFlight(0), Number.MAX_SAFE_INTEGER);
    return recovery.deadline(inFlight(0));
  };
  assert.equal([after(sampled(100), 2), after(sampled(100), 3), after(sampled(100), 99)], [1200, 2000, 2000]);
  assert.is(after(sampled(1000), 5), 3000);
});

test('a fixed timeout is not doubled, and does not follow the round trip', () => {
  const recovery = ARQ['stop-and-wait'].recovery(sampled(100), { ...DEFAULTS, fixedRtoMs: 70 });
  recovery.onDeadline(inFlight(0), 70);
  recovery.onDeadline(inFlight(0), 140);
  assert.is(recovery.deadline(inFlight(0)), 70);
});

test('a repeated segment gives no sample of the round trip where ACKs do not name packets', () => {
  // The third segment's ACK comes at once after its repetition; taken for the original's, it would be a sample of 250 ms and more.
  const { dialled } = eightSegments({ arq: 'stop-and-wait' });
  assert.ok(Math.abs(dialled.machine.stats.srttMs - 50) < 1, `${dialled.machine.stats.srttMs} ms`);
});

test('without coalescing a datagram takes one segment, and a gap keeps them apart', () => {
  const network = new Network(1);
  const server = network.host('server', {}, { delayMs: 5 });
  const client = network.host('client', {
    arq: 'go-back-n',
    congestion: 'none',
    pacing: false,
    coalescing: false,
    gapMs: 2,
    maxDatagramBytes: 4000,
  });
  const dialled = network.dial(client, server);
  network.run(1000);
  const before = client.sent.length;
  dialled.write(new Uint8Array(10 * 1152));
  network.run(5);
  assert.is(client.sent.length - before, 3); // at 0, 2 and 4 ms
  network.run(100);
  assert.is(client.sent.length - before, 10);
});

test.run();
