/*
 * Datagram sizes over real sockets: a way of some width, and a system that refuses what is too large, at once or later.
 * Nothing falls, everything arrives, and the size stays within what gets through.
 */
import { setImmediate } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { clock } from '../../../transports/host/clock.js';
import { HEADERS_BYTES, NO_FAULTS } from '../../../transports/link/index.js';
import type { DatagramNetwork, DatagramSocket } from '../../../transports/udp/driver/network.js';
import { nodeNetwork } from '../../../transports/udp/driver/sockets.js';
import { type UdpConnection, type UdpOptions, udpTransport } from '../../../transports/udp/index.js';

const test = suite('too large');

/** More than this the systems below do not take. */
const SYSTEM_BYTES = 1400;

type Sent = (cause: Error | null) => void;
const refusal = () => Object.assign(new Error('send EMSGSIZE'), { code: 'EMSGSIZE', syscall: 'send' });

/** Node's network, with something before each datagram that is too large; `refuses` answers it, or has it go nowhere. */
function narrow(refuses: (socket: DatagramSocket, sent: Sent) => void): DatagramNetwork {
  const through = (socket: DatagramSocket): DatagramSocket => {
    const send = socket.send.bind(socket) as (datagram: Uint8Array, ...rest: unknown[]) => void;
    const guarded = (datagram: Uint8Array, ...rest: unknown[]): void => {
      if (datagram.length > SYSTEM_BYTES) refuses(socket, rest.at(-1) as Sent);
      else send(datagram, ...rest);
    };
    return Object.assign(socket, { send: guarded });
  };
  return {
    bound: async (place) => through(await nodeNetwork.bound(place)),
    connected: async (place) => through(await nodeNetwork.connected(place)),
  };
}

/** Sends from a client to a server until the size stands, or for ever; returns the client's end, everything arrived. */
async function transfer(options: UdpOptions, until: (connection: UdpConnection) => boolean): Promise<UdpConnection> {
  const transport = udpTransport({ congestion: 'fixed', fixedWindowBytes: 40_000, ...options });
  const listener = await transport.listen?.('udp://127.0.0.1:0', { clock });
  if (!listener) throw new Error('udp listens');
  let [sum, bytes] = [0, 0];
  const ended = new Promise<void>((resolve, reject) => {
    listener.connections$.subscribe((accepted) =>
      accepted.received$.subscribe({
        next: (chunk) => {
          bytes += chunk.length;
          for (const byte of chunk) sum = (sum * 31 + byte) % 1_000_003;
        },
        error: reject,
        complete: () => {
          void accepted.end();
          resolve();
        },
      }),
    );
  });
  const dialled = (await transport.dial(listener.address, { clock })) as UdpConnection;
  dialled.received$.subscribe({ error: () => undefined });
  let [sentSum, sentBytes] = [0, 0];
  while (!until(dialled)) {
    if (dialled.bufferedBytes > 200_000) await setImmediate();
    else {
      const chunk = Uint8Array.from({ length: 5000 }, (_, index) => (index + sentBytes) & 0xff);
      for (const byte of chunk) sentSum = (sentSum * 31 + byte) % 1_000_003;
      sentBytes += chunk.length;
      dialled.send(chunk);
    }
  }
  await dialled.end();
  await ended;
  assert.equal([bytes, sum], [sentBytes, sentSum]);
  await dialled.closed;
  await listener.close();
  return dialled;
}

test('loopback: the largest size that this end sends, with one probe', async () => {
  const { stats } = await transfer({}, ({ stats: { datagramBytes } }) => datagramBytes === 1452);
  assert.equal([stats.sizeProbes, stats.blackHoles], [1, 0]);
});

test('a link with an MTU: what gets through is found', async () => {
  const mtu = [{ fromMs: 0, bytes: 1280 }];
  const { stats } = await transfer({ link: { ...NO_FAULTS, mtu } }, ({ stats: { sizeProbes } }) => sizeProbes >= 9);
  assert.ok(stats.datagramBytes > 1200 && stats.datagramBytes <= 1280 - HEADERS_BYTES, `${stats.datagramBytes}`);
});

test('the system refuses a datagram: smaller ones are tried, each once', async () => {
  const network = narrow((_socket, sent) => process.nextTick(sent, refusal()));
  const { stats } = await transfer({ network }, ({ stats: { datagramBytes } }) => datagramBytes > SYSTEM_BYTES - 60);
  assert.ok(stats.datagramBytes <= SYSTEM_BYTES, `${stats.datagramBytes}`);
  assert.ok(stats.sizeProbes <= 5, `${stats.sizeProbes} probes`);
});

test('the system complains later, and not of which: the search is over', async () => {
  let complaints = 0;
  const network = narrow((socket, sent) => {
    complaints += 1;
    sent(null);
    process.nextTick(() => (socket as unknown as NodeJS.EventEmitter).emit('error', refusal()));
  });
  const { stats } = await transfer({ network }, ({ stats: { datagramsSent } }) => datagramsSent > 500);
  assert.equal([complaints, stats.sizeProbes, stats.datagramBytes], [1, 1, 1200]);
});

test('a size that was fixed and is refused goes down to the one that goes everywhere', async () => {
  const network = narrow((_socket, sent) => process.nextTick(sent, refusal()));
  const options = { network, discovery: false, maxDatagramBytes: 4000 };
  const { stats } = await transfer(options, ({ stats: { datagramsSent } }) => datagramsSent > 100);
  assert.is(stats.datagramBytes, 1200);
});

test.run();
