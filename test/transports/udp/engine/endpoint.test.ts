/*
 * What an open network may send to an endpoint: forged and expired cookies, replays, ACKs of what was never sent,
 * credits that retreat, plain noise. Nothing is thrown, no state is made, and no more goes back than came.
 */
import { crc32 } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { seeded } from '../../../../transports/link/index.js';
import { decodePacket } from '../../../../transports/udp/wire/decode.js';
import { PacketWriter } from '../../../../transports/udp/wire/encode.js';
import { ACK_NOW, type Frame, type Packet, type PacketOf, REFUSED } from '../../../../transports/udp/wire/packets.js';
import { type End, type Host, Network } from '../rig.js';

const test = suite('endpoint');
const writer = new PacketWriter((bytes) => crc32(bytes));
const read = (datagram: Uint8Array): Packet => decodePacket(datagram, (bytes) => crc32(bytes));

/** Gives a host a datagram, and returns what it sends in answer. */
function answers(network: Network, host: Host, datagram: Uint8Array, from = 'client'): Packet[] {
  host.endpoint.handleDatagram(from, datagram, network.now);
  const packets: Packet[] = [];
  for (let sent = host.endpoint.pollTransmit(network.now); sent; sent = host.endpoint.pollTransmit(network.now))
    packets.push(read(sent.datagram));
  return packets;
}

/** A client's handshake up to its CONNECT, which is returned and not delivered. */
function connectOf(network: Network, server: Host): Uint8Array {
  const client = network.host(`client ${network.hosts.size}`);
  network.dial(client, server);
  const syn = client.endpoint.pollTransmit(network.now)?.datagram as Uint8Array;
  const [cookie] = answers(network, server, syn) as [PacketOf<'COOKIE'>];
  client.endpoint.handleDatagram('server', writer.packet('COOKIE', cookie, cookie), network.now);
  return client.endpoint.pollTransmit(network.now)?.datagram as Uint8Array;
}

/** An OPEN with these frames. */
function open(destination: number, number: number, frames: readonly Frame[], flags = 0): Uint8Array {
  writer.begin('OPEN', { flags, destination, number }, {}, 60_000);
  for (const frame of frames) writer.frame(frame);
  return writer.finish();
}

/** An open connection: the server's end of it. */
function opened(): { network: Network; server: Host; accepted: End; dialled: End } {
  const network = new Network(3);
  const server = network.host('server');
  const client = network.host('client');
  const dialled = network.dial(client, server);
  network.run(100);
  return { network, server, accepted: server.accepted[0] as End, dialled };
}

test('a SYN gets a smaller COOKIE and makes nothing', () => {
  const network = new Network(1);
  const server = network.host('server');
  const client = network.host('client');
  network.dial(client, server);
  const syn = client.endpoint.pollTransmit(network.now)?.datagram as Uint8Array;
  assert.is(syn.length, 1200);
  for (let again = 0; again < 100; again += 1) {
    server.endpoint.handleDatagram('client', syn, network.now);
    const answer = server.endpoint.pollTransmit(network.now);
    assert.is(read(answer?.datagram as Uint8Array).type, 'COOKIE');
    assert.ok((answer?.datagram.length ?? 0) < syn.length / 3);
  }
  assert.equal([server.endpoint.size, server.endpoint.remembered, server.endpoint.pollTimeout()], [0, 0, Number.POSITIVE_INFINITY]);
});

test('a CONNECT makes a connection, once, however often it comes; and none after that one is gone', () => {
  const network = new Network(1);
  const server = network.host('server');
  const connect = connectOf(network, server);
  answers(network, server, connect);
  assert.is(server.endpoint.size, 1);
  answers(network, server, connect);
  assert.is(server.endpoint.size, 1);
  const { destination, client } = read(connect) as PacketOf<'CONNECT'>;
  server.endpoint.handleDatagram('client', writer.packet('RST', { destination: client }, {}), network.now);
  assert.is(server.endpoint.size, 0);
  const [reset] = answers(network, server, connect);
  assert.equal([reset?.type, reset?.destination, server.endpoint.size], ['RST', destination, 0]);
});

const spoiled: readonly [string, (packet: PacketOf<'CONNECT'>) => Partial<PacketOf<'CONNECT'>>, number, string][] = [
  ['of another client', ({ client }) => ({ client: client + 1 }), 0, 'client'],
  ['for another ID', ({ destination }) => ({ destination: destination + 1 }), 0, 'client'],
  ['with other parameters', ({ parameters }) => ({ parameters: { ...parameters, credit: 1_000_000 } }), 0, 'client'],
  ['made younger', ({ time }) => ({ time: time + 1 }), 0, 'client'],
  ['with a forged MAC', ({ mac }) => ({ mac: mac.map((byte) => byte ^ 1) }), 0, 'client'],
  ['with half a MAC', ({ mac }) => ({ mac: mac.subarray(0, 8) }), 0, 'client'],
  ['without a MAC', () => ({ mac: new Uint8Array(0) }), 0, 'client'],
  ['that has expired', () => ({}), 10_002, 'client'],
  ['from another address', () => ({}), 0, 'elsewhere'],
];
for (const [name, spoil, later, from] of spoiled) {
  test(`a cookie ${name} makes nothing`, () => {
    const network = new Network(1);
    const server = network.host('server');
    const packet = read(connectOf(network, server)) as PacketOf<'CONNECT'>;
    const forged = { ...packet, ...spoil(packet) };
    writer.begin('CONNECT', forged, forged, 1200);
    writer.frame({ type: 'PING' });
    const datagram = writer.finish();
    network.now += later;
    const [reset] = answers(network, server, datagram, from);
    assert.equal([reset?.type, server.endpoint.size, server.endpoint.remembered], ['RST', 0, 0]);
  });
}

test('who is not let in is refused, at SYN and at CONNECT; so is what is not spoken here', () => {
  const network = new Network(1);
  const server = network.host('server');
  const connect = connectOf(network, server);
  server.accepting = false;
  assert.equal(
    answers(network, server, connect).map(({ type, flags }) => [type, flags]),
    [['RST', REFUSED]],
  );
  const client = network.host('client');
  const dialled = network.dial(client, server);
  network.run(100);
  assert.equal([dialled.closed?.why, dialled.closed?.by, client.endpoint.size, server.endpoint.size], ['refused', 'remote', 0, 0]);
  server.accepting = true;
  const parameters = { arq: 'go-back-n', congestion: 'none', credit: 1, idleTimeoutMs: 1, maxDatagramBytes: 1199 } as const;
  const syn = writer.packet('SYN', {}, { client: 5, parameters, padding: new Uint8Array(1160) });
  assert.equal(
    answers(network, server, syn).map(({ type, destination }) => [type, destination]),
    [['RST', 5]],
  );
});

test('an RST answers what nobody knows, and never an RST or a packet that is no larger', () => {
  const network = new Network(1);
  const server = network.host('server');
  assert.equal(
    answers(network, server, open(77, 1, [{ type: 'PING' }])).map(({ type, destination }) => [type, destination]),
    [['RST', 77]],
  );
  assert.equal(answers(network, server, open(77, 1, [])), []);
  assert.equal(answers(network, server, writer.packet('RST', { destination: 77 }, {})), []);
  const short = writer.packet('SYN', {}, { client: 5, parameters: parametersOf(), padding: new Uint8Array(1159) });
  assert.equal(answers(network, server, short), [], 'a SYN that is too small gets nothing');
});

test('an RST of another address, or with the wrong ID, ends nothing', () => {
  const { network, server, accepted } = opened();
  const rst = (destination: number, flags = 0) => writer.packet('RST', { destination, flags }, {});
  answers(network, server, rst(accepted.machine.peerId), 'elsewhere');
  answers(network, server, rst(accepted.machine.peerId + 1));
  answers(network, server, rst(accepted.machine.id));
  answers(network, server, rst(accepted.machine.id, REFUSED));
  assert.is(accepted.machine.state, 'open');
});

const wrongs: readonly [string, readonly Frame[]][] = [
  [
    'an ACK of a packet that was never sent',
    [{ type: 'ACK', next: 0, credit: 9, delayUs: 0, ranges: [{ first: 1, last: 4_294_967_295 }] }],
  ],
  ['an ACK of a segment that was never sent', [{ type: 'ACK', next: 4_294_967_295, credit: 9, delayUs: 0, ranges: [] }]],
  ['a range that runs backwards', [{ type: 'ACK', next: 0, credit: 9, delayUs: 0, ranges: [{ first: 2, last: 1 }] }]],
  ['a segment beyond the credit', [{ type: 'DATA', segment: 512, data: new Uint8Array(1) }]],
  ['a segment with the last number', [{ type: 'FIN', segment: 4_294_967_295 }]],
];
for (const [name, frames] of wrongs) {
  test(`${name} closes that connection as a broken rule, and no other`, () => {
    const { network, server, accepted } = opened();
    const other = network.dial(network.host('client 2'), server);
    network.run(100);
    const [close] = answers(network, server, open(accepted.machine.id, 50, frames));
    network.run(0);
    assert.equal(accepted.closed?.why, 'protocol');
    assert.equal((close as PacketOf<'OPEN'>).frames[0]?.type, 'CLOSE');
    other.write([1, 2, 3]);
    network.run(100);
    assert.equal(server.accepted[1]?.received, [1, 2, 3]);
  });
}

test('a credit that retreats comes from an overtaken ACK, and changes nothing', () => {
  const { network, server, accepted } = opened();
  const { creditSegments } = accepted.machine.stats;
  const ack = (credit: number) => open(accepted.machine.id, 50 + credit, [{ type: 'ACK', next: 0, credit, delayUs: 0, ranges: [] }]);
  answers(network, server, ack(600));
  answers(network, server, ack(3));
  assert.is(creditSegments, 512);
  assert.is(accepted.machine.stats.creditSegments, 600);
  assert.is(accepted.machine.state, 'open');
});

test('a packet number may be the last there is, or 0, and does no harm', () => {
  const { network, server, accepted, dialled } = opened();
  answers(network, server, open(accepted.machine.id, 4_294_967_295, [{ type: 'PING' }], ACK_NOW));
  answers(network, server, open(accepted.machine.id, 0, [{ type: 'DATA', segment: 0, data: Uint8Array.of(9) }]));
  assert.is(accepted.received.length, 0, 'a packet without a number is none');
  dialled.write([1]);
  network.run(1000);
  // The ACK named a packet that this client never sent, so it is what breaks the rules, and says so.
  assert.ok(dialled.closed?.why === 'protocol' || accepted.received.length === 1);
});

test('a flood of ranges in an ACK costs no time', () => {
  const { network, server, accepted } = opened();
  const ranges = Array.from({ length: 7000 }, () => ({ first: 1, last: 1 }));
  answers(network, server, open(accepted.machine.id, 60, [{ type: 'ACK', next: 0, credit: 1, delayUs: 0, ranges }]));
  assert.ok(accepted.machine.state === 'open' || accepted.closed?.why === 'protocol');
});

test('noise: random, truncated, flipped and replayed datagrams make nothing, and less goes back than came', () => {
  const random = seeded(11);
  const byte = () => Math.floor(random() * 256);
  const { network, server, accepted, dialled } = opened();
  const real = [...(network.hosts.get('client') as Host).sent, ...server.sent, connectOf(new Network(9), new Network(9).host('server'))];
  const pick = () => real[Math.floor(random() * real.length)] as Uint8Array;
  const spoil: readonly (() => Uint8Array)[] = [
    () => Uint8Array.from({ length: Math.floor(random() * 1300) }, byte),
    () => pick().slice(0, Math.floor(random() * 60)),
    () => {
      const copy = pick().slice();
      copy[Math.floor(random() * copy.length)] = byte();
      return copy;
    },
    () => pick(),
    () => {
      // The checksum holds, so that what is behind it is reached.
      const body = random() < 0.5 ? Uint8Array.from({ length: 14 + Math.floor(random() * 100) }, byte) : pick().slice(0, -4);
      body[0] = 0x10 | Math.floor(random() * 7);
      body[Math.floor(random() * body.length)] = byte();
      const sealed = new Uint8Array(body.length + 4);
      sealed.set(body);
      new DataView(sealed.buffer).setUint32(body.length, crc32(body));
      return sealed;
    },
  ];
  let [came, went] = [0, 0];
  for (let round = 0; round < 20_000; round += 1) {
    const datagram = (spoil[round % spoil.length] as () => Uint8Array)();
    came += datagram.length;
    server.endpoint.handleDatagram('stranger', datagram, network.now);
    for (let sent = server.endpoint.pollTransmit(network.now); sent; sent = server.endpoint.pollTransmit(network.now)) {
      if (sent.to === 'stranger') went += sent.datagram.length;
    }
  }
  assert.ok(went <= 3 * came && went < came, `${went} bytes went back for ${came}`);
  assert.equal([server.endpoint.size, server.endpoint.remembered], [1, 1]);
  dialled.write([1, 2, 3]);
  network.run(1000);
  assert.equal(accepted.received, [1, 2, 3], 'the open connection did not notice');
});

function parametersOf() {
  return { arq: 'sack', congestion: 'newreno', credit: 10, idleTimeoutMs: 1000, maxDatagramBytes: 1200 } as const;
}

test.run();
