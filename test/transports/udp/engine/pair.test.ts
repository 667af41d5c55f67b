/*
 * Pairs of engines over a bad link in virtual time, from hundreds of seeds. Held to, whatever the link does: every byte
 * once and in order, nothing invented, the window and the credit respected, and everything done once the faults are
 * survived. A failure names its seed.
 */

import { crc32 } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Faults, seeded } from '../../../../transports/link/index.js';
import { ARQ } from '../../../../transports/udp/engine/arq/index.js';
import { CONGESTION } from '../../../../transports/udp/engine/congestion/index.js';
import type { EngineSettings } from '../../../../transports/udp/engine/settings.js';
import { decodePacket } from '../../../../transports/udp/wire/decode.js';
import { type End, Network, pattern } from '../rig.js';

const test = suite('pairs of engines');

/** One of the names in a table. */
function pick<Name extends string>(table: Readonly<Record<Name, unknown>>, share: number): Name {
  const names = Object.keys(table) as Name[];
  return names[Math.floor(share * names.length)] as Name;
}

/** A link and settings drawn from a seed. */
function draw(seed: number): { faults: Partial<Faults>; settings: Partial<EngineSettings>; bytes: number } {
  const random = seeded(seed);
  const upTo = (most: number) => random() * most;
  const from = upTo(2000);
  return {
    faults: {
      loss: upTo(0.3),
      delayMs: upTo(100),
      jitterMs: upTo(10),
      duplicate: upTo(0.1),
      reorder: upTo(0.1),
      corrupt: upTo(0.05),
      ...(random() < 0.3 && { bitsPerSecond: 1e6 + upTo(1e7) }),
      ...(random() < 0.5 && {
        mtu: [
          { fromMs: 0, bytes: 1228 + Math.floor(upTo(4000)) },
          { fromMs: upTo(4000), bytes: 1228 + Math.floor(upTo(4000)) },
        ],
      }),
      ...(random() < 0.3 && { partitions: [{ fromMs: from, untilMs: from + upTo(3000) }] }),
    },
    settings: {
      arq: pick(ARQ, random()),
      congestion: pick(CONGESTION, random()),
      arqWindowSegments: 1 + Math.floor(upTo(64)),
      arqWindowCounts: random() < 0.5 ? 'span' : 'outstanding',
      coalescing: random() < 0.8,
      fixedWindowBytes: 40_000,
      creditSegments: 4 + Math.floor(upTo(100)),
      maxDatagramBytes: [1200, 1452, 4000][Math.floor(upTo(3))] as number,
      searchAfterDatagrams: 1 + Math.floor(upTo(8)),
      dialTimeoutMs: 60_000,
    },
    bytes: Math.floor(upTo(60_000)),
  };
}

function isStartOf(received: readonly number[], sent: Uint8Array): boolean {
  return received.length <= sent.length && received.every((byte, index) => byte === sent[index]);
}

const SEEDS = 300;
test(`${SEEDS} seeds: exactly once, in order, nothing invented, windows respected, and done in the end`, () => {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const { faults, settings, bytes } = draw(seed);
    const network = new Network(seed);
    const server = network.host('server', settings, faults);
    const client = network.host('client', settings, faults);
    const dialled = network.dial(client, server);
    const [there, back] = [pattern(bytes), pattern(Math.floor(bytes / 2)).reverse()];
    dialled.write(there.subarray(0, 10));
    let accepted: End | undefined;
    network.watch = () => {
      for (const { machine } of [dialled, ...(accepted ? [accepted] : [])]) {
        const { inFlightBytes, windowBytes } = machine.stats;
        // A probe may go beyond the window (RFC 9002 section 7.5), and a loss shrinks it under what is in flight.
        if (settings.congestion === 'fixed') assert.ok(inFlightBytes <= windowBytes + 2 * 4000, `seed ${seed}: ${inFlightBytes} in flight`);
      }
    };
    network.run(60_000, () => server.accepted.length > 0);
    accepted = server.accepted[0];
    assert.ok(accepted, `seed ${seed}: nobody came`);
    dialled.write(there.subarray(10));
    dialled.finish();
    accepted.write(back);
    accepted.finish();
    network.run(600_000, () => client.endpoint.size === 0 && server.endpoint.size === 0);
    assert.ok(isStartOf(accepted.received, there) && isStartOf(dialled.received, back), `seed ${seed}: wrong bytes came`);
    assert.equal([accepted.received.length, dialled.received.length], [there.length, back.length], `seed ${seed}: not all came`);
    assert.equal([dialled.closed?.why, accepted.closed?.why], ['done', 'done'], `seed ${seed}: not closed in order`);
    assert.is(server.accepted.length, 1, `seed ${seed}: one dial made several connections`);
  }
});

test('the peer’s credit is never exceeded, and reading raises it', () => {
  const network = new Network(1);
  const server = network.host('server', { creditSegments: 8 }, { delayMs: 5 });
  const client = network.host('client', { congestion: 'fixed' }, { delayMs: 5 });
  const dialled = network.dial(client, server);
  network.run(1000);
  const accepted = server.accepted[0] as End;
  accepted.reading = false;
  const data = pattern(30 * 1152);
  dialled.write(data);
  dialled.finish();
  network.run(20_000);
  const segments = new Set<number>();
  for (const datagram of client.sent) {
    const packet = decodePacket(datagram, crc32);
    if ('frames' in packet) for (const frame of packet.frames) if (frame.type === 'DATA') segments.add(frame.segment);
  }
  assert.is(Math.max(...segments), 7);
  assert.is(dialled.machine.stats.creditSegments, 0);
  accepted.reading = true;
  accepted.read();
  network.run(20_000);
  assert.equal(Uint8Array.from(accepted.received), data);
});

test('credit that was given while its ACK was lost is asked for', () => {
  const network = new Network(1);
  const server = network.host('server', { creditSegments: 4 }, { delayMs: 5 });
  const client = network.host('client', {}, { delayMs: 5 });
  const dialled = network.dial(client, server);
  network.run(1000);
  const accepted = server.accepted[0] as End;
  accepted.reading = false;
  dialled.write(pattern(8 * 1152));
  network.run(5000);
  for (let data = accepted.machine.read(); data; data = accepted.machine.read()) accepted.received.push(...data);
  accepted.reading = true; // nobody wakes the server's machine: the client's question must
  network.run(20_000);
  assert.is(accepted.received.length, 8 * 1152);
});

test('thin streams: a lost message arrives with the next one', () => {
  const network = new Network(1);
  const server = network.host('server', {}, { delayMs: 25 });
  const client = network.host('client', {}, { delayMs: 25, drop: [{ side: 'client', name: 'DATA', nth: 2 }] });
  const dialled = network.dial(client, server);
  network.run(1000);
  for (let message = 0; message < 3; message += 1) {
    dialled.write([message]);
    network.run(26); // the last has just arrived, a lost one's repetition could not have
  }
  assert.equal(server.accepted[0]?.received, [0, 1, 2], 'the second was lost, and came with the third');
  assert.ok(dialled.machine.stats.bundled >= 1);
  assert.is(dialled.machine.stats.retransmitted, 0);
});

test('what is written in one turn goes in one datagram', () => {
  const network = new Network(1);
  const server = network.host('server');
  const client = network.host('client');
  const dialled = network.dial(client, server);
  network.run(100);
  const before = client.sent.length;
  for (let message = 0; message < 10; message += 1) dialled.write(new Uint8Array(64).fill(message));
  network.settle();
  assert.is(client.sent.length - before, 1);
});

test('a peer that falls silent is given up, an idle one is kept alive', () => {
  const network = new Network(1);
  const server = network.host('server', {}, { partitions: [{ fromMs: 100_000, untilMs: 1e9 }] });
  const client = network.host('client', {}, { partitions: [{ fromMs: 100_000, untilMs: 1e9 }] });
  const dialled = network.dial(client, server);
  network.run(95_000);
  assert.is(dialled.machine.state, 'open');
  network.run(60_000);
  assert.equal([dialled.closed?.why, server.accepted[0]?.closed?.why], ['timeout', 'timeout']);
  assert.equal([client.endpoint.size, server.endpoint.size], [0, 0]);
});

test('an abort is shown to the peer as a reset, though its CLOSE is lost twice', () => {
  const drop = [1, 2].map((nth) => ({ side: 'client' as const, name: 'CLOSE', nth }));
  const network = new Network(1);
  const server = network.host('server');
  const client = network.host('client', {}, { drop });
  const dialled = network.dial(client, server);
  network.run(100);
  dialled.close();
  network.run(10_000);
  assert.equal([dialled.closed?.why, server.accepted[0]?.closed?.why, server.accepted[0]?.closed?.by], ['aborted', 'reset', 'remote']);
  assert.equal([client.endpoint.size, server.endpoint.size], [0, 0]);
});

test('numbers never wrap: a connection that has none left closes as exhausted, at both ends', () => {
  for (const bytes of [1, 2000 * 1152]) {
    const network = new Network(1);
    const server = network.host('server', { lastNumber: 200 }, { delayMs: 1 });
    const client = network.host('client', { lastNumber: 200, keepAliveMs: 50 }, { delayMs: 1 });
    const dialled = network.dial(client, server);
    dialled.write(new Uint8Array(bytes));
    network.run(60_000);
    assert.equal([dialled.closed?.why, server.accepted[0]?.closed?.why], ['exhausted', 'exhausted']);
  }
});

test.run();
