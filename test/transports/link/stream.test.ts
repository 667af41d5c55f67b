/*
 * A slow line keeps the contract, and says why it cannot lose anything. In virtual time where time is what counts.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Connection } from '../../../lib/transport.js';
import { VirtualClock } from '../../../lib/virtual-clock.js';
import { conformance } from '../../../transports/conformance/index.js';
import { clock } from '../../../transports/host/clock.js';
import { type Faults, NO_FAULTS, slowed } from '../../../transports/link/index.js';
import { memory, memoryNetwork } from '../../../transports/memory/index.js';
import { tcp } from '../../../transports/tcp/index.js';

const test = suite('slow lines');

const impossible: readonly Partial<Faults>[] = [
  { loss: 0.1 },
  { duplicate: 0.1 },
  { reorder: 0.1 },
  { corrupt: 0.1 },
  { drop: [{ side: 'server', name: 'DATA', nth: 1 }] },
  { partitions: [{ fromMs: 0, untilMs: 1 }] },
  { mtu: [{ fromMs: 0, bytes: 1500 }] },
];
for (const faults of impossible) {
  test(`${Object.keys(faults)[0]} is refused for a stream, with the reason`, () => {
    assert.throws(
      () => slowed(tcp, { ...NO_FAULTS, ...faults }, clock),
      /tcp: cannot lose, double, reorder or spoil anything, since the system below repairs/,
    );
  });
}

test('delay and rate', async () => {
  const virtual = new VirtualClock();
  const transport = slowed(memoryNetwork(), { ...NO_FAULTS, delayMs: 100, bitsPerSecond: 80_000 }, virtual);
  const listener = await transport.listen?.('memory:slow', { clock: virtual });
  const accepted = new Promise<Connection>((resolve) => listener?.connections$.subscribe(resolve));
  const dialling = transport.dial('memory:slow', { clock: virtual });
  await Promise.resolve();
  virtual.endTurn();
  const dialled = await dialling;
  const came: number[] = [];
  const start = virtual.now();
  (await accepted).received$.subscribe({ next: () => came.push(virtual.now() - start), error: () => undefined });
  dialled.send(new Uint8Array(1000)); // 100 ms on the line, and 100 ms on the way
  dialled.send(new Uint8Array(500));
  virtual.advance(1000);
  assert.equal(came.map(Math.round), [200, 250]);
  dialled.abort();
  virtual.advance(1);
  await listener?.close();
});

// A tap is handed to the transport below, and sees things when the slow line lets them through: that case is left out.
let names = 0;
const subject = {
  name: 'memory on a slow line',
  transport: slowed(memory, { ...NO_FAULTS, delayMs: 1 }, clock),
  address: () => `memory:slow-${++names}`,
  largestBytes: 1024 * 1024,
  floodBytes: 1024 * 1024,
};
for (const { name, run } of conformance(subject)) if (!name.includes('taps see every event')) test(name, run);

test.run();
