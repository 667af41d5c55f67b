/*
 * Datagrams, masked: segments in any order and twice carry the same masked stream, a frame with a secret belongs to the
 * segment that completes it, cookies are masked, and every packet is a packet with a checksum that holds.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeFrame } from '../../../lib/wire/encode.js';
import { FrameReader } from '../../../tracer/redact/frame-reader.js';
import { DatagramWatch, strangeDatagram, type WatchedDatagram } from '../../../tracer/redact/index.js';
import { join } from '../../../tracer/redact/unit.js';
import { anyFrame, arbitraryCuts, concat, cutAt } from '../../lib/wire/arbitrary-frames.js';
import { CLIENT, cookiePackets, dataFrames, dataIn, openPacket, packetOf, SERVER } from './packets.js';
import { findings } from './searched.js';

const test = suite('datagram watch');
const MENU = openPacket(CLIENT, 1, dataFrames([encodeFrame({ type: 'PROMPT', id: 1, question: 'menu', text: '?', options: [] })]));
const PASSWORD = encodeFrame({ type: 'ANSWER', id: 4, question: 'password', value: 'hunter2' });

function watch(): { take(from: 'client' | 'server', datagram: Uint8Array): WatchedDatagram; giveUp(): void } {
  const watching = new DatagramWatch();
  watching.take('server', MENU, packetOf(MENU));
  return { take: (from, datagram) => watching.take(from, datagram, packetOf(datagram)), giveUp: () => watching.giveUp() };
}

test('a cookie and its echo are masked; what has no secret is left as it is', () => {
  const mac = Uint8Array.from({ length: 16 }, (_, i) => 100 + i);
  const { cookie, connect } = cookiePackets(mac, dataFrames([PASSWORD]));
  const watching = watch();
  const shown = [watching.take('server', cookie).show(), watching.take('client', connect).show()];
  assert.equal(findings(shown, mac), []);
  assert.equal(findings(shown, 'hunter2'), []);
  for (const { bytes, masks } of shown) {
    packetOf(bytes);
    for (const { from, to } of masks) assert.is(Buffer.from(bytes.subarray(from, to)).toString(), '•••');
  }
  assert.equal(
    shown.map(({ masks }) => masks.length),
    [1, 2],
  );
  const ping = openPacket(SERVER, 9, [{ type: 'PING' }, { type: 'ACK', next: 1, credit: 5, delayUs: 0, ranges: [] }]);
  assert.equal(watching.take('client', ping).show(), { bytes: ping, masks: [] });
});

test('a secret that spans segments belongs to the one that completes it; sent again, each is the same', () => {
  for (let cut = 1; cut < PASSWORD.length; cut += 1) {
    const watching = watch();
    const frames = dataFrames([PASSWORD.subarray(0, cut), PASSWORD.subarray(cut)]);
    const show = (number: number) =>
      watching.take('client', openPacket(SERVER, number, frames.slice(number % 2, (number % 2) + 1))).show().bytes;
    const [first, firstAgain, second, secondAgain] = [show(2), show(4), show(3), show(5)] as const;
    assert.equal(dataIn(first), [[0, '']]);
    const [masked] = new FrameReader('client', false).take(PASSWORD);
    assert.equal(dataIn(second), [[1, Buffer.from(masked?.bytes ?? []).toString('hex')]]);
    assert.equal(dataIn(firstAgain), dataIn(first));
    assert.equal(dataIn(secondAgain), dataIn(second));
    assert.equal(findings([first, second, firstAgain, secondAgain], 'hunter2'), []);
  }
});

test('any frames in segments cut anywhere, in any order, some twice: the masked stream, and the same each time', () => {
  const order = fc.array(fc.nat(1000), { minLength: 30, maxLength: 30 });
  fc.assert(
    fc.property(fc.array(anyFrame('client'), { maxLength: 6 }), arbitraryCuts, order, (frames, cuts, places) => {
      const bytes = concat(frames.map(encodeFrame));
      const segments = dataFrames(cutAt(bytes, cuts));
      const sendings = [...segments, ...segments.slice(0, 4)]
        .map((frame, i) => ({ frame, place: places[i] ?? 0 }))
        .sort((a, b) => a.place - b.place);
      const watching = watch();
      const watched = sendings.map(({ frame }, i) => watching.take('client', openPacket(SERVER, i + 1, [frame])));
      const found = new Map<number, string>();
      for (const datagram of watched) {
        assert.ok(datagram.settled);
        assert.not(datagram.withheld);
        for (const [segment, data] of dataIn(datagram.show().bytes)) {
          assert.is(found.get(segment) ?? data, data);
          found.set(segment, data);
        }
      }
      const stream = segments.map((_, i) => found.get(i)).join('');
      assert.is(stream, Buffer.from(join(new FrameReader('client', false).take(bytes)).bytes).toString('hex'));
    }),
    { numRuns: 60 },
  );
});

test('a segment waits for the one before it; if that is given up, nothing of it is shown, then or later', () => {
  const watching = watch();
  const [first, second] = dataFrames([PASSWORD.subarray(0, 12), PASSWORD.subarray(12)]).map((frame, i) =>
    openPacket(SERVER, i + 1, [frame]),
  ) as [Uint8Array, Uint8Array];
  const early = watching.take('client', second);
  assert.not(early.settled);
  watching.giveUp();
  assert.ok(early.settled && early.withheld);
  assert.equal(dataIn(early.show().bytes), [[1, '']]);
  watching.take('client', first);
  const again = watching.take('client', second);
  assert.equal(dataIn(again.show().bytes), [[1, '']]);
  assert.ok(again.withheld);
});

test('memory is bounded: too many segments that wait, and nothing behind them is understood', () => {
  const watching = watch();
  let last: WatchedDatagram | undefined;
  for (let segment = 1; segment < 4200; segment += 1) {
    last = watching.take('client', openPacket(SERVER, segment, [{ type: 'DATA', segment, data: Uint8Array.of(segment % 256) }]));
  }
  assert.ok(last?.settled && last.withheld);
  assert.ok(watching.take('client', openPacket(SERVER, 9999, [{ type: 'DATA', segment: 0, data: PASSWORD }])).withheld);
});

test('a packet of no connection that is known shows no data', () => {
  const stray = openPacket(SERVER, 1, dataFrames([PASSWORD]));
  const { bytes } = strangeDatagram(stray, packetOf(stray)).show();
  assert.equal(dataIn(bytes), [[0, '']]);
  assert.equal(findings([bytes], 'hunter2'), []);
});

test('after a broken frame the packets go on, their data does not', () => {
  const watching = watch();
  const typed = openPacket(SERVER, 1, dataFrames([Buffer.from('1\nBar\n8888\nhunter2\n')]));
  assert.equal(dataIn(watching.take('client', typed).show().bytes), [[0, '']]);
  const more = openPacket(SERVER, 2, [{ type: 'DATA', segment: 1, data: PASSWORD }]);
  assert.equal(dataIn(watching.take('client', more).show().bytes), [[1, '']]);
});

test.run();
