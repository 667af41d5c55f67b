/*
 * Two engines look for the size of their datagrams over ways of some width: it is found, nothing of it is taken for
 * congestion, and when a way becomes narrower in the middle of a transfer all bytes arrive all the same.
 */
import { crc32 } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Faults } from '../../../../transports/link/index.js';
import { ARQ } from '../../../../transports/udp/engine/arq/index.js';
import { CONGESTION } from '../../../../transports/udp/engine/congestion/index.js';
import { SEARCH_STEP_BYTES } from '../../../../transports/udp/engine/datagram-size.js';
import type { EngineSettings } from '../../../../transports/udp/engine/settings.js';
import { textbook } from '../../../../transports/udp/textbook.js';
import { decodePacket } from '../../../../transports/udp/wire/decode.js';
import { PacketWriter } from '../../../../transports/udp/wire/encode.js';
import type { ArqName, CongestionName, Frame } from '../../../../transports/udp/wire/packets.js';
import { type End, type Host, Network, pattern } from '../rig.js';

const test = suite('datagram-size discovery');

/** Headers of IPv4 and UDP. */
const HEADERS = 28;
/** Little credit, so that a transfer has the round trips that a search needs. */
const WIDE = { maxDatagramBytes: 9200, creditSegments: 64 };

interface Run {
  readonly network: Network;
  readonly server: Host;
  readonly client: Host;
  readonly dialled: End;
  readonly accepted: End;
}

/** An open connection over ways that carry IP packets of some size, and change. */
function opened(mtu: Faults['mtu'], settings: Partial<EngineSettings> = WIDE, faults: Partial<Faults> = {}): Run {
  const network = new Network(1);
  const server = network.host('server', settings, { delayMs: 5, mtu, ...faults });
  const client = network.host('client', settings, { delayMs: 5, mtu, ...faults });
  const dialled = network.dial(client, server);
  network.run(500);
  return { network, server, client, dialled, accepted: server.accepted[0] as End };
}

/** Sends so much and waits until it is there. */
function transfer({ network, dialled, accepted }: Run, bytes: number): void {
  const data = pattern(bytes);
  const before = accepted.received.length;
  dialled.write(data);
  network.run(600_000, () => accepted.received.length === before + bytes);
  assert.equal(Uint8Array.from(accepted.received.slice(before)), data);
}

function isFound({ machine }: End, mtu: number): void {
  const { datagramBytes } = machine.stats;
  const most = mtu - HEADERS;
  assert.ok(datagramBytes <= most && datagramBytes > most - SEARCH_STEP_BYTES, `${datagramBytes} of ${most}`);
}

const probesOf = (host: Host): Uint8Array[] =>
  host.sent.filter((datagram) => {
    const packet = decodePacket(datagram, crc32);
    return 'frames' in packet && packet.frames.some(({ type }) => type === 'PADDING');
  });

for (const congestion of Object.keys(CONGESTION) as CongestionName[]) {
  for (const mtu of [1280, 1500, 9000]) {
    test(`${congestion}: over an MTU of ${mtu} the size is found, and no probe is congestion`, () => {
      const run = opened([{ fromMs: 0, bytes: mtu }], { ...WIDE, congestion, fixedWindowBytes: 400_000 });
      transfer(run, 4_000_000);
      isFound(run.dialled, mtu);
      const { lost, retransmitted, spurious, sizeProbes, timeouts, blackHoles, windowBytes } = run.dialled.machine.stats;
      assert.equal([lost, retransmitted, spurious, timeouts, blackHoles], [0, 0, 0, 0, 0]);
      assert.ok(windowBytes >= 100_000, 'only losses make a window smaller');
      assert.is(sizeProbes, probesOf(run.client).length);
      assert.is(run.accepted.machine.stats.sizeProbes, 0, 'the other end had nothing to send');
    });
  }
}

test('a probe is a PING and zeros, as large as it says, and repeats nothing', () => {
  const run = opened([{ fromMs: 0, bytes: 1500 }]);
  transfer(run, 1_000_000);
  const probes = probesOf(run.client);
  assert.is(probes[0]?.length, 9200);
  for (const probe of probes) {
    const packet = decodePacket(probe, crc32);
    const frames = 'frames' in packet ? packet.frames : [];
    assert.equal(
      frames.map(({ type }) => type),
      ['PING', 'PADDING'],
    );
    const [, padding] = frames as [Frame, Frame & { type: 'PADDING' }];
    assert.ok(padding.zeros.every((byte) => byte === 0));
    assert.is(padding.zeros.length, probe.length - 22);
  }
});

test('full datagrams have the size that was found, to the byte', () => {
  const run = opened([{ fromMs: 0, bytes: 1480 }], { congestion: 'fixed', fixedWindowBytes: 64_000 });
  transfer(run, 1_000_000);
  const sizes = run.client.sent.map(({ length }) => length).slice(-100);
  assert.ok(sizes.filter((length) => length === 1452).length > 90, sizes.join(' '));
});

test('a short conversation, however long it goes on, has no probes', () => {
  const run = opened([]);
  for (let message = 0; message < 300; message += 1) {
    run.dialled.write(pattern(1000));
    run.network.run(20);
  }
  assert.equal([run.dialled.machine.stats.sizeProbes, run.dialled.machine.stats.datagramBytes], [0, 1200]);
});

for (const [from, to] of [
  [9000, 1500],
  [9000, 1280],
  [1500, 1228],
  [1300, 9000],
] as const) {
  test(`an MTU of ${from} becomes ${to} in the middle: everything arrives, and the new size is found`, () => {
    const mtu = [
      { fromMs: 0, bytes: from },
      { fromMs: 2000, bytes: to },
    ];
    const run = opened(mtu, { maxDatagramBytes: 9200, congestion: 'fixed', fixedWindowBytes: 64_000 });
    const data = pattern(20_000_000);
    run.dialled.write(data);
    run.network.run(1450);
    assert.ok(run.accepted.received.length < 0.8 * data.length, 'it is in the middle');
    isFound(run.dialled, from);
    run.network.run(8000, () => run.accepted.received.length === data.length); // soon: no sign of life after 10 s had to come first
    assert.ok(Buffer.from(run.accepted.received).equals(data));
    assert.is(run.dialled.machine.stats.blackHoles, to < from ? 1 : 0);
    isFound(run.dialled, Math.min(to, from)); // a wider way is looked for after ten minutes only
  });
}

test('ten minutes later a wider way is found', () => {
  const run = opened([
    { fromMs: 0, bytes: 1300 },
    { fromMs: 5000, bytes: 9000 },
  ]);
  transfer(run, 3_000_000);
  isFound(run.dialled, 1300);
  run.network.run(590_000);
  transfer(run, 500_000);
  isFound(run.dialled, 1300);
  run.network.run(20_000);
  transfer(run, 3_000_000);
  isFound(run.dialled, 9000);
});

test('congestion is no black hole: a queue that is too short, and a tenth of all lost', () => {
  for (const faults of [{ bitsPerSecond: 20e6, queueBytes: 20_000 }, { loss: 0.1 }]) {
    const run = opened([{ fromMs: 0, bytes: 1500 }], { maxDatagramBytes: 1452 }, faults);
    transfer(run, 1_000_000);
    const { lost, blackHoles, datagramBytes } = run.dialled.machine.stats;
    assert.ok(lost > 10);
    assert.equal([blackHoles, datagramBytes], [0, 1452], JSON.stringify(faults));
  }
});

for (const arq of Object.keys(ARQ) as ArqName[]) {
  test(`${arq}: ${ARQ[arq].discovers ? 'looks for a size' : 'has 1,200 bytes, and no probes'}; the textbook profile has them, too`, () => {
    const run = opened([], { ...WIDE, arq });
    transfer(run, 300_000);
    assert.is(run.dialled.machine.stats.datagramBytes, ARQ[arq].discovers ? 9200 : 1200);
    assert.is(run.dialled.machine.stats.sizeProbes, ARQ[arq].discovers ? 1 : 0);
    const plain = opened([], { ...textbook({ transmissionMs: 0.01, propagationMs: 6 }), arq });
    transfer(plain, 300_000);
    assert.equal([plain.dialled.machine.stats.sizeProbes, Math.max(...plain.client.sent.map(({ length }) => length))], [0, 1200]);
  });
}

test('a NAT gives the client another address: the server begins anew, and finds the size of the new way', () => {
  const run = opened([{ fromMs: 0, bytes: 1500 }]);
  const back = { ...run, dialled: run.accepted, accepted: run.dialled };
  transfer(back, 3_000_000);
  isFound(run.accepted, 1500);
  run.network.rebind(run.client, 'client, port 2');
  run.dialled.write([1]);
  run.network.run(200);
  assert.equal([run.accepted.machine.address, run.accepted.machine.stats.datagramBytes], ['client, port 2', 1200]);
  transfer(back, 3_000_000);
  isFound(run.accepted, 1500);
});

test('a peer that acknowledges whatever it likes raises nothing above what this end would send', () => {
  const network = new Network(1);
  const server = network.host('server', { maxDatagramBytes: 65_507 });
  const client = network.host('client', { maxDatagramBytes: 2000 });
  const dialled = network.dial(client, server);
  network.run(500);
  const writer = new PacketWriter(crc32);
  dialled.write(pattern(1_000_000));
  for (let number = 1000; number < 1400; number += 1) {
    writer.begin('OPEN', { flags: 0, destination: dialled.machine.id, number }, {}, 1200);
    const last = Math.max(...client.sent.map((datagram) => decodePacket(datagram, crc32).number));
    writer.frame({ type: 'ACK', next: 0, credit: 1_000_000, delayUs: 0, ranges: [{ first: 1, last }] });
    client.endpoint.handleDatagram('server', writer.finish(), network.now);
    for (let sent = client.endpoint.pollTransmit(network.now); sent; sent = client.endpoint.pollTransmit(network.now))
      client.sent.push(sent.datagram);
    network.now += 1;
  }
  assert.is(dialled.machine.stats.datagramBytes, 2000);
  assert.ok(client.sent.every(({ length }) => length <= 2000));
});

test('the peer takes no more than it said', () => {
  const network = new Network(1);
  const server = network.host('server', { maxDatagramBytes: 1400 }, { delayMs: 5 });
  const client = network.host('client', WIDE, { delayMs: 5 });
  const dialled = network.dial(client, server);
  network.run(500);
  transfer({ network, server, client, dialled, accepted: server.accepted[0] as End }, 500_000);
  assert.is(dialled.machine.stats.datagramBytes, 1400);
  assert.ok(client.sent.every(({ length }) => length <= 1400));
});

test('the system refuses what is too large, and says which: a probe that is refused is not tried again', () => {
  const run = opened([{ fromMs: 0, bytes: 1500 }], { maxDatagramBytes: 9000, creditSegments: 64 });
  run.network.watch = () => {
    for (const { length } of run.client.sent.splice(0)) if (length > 1472) run.dialled.machine.handleTooLarge(length, run.network.now);
  };
  transfer(run, 1_000_000);
  isFound(run.dialled, 1500);
  assert.equal([run.dialled.machine.stats.lost, run.dialled.machine.stats.sizeProbes < 12], [0, true]);
});

test('the system says that something was too large: the transfer goes on with what is known to get through', () => {
  const mtu = [
    { fromMs: 0, bytes: 1500 },
    { fromMs: 1000, bytes: 1280 },
  ];
  const run = opened(mtu, { congestion: 'fixed', fixedWindowBytes: 20_000 });
  run.dialled.write(pattern(3_000_000));
  run.network.run(400);
  assert.is(run.dialled.machine.stats.datagramBytes, 1452);
  run.network.run(110);
  run.dialled.machine.handleTooLarge(0, run.network.now);
  run.network.run(60_000, () => run.accepted.received.length === 3_000_000);
  assert.equal(Uint8Array.from(run.accepted.received), pattern(3_000_000));
  assert.equal([run.dialled.machine.stats.datagramBytes, run.dialled.machine.stats.blackHoles], [1200, 0]);
});

test.run();
