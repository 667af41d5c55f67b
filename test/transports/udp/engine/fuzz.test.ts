/*
 * A peer that knows the connection and sends whatever it likes in whole packets: every policy with every congestion
 * control takes it without falling, goes on or closes in order, and keeps no more than its credit allows.
 */
import { crc32 } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { seeded } from '../../../../transports/link/index.js';
import { ARQ } from '../../../../transports/udp/engine/arq/index.js';
import { CONGESTION } from '../../../../transports/udp/engine/congestion/index.js';
import { decodePacket } from '../../../../transports/udp/wire/decode.js';
import { PacketWriter } from '../../../../transports/udp/wire/encode.js';
import type { ArqName, CongestionName, Frame } from '../../../../transports/udp/wire/packets.js';
import { type End, Network } from '../rig.js';

const test = suite('fuzz of the engine');

const writer = new PacketWriter(crc32);
const CREDIT = 16;

/** A number near what is expected, mostly; sometimes any. */
function numberNear(random: () => number, near: number): number {
  return random() < 0.02 ? Math.floor(random() * 2 ** 32) : Math.max(0, near + Math.floor(random() * 8) - 4);
}

function anyFrame(random: () => number, near: number): Frame {
  const some = () => numberNear(random, near);
  const kind = random();
  if (kind < 0.4) return { type: 'DATA', segment: some(), data: new Uint8Array(1 + Math.floor(random() * 20)) };
  if (kind < 0.9) {
    const ranges = Array.from({ length: Math.floor(random() * 4) }, () => {
      const first = some();
      return { first, last: random() < 0.95 ? first + Math.floor(random() * 3) : some() };
    });
    return { type: 'ACK', next: some(), credit: some() + CREDIT, delayUs: some(), ranges };
  }
  if (kind < 0.93) return { type: 'PADDING', zeros: new Uint8Array(Math.floor(random() * 200)) };
  if (kind < 0.96) return { type: 'PING' };
  if (kind < 0.98) return { type: random() < 0.5 ? 'PATH_CHALLENGE' : 'PATH_RESPONSE', token: some() };
  return random() < 0.7 ? { type: 'FIN', segment: some() } : { type: 'CLOSE', code: 'protocol', text: '' };
}

/** A connection, and somebody who sends in the peer's name. Returns how it ended. */
function fuzz(arq: ArqName, congestion: CongestionName, seed: number): string {
  const random = seeded(seed);
  const network = new Network(seed);
  const server = network.host('server', { creditSegments: CREDIT });
  const client = network.host('client', { arq, congestion, creditSegments: CREDIT, arqWindowSegments: 4 });
  const dialled = network.dial(client, server);
  network.run(100);
  const victim = random() < 0.5 ? dialled : (server.accepted[0] as End);
  victim.reading = random() < 0.7;
  for (let round = 0; round < 60 && !victim.closed; round += 1) {
    if (random() < 0.5) victim.write(new Uint8Array(Math.floor(random() * 3000)));
    writer.begin(
      'OPEN',
      { flags: Math.floor(random() * 2), destination: victim.machine.id, number: 1 + numberNear(random, round) },
      {},
      1200,
    );
    for (let frames = Math.floor(random() * 5); frames >= 0; frames -= 1) writer.frame(anyFrame(random, round >> 1));
    const from = random() < 0.9 ? victim.machine.address : 'elsewhere';
    victim.host.endpoint.handleDatagram(from, writer.finish(), network.now);
    network.run(random() * 50);
    const { inFlightBytes, windowBytes } = victim.machine.stats;
    assert.ok(inFlightBytes >= 0 && windowBytes > 0, `${inFlightBytes} bytes in flight, a window of ${windowBytes}`);
  }
  for (const { sent } of [client, server]) for (const datagram of sent) decodePacket(datagram, crc32);
  return victim.closed?.why ?? 'open';
}

const SEEDS = 20;
for (const arq of Object.keys(ARQ) as ArqName[]) {
  test(`${arq}, with each congestion control, over ${SEEDS} seeds`, () => {
    const ends = new Set<string>();
    for (const congestion of Object.keys(CONGESTION) as CongestionName[]) {
      for (let seed = 1; seed <= SEEDS; seed += 1) ends.add(fuzz(arq, congestion, seed));
    }
    assert.ok(ends.has('protocol'), 'some break the rules, and are told so');
    for (const end of ends) assert.ok(['open', 'protocol', 'done', 'timeout', 'reset'].includes(end), end);
  });
}

test.run();
