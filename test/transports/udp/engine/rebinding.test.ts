/*
 * A client's NAT gives it another address in the middle of a connection: the server asks there, the client answers, and
 * nothing is lost. Somebody else who sends from another address moves nothing, and gets no more than was sent.
 */
import { crc32 } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ARQ } from '../../../../transports/udp/engine/arq/index.js';
import { decodePacket } from '../../../../transports/udp/wire/decode.js';
import { PacketWriter } from '../../../../transports/udp/wire/encode.js';
import type { ArqName, Frame } from '../../../../transports/udp/wire/packets.js';
import { type End, type Host, Network, pattern } from '../rig.js';

const test = suite('rebinding');
const writer = new PacketWriter(crc32);

/** An open connection. */
function opened(arq: ArqName = 'sack'): { network: Network; server: Host; client: Host; dialled: End; accepted: End } {
  const network = new Network(1);
  const server = network.host('server', {}, { delayMs: 20 });
  const client = network.host('client', { arq }, { delayMs: 20 });
  const dialled = network.dial(client, server);
  network.run(500);
  return { network, server, client, dialled, accepted: server.accepted[0] as End };
}

const framesOf = (host: Host): Frame['type'][] =>
  host.sent.flatMap((datagram) => {
    const packet = decodePacket(datagram, crc32);
    return 'frames' in packet ? packet.frames.map(({ type }) => type) : [];
  });

for (const arq of Object.keys(ARQ) as ArqName[]) {
  test(`${arq}: in the middle of a transfer both ways, twice`, () => {
    const { network, server, client, dialled, accepted } = opened(arq);
    const [there, back] = [pattern(600_000), pattern(300_000).reverse()];
    dialled.write(there);
    dialled.finish();
    accepted.write(back);
    accepted.finish();
    network.run(100);
    network.rebind(client, 'client, port 2');
    network.run(400);
    network.rebind(client, 'client, port 3');
    network.run(120_000, () => client.endpoint.size === 0 && server.endpoint.size === 0);
    assert.equal(Uint8Array.from(accepted.received), there);
    assert.equal(Uint8Array.from(dialled.received), back);
    assert.equal([dialled.closed?.why, accepted.closed?.why], ['done', 'done']);
    assert.is(accepted.machine.address, 'client, port 3');
    assert.ok(framesOf(server).includes('PATH_CHALLENGE') && framesOf(client).includes('PATH_RESPONSE'));
  });
}

test('an idle connection moves with its next sign of life, and what the server says then arrives', () => {
  const { network, client, dialled, accepted } = opened();
  network.rebind(client, 'client, port 2');
  accepted.write([1, 2, 3]); // to where nobody is
  network.run(15_000); // the client asks for a sign of life after 10 s of silence
  assert.equal([dialled.received, accepted.machine.address], [[1, 2, 3], 'client, port 2']);
});

test('after a lost challenge or a lost answer the next packet brings another', () => {
  for (const [side, name] of [
    ['server', 'PATH_CHALLENGE'],
    ['client', 'PATH_RESPONSE'],
  ] as const) {
    const network = new Network(1);
    const drop = [{ side, name, nth: 1 }];
    const server = network.host('server', {}, { delayMs: 20, drop });
    const client = network.host('client', {}, { delayMs: 20, drop });
    const dialled = network.dial(client, server);
    network.run(500);
    network.rebind(client, 'client, port 2');
    dialled.write([7]);
    network.run(5000);
    const accepted = server.accepted[0] as End;
    assert.equal([accepted.received, accepted.machine.address], [[7], 'client, port 2'], name);
  }
});

test('who cannot answer moves nothing, and gets a challenge for each packet, less than three times as large', () => {
  const { network, server, dialled, accepted } = opened();
  const stranger = (frames: readonly Frame[], number: number): Uint8Array => {
    writer.begin('OPEN', { flags: 0, destination: accepted.machine.id, number }, {}, 1200);
    for (const frame of frames) writer.frame(frame);
    return writer.finish();
  };
  const sent = server.sent.length;
  for (let number = 1000; number < 1020; number += 1) {
    const datagram = stranger(
      [
        { type: 'PATH_RESPONSE', token: number },
        { type: 'DATA', segment: 0, data: Uint8Array.of(66) },
      ],
      number,
    );
    server.endpoint.handleDatagram('stranger', datagram, network.now);
    network.settle();
    const answer = server.sent.at(-1) as Uint8Array;
    assert.ok(answer.length <= 3 * datagram.length, `${answer.length} for ${datagram.length}`);
  }
  assert.is(server.sent.length - sent, 20);
  server.endpoint.handleDatagram('stranger', stranger([{ type: 'PING' }], 1), network.now); // old: not even that
  network.settle();
  assert.is(server.sent.length - sent, 20);
  dialled.write([1]);
  network.run(1000);
  assert.equal([accepted.received, accepted.machine.address], [[1], 'client']);
});

test('a CLOSE from another address is heard, once the address has answered', () => {
  const { network, client, dialled, accepted } = opened();
  accepted.host.endpoint.stopAccepting(); // who is in may move all the same
  network.rebind(client, 'client, port 2');
  dialled.close();
  network.run(200);
  assert.equal([accepted.closed?.why, accepted.closed?.by], ['reset', 'remote']);
  network.run(10_000);
  assert.equal([client.endpoint.size, accepted.host.endpoint.size], [0, 0]);
});

test('a client’s server does not move', () => {
  const { network, client, dialled } = opened();
  writer.begin('OPEN', { flags: 0, destination: dialled.machine.id, number: 99 }, {}, 1200);
  writer.frame({ type: 'PING' });
  const sent = client.sent.length;
  client.endpoint.handleDatagram('another server', writer.finish(), network.now);
  network.settle();
  assert.equal([client.sent.length, dialled.machine.address], [sent, 'server']);
});

test.run();
