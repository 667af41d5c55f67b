/*
 * RFC 6298 and RFC 9002, worked by hand: the smoothed round trip, both timeouts, which packets are lost when, and
 * NewReno's window, step by step.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { sack } from '../../../../transports/udp/engine/arq/sack.js';
import { selectiveRepeat } from '../../../../transports/udp/engine/arq/selective-repeat.js';
import { NewReno } from '../../../../transports/udp/engine/congestion/newreno.js';
import { Pacer } from '../../../../transports/udp/engine/pacer.js';
import { isPersistent } from '../../../../transports/udp/engine/persistent.js';
import { Rtt } from '../../../../transports/udp/engine/rtt.js';
import { type SentPacket, SentPackets } from '../../../../transports/udp/engine/sent-packets.js';
import { DEFAULTS } from '../../../../transports/udp/engine/settings.js';

/** Packets in flight, numbered from 1, sent at these times. */
function sentAt(times: readonly number[]): SentPackets {
  const sent = new SentPackets();
  for (const [index, at] of times.entries()) sent.sent({ number: index + 1, sentAt: at, bytes: 1200, segments: [], acknowledged: 0 });
  return sent;
}
const numbers = (packets: readonly SentPacket[]): number[] => packets.map(({ number }) => number);

function sampled(ms: number): Rtt {
  const rtt = new Rtt();
  rtt.sample(ms);
  return rtt;
}

test('RFC 6298 (2.1), (2.2), (2.3): one second, then SRTT and RTTVAR', () => {
  const rtt = new Rtt();
  assert.is(rtt.rto(200), 1000);
  rtt.sample(100); // SRTT = R, RTTVAR = R/2
  assert.equal([rtt.smoothed, rtt.variation, rtt.rto(200)], [100, 50, 300]);
  rtt.sample(180); // RTTVAR = 3/4 * 50 + 1/4 * |100 - 180| = 57.5, then SRTT = 7/8 * 100 + 1/8 * 180 = 110
  assert.equal([rtt.smoothed, rtt.variation, rtt.rto(200)], [110, 57.5, 340]);
  rtt.sample(110); // RTTVAR = 43.125 + 0, SRTT = 110
  assert.equal([rtt.smoothed, rtt.variation, rtt.rto(200)], [110, 43.125, 282.5]);
});

test('RFC 6298 (2.4): never below the minimum', () => {
  assert.is(sampled(10).rto(200), 200);
  assert.is(sampled(10).rto(1000), 1000);
});

test('RFC 9002 section 5.3: the ack delay counts, up to 25 ms and not below the smallest round trip', () => {
  const rtt = sampled(100);
  rtt.sample(130, 20); // adjusted 110: RTTVAR = 37.5 + 2.5, SRTT = 87.5 + 13.75
  assert.equal([rtt.smoothed, rtt.variation, rtt.min], [101.25, 40, 100]);
  const bounded = sampled(100);
  bounded.sample(180, 80); // 25 counts: adjusted 155
  assert.is(bounded.smoothed, 0.875 * 100 + 0.125 * 155);
  const small = sampled(100);
  small.sample(105, 10); // 95 would be below the smallest: 105 counts
  assert.is(small.smoothed, 0.875 * 100 + 0.125 * 105);
});

test('RFC 9002 section 6.2.1: the probe timeout, doubled', () => {
  const rtt = sampled(100);
  assert.is(rtt.pto, 100 + 4 * 50 + 25);
  const recovery = sack.recovery(rtt, DEFAULTS);
  const sent = sentAt([0, 10]);
  assert.is(recovery.deadline(sent), 10 + 325);
  assert.equal(recovery.onDeadline(sent, 335), { lost: [], probe: true });
  assert.is(recovery.deadline(sent), 10 + 650);
  recovery.onDeadline(sent, 660);
  assert.is(recovery.deadline(sent), 10 + 1300);
  recovery.onAcked(sent, 700, true);
  assert.is(recovery.deadline(sent), 10 + 325);
  assert.is(recovery.deadline(new SentPackets()), Number.POSITIVE_INFINITY);
});

test('RFC 9002 section 6.1: lost when three behind, or 9/8 of the round trip late', () => {
  const recovery = sack.recovery(sampled(100), DEFAULTS);
  const sent = sentAt([0, 1, 2, 3, 4]);
  sent.largestAcked = 4;
  sent.take(4);
  assert.equal(numbers(recovery.onAcked(sent, 103, true)), [1]); // 4 - 3
  sent.take(1);
  assert.is(recovery.deadline(sent), 1 + 112.5); // packet 2 is late then
  assert.equal(numbers(recovery.onDeadline(sent, 113.5).lost), [2]);
  sent.take(2);
  assert.equal(numbers(recovery.onDeadline(sent, 114.5).lost), [3]);
  sent.take(3);
  assert.equal(numbers([...sent.inFlight]), [5]); // newer than what was acknowledged: not judged
});

test('selective repeat: the oldest packet’s timer, just that packet, and twice as long after it', () => {
  const recovery = selectiveRepeat.recovery(sampled(100), DEFAULTS); // RTO 300
  const sent = sentAt([0, 50, 400]);
  sent.largestAcked = 3;
  assert.equal(recovery.onAcked(sent, 100, true), []); // no duplicate ACK counts here
  assert.is(recovery.deadline(sent), 300);
  assert.equal(numbers(recovery.onDeadline(sent, 349).lost), [1]);
  sent.take(1);
  assert.is(recovery.deadline(sent), 50 + 600);
  recovery.onAcked(sent, 400, true);
  assert.is(recovery.deadline(sent), 350);
});

test('RFC 9002 section 7.6: persistent congestion is three probe timeouts of nothing but loss', () => {
  const rtt = sampled(100); // 3 * 325 = 975 ms
  const packet = (order: number, at: number): SentPacket => ({ number: order, order, sentAt: at, bytes: 1, segments: [], acknowledged: 0 });
  assert.ok(isPersistent([packet(1, 0), packet(2, 500), packet(3, 976)], rtt));
  assert.not.ok(isPersistent([packet(1, 0), packet(2, 500), packet(3, 975)], rtt));
  assert.not.ok(isPersistent([packet(1, 0), packet(3, 976)], rtt), 'one between them arrived');
  assert.not.ok(isPersistent([packet(1, 0), packet(2, 5000)], new Rtt()), 'no sample yet');
});

test('NewReno: slow start, recovery once a round trip, avoidance, and the bottom', () => {
  const reno = new NewReno(1200);
  assert.is(reno.window, 12_000);
  reno.onAcked({ sentAt: 0, bytes: 1200, limited: false });
  assert.is(reno.window, 12_000, 'a window that was not used does not grow');
  for (let packet = 0; packet < 10; packet += 1) reno.onAcked({ sentAt: 0, bytes: 1200, limited: true });
  assert.is(reno.window, 24_000, 'doubled');
  reno.onLost({ sentAt: 50, now: 100, persistent: false });
  assert.equal([reno.window, reno.slowStart], [12_000, false]);
  reno.onLost({ sentAt: 90, now: 110, persistent: false });
  assert.is(reno.window, 12_000, 'sent before the recovery began: the same loss');
  reno.onAcked({ sentAt: 99, bytes: 12_000, limited: true });
  assert.is(reno.window, 12_000, 'so is its ACK');
  reno.onAcked({ sentAt: 101, bytes: 12_000, limited: true });
  assert.is(reno.window, 13_200, 'one datagram for a window');
  reno.onAcked({ sentAt: 101, bytes: 1320, limited: true });
  assert.is(reno.window, 13_320, 'and a part of one for a part');
  reno.onLost({ sentAt: 200, now: 300, persistent: true });
  assert.is(reno.window, 2400);
});

test('the pacer lets a burst go, then window over round trip times 1.25', () => {
  const pacer = new Pacer(1200);
  const pace = { windowBytes: 12_000, rttMs: 100, slowStart: false }; // 150 bytes a millisecond
  for (let datagram = 0; datagram < 10; datagram += 1) {
    assert.is(pacer.delay(1200, pace, 0), 0);
    pacer.spend(1200);
  }
  assert.is(pacer.delay(1200, pace, 0), 8);
  assert.is(pacer.delay(1200, pace, 4), 4);
  assert.is(pacer.delay(1200, pace, 8), 0);
});

test('the pacer asks for no wait that the time itself is too coarse for', () => {
  const pacer = new Pacer(1200);
  const pace = { windowBytes: 3600, rttMs: 50, slowStart: false };
  const now = 1_672_531_320_154.988; // doubles near it are a quarter of a microsecond apart
  pacer.delay(1200, pace, now);
  pacer.spend(12_000);
  const at = now + pacer.delay(1200, pace, now);
  for (let early = 0; early < 10; early += 1) {
    const wait = pacer.delay(1200, pace, at - 0.0003 * early);
    assert.ok(wait === 0 || at - 0.0003 * early + wait > at - 0.0003 * early);
  }
});

test.run();
