/*
 * The TCP connections under a connection are cut, at every few bytes of what goes up and of what comes down, and again
 * and again: every byte arrives once and in order, and the end after them.
 */
import { Buffer } from 'node:buffer';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Connection, Listener } from '../../../lib/transport.js';
import { httpTransport } from '../../../transports/http/index.js';
import { seeded } from '../../../transports/link/random.js';
import { type CuttingProxy, cuttingProxy } from './cutting-proxy.js';

const test = suite('http: cut connections');
const http = httpTransport({ giveUpMs: 60_000, graceMs: 60_000 });

/** Sends back whatever comes, and ends when the peer does. */
function echo(connection: Connection): void {
  connection.drained$.subscribe(() => connection.resume());
  connection.received$.subscribe({
    next: (chunk) => {
      if (!connection.send(chunk)) connection.pause();
    },
    complete: () => void connection.end(),
    error: () => undefined,
  });
}

/** Sends bytes in chunks, each when the one before has come back, and ends; returns what came back. */
async function roundTrip(connection: Connection, bytes: Buffer, chunkBytes: number): Promise<Buffer> {
  const back: Uint8Array[] = [];
  let received = 0;
  let sent = 0;
  const sendNext = () => {
    if (sent >= bytes.length) void connection.end();
    else connection.send(bytes.subarray(sent, sent + chunkBytes));
    sent += chunkBytes;
  };
  const done = new Promise<void>((resolve, reject) => {
    connection.received$.subscribe({
      next: (chunk) => {
        back.push(chunk);
        received += chunk.length;
        if (received >= Math.min(sent, bytes.length)) sendNext();
      },
      complete: resolve,
      error: reject,
    });
  });
  sendNext();
  await done;
  const { error } = await connection.closed;
  assert.is(error, undefined);
  return Buffer.concat(back);
}

async function behindProxy(play: (proxy: CuttingProxy, listener: Listener) => Promise<void>): Promise<void> {
  const listener = await http.listen!('http://127.0.0.1:0');
  listener.connections$.subscribe(echo);
  const proxy = await cuttingProxy(listener.address);
  try {
    await play(proxy, listener);
  } finally {
    proxy.close();
    await listener.close();
  }
}

const text = Buffer.from(Array.from({ length: 40 }, (_, index) => `line ${index} of what is said\n`).join(''));

for (const way of ['up', 'down'] as const) {
  test(`cut at every few bytes of what goes ${way}`, () =>
    behindProxy(async (proxy) => {
      for (let after = 1; after < 2500; after += 23) {
        const connection = await http.dial(proxy.address);
        let armed = 0;
        proxy.arm(() => (++armed <= 2 ? { way, after } : undefined)); // the POSTs' socket and the GET's, and none that comes later
        const back = await roundTrip(connection, text, 300);
        assert.ok(back.equals(text), `cut after ${after} bytes ${way}: ${back.length} of ${text.length} bytes came back`);
        proxy.arm(() => undefined);
      }
      assert.ok(proxy.cuts > 100, `only ${proxy.cuts} cuts`);
    }));
}

test('cut again and again, at random', () =>
  behindProxy(async (proxy) => {
    const random = seeded(7);
    const bytes = Buffer.alloc(40_000, 'every byte once, in its order; ');
    const connection = await http.dial(proxy.address);
    proxy.arm(() => ({ way: random() < 0.5 ? 'up' : 'down', after: 1 + Math.floor(random() * 3000) }));
    const back = await roundTrip(connection, bytes, 700);
    assert.ok(back.equals(bytes), `${back.length} of ${bytes.length} bytes came back`);
    assert.ok(proxy.cuts > 20, `only ${proxy.cuts} cuts`);
  }));

test.run();
