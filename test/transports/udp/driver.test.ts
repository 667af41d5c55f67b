/*
 * What only UDP has, over real sockets: IPv6, options, stats, a shared socket, a peer whose process is gone, and
 * what the system complains about.
 */
import { createSocket } from 'node:dgram';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Connection, type Listener, parseHostPort, TransportError } from '../../../lib/transport.js';
import { troubleOf } from '../../../transports/udp/driver/trouble.js';
import { type UdpConnection, type UdpOptions, udp, udpTransport } from '../../../transports/udp/index.js';
import { natBefore } from './nat.js';

const test = suite('udp');
const listen = (address = 'udp://127.0.0.1:0', transport = udp): Promise<Listener> => transport.listen?.(address) as Promise<Listener>;

async function pair(listener: Listener, transport = udp): Promise<[UdpConnection, UdpConnection]> {
  const accepted = new Promise<Connection>((resolve) => listener.connections$.subscribe(resolve));
  const dialled = await transport.dial(listener.address);
  return [dialled as UdpConnection, (await accepted) as UdpConnection];
}

async function over(listener: Listener, ...connections: Connection[]): Promise<void> {
  for (const connection of connections) connection.abort();
  await Promise.all(connections.map(({ closed }) => closed));
  await listener.close();
}

const hasIpv6 = await listen('udp://[::1]:0').then(
  (listener) => listener.close().then(() => true),
  () => false,
);

(hasIpv6 ? test : test.skip)('IPv6, and an IPv4 peer of an IPv6 listener', async () => {
  const listener = await listen('udp://[::1]:0');
  assert.match(listener.address, /^udp:\/\/\[::1\]:\d+$/);
  const [dialled, accepted] = await pair(listener);
  assert.equal([dialled.remote, accepted.remote], [listener.address, dialled.local]);
  await over(listener, dialled, accepted);
  const both = await listen('udp://[::]:0');
  const arrived = new Promise<Connection>((resolve) => both.connections$.subscribe(resolve));
  const mapped = await udp.dial(`udp://127.0.0.1:${parseHostPort(both.address).port}`);
  assert.match((await arrived).remote, /^udp:\/\/127\.0\.0\.1:\d+$/);
  await over(both, mapped, await arrived);
});

test('a host name is resolved; one that nobody knows is unreachable', async () => {
  const listener = await listen();
  const dialled = await udp.dial(`udp://localhost:${parseHostPort(listener.address).port}`).catch((error: unknown) => error);
  if (!(dialled instanceof TransportError))
    await over(listener, dialled as Connection); // localhost may be ::1 only
  else await listener.close();
  const unknown = await udp.dial('udp://no-such-host.invalid:4000').catch((error: unknown) => error as TransportError);
  assert.is((unknown as TransportError).code, 'unreachable');
});

test('connections to one address share a socket', async () => {
  const listener = await listen();
  const [one, two] = [await udp.dial(listener.address), await udp.dial(listener.address)];
  assert.is(one.local, two.local);
  assert.is.not(one.id, two.id);
  await over(listener, one, two);
});

test('stats, as a snapshot and as a stream', async () => {
  const listener = await listen();
  const [dialled, accepted] = await pair(listener);
  const seen: number[] = [];
  let completed = false;
  dialled.stats$.subscribe({ next: ({ segmentsSent }) => seen.push(segmentsSent), complete: () => (completed = true) });
  const came = new Promise((resolve) => accepted.received$.subscribe({ next: resolve, error: () => undefined }));
  dialled.send(new Uint8Array(100));
  await came;
  assert.is(dialled.stats.segmentsSent, 1);
  assert.ok(seen.includes(1));
  await over(listener, dialled, accepted);
  assert.ok(completed);
});

test('a large datagram carries several segments', async () => {
  const transport = udpTransport({ maxDatagramBytes: 9000, discovery: false });
  const listener = await listen(undefined, transport);
  const [dialled, accepted] = await pair(listener, transport);
  const total = 300_000;
  let bytes = 0;
  const all = new Promise<void>((resolve) => {
    accepted.received$.subscribe({
      next: (chunk) => {
        bytes += chunk.length;
        if (bytes === total) resolve();
      },
      error: () => undefined,
    });
  });
  dialled.send(new Uint8Array(total));
  await all;
  assert.ok(dialled.stats.datagramsSent < dialled.stats.segmentsSent / 2);
  await over(listener, dialled, accepted);
});

test('selective repeat with a fixed window, chosen by the client for both', async () => {
  const listener = await listen();
  const transport = udpTransport({ arq: 'selective-repeat', congestion: 'fixed', fixedWindowBytes: 50_000 });
  const accepted = new Promise<Connection>((resolve) => listener.connections$.subscribe(resolve));
  const dialled = await transport.dial(listener.address);
  assert.is(((await accepted) as UdpConnection).stats.windowBytes, 131_072); // the server's own setting of `fixed`
  await over(listener, dialled, await accepted);
});

test('a NAT that takes another port in the middle: both ways go on', async () => {
  const listener = await listen();
  const nat = await natBefore(Number(parseHostPort(listener.address).port));
  const accepting = new Promise<Connection>((resolve) => listener.connections$.subscribe(resolve));
  const dialled = await udp.dial(nat.address);
  const accepted = await accepting;
  const came = (connection: Connection) => {
    const bytes: number[] = [];
    const waiting = new Map<number, () => void>();
    connection.received$.subscribe({
      next: (chunk) => {
        bytes.push(...chunk);
        for (const [count, resolve] of waiting) if (bytes.length >= count) resolve();
      },
      error: () => undefined,
    });
    return (count: number) => new Promise<void>((resolve) => (bytes.length >= count ? resolve() : void waiting.set(count, resolve)));
  };
  const [atServer, atClient] = [came(accepted), came(dialled)];
  for (let round = 1; round <= 3; round += 1) {
    dialled.send(Uint8Array.of(round));
    await atServer(round);
    accepted.send(Uint8Array.of(round));
    await atClient(round);
    await nat.rebind();
  }
  await over(listener, dialled); // the server's end hears of it, at its new address
  const { by, error } = await accepted.closed;
  assert.equal([by, (error as TransportError).code], ['remote', 'reset']);
  nat.close();
});

const impossible: readonly [UdpOptions, string][] = [
  [{ arq: 'go-back-m' as 'go-back-n' }, 'The policy "go-back-m" is not there; there is stop-and-wait, go-back-n, selective-repeat, sack.'],
  [{ congestion: 'vegas' as 'cubic' }, 'The congestion control "vegas" is not there; there is none, fixed, newreno, cubic.'],
  [{ arqWindowSegments: 0 }, 'arqWindowSegments is 0'],
  [{ maxDatagramBytes: 1199 }, 'maxDatagramBytes is 1199'],
  [{ creditSegments: 0 }, 'creditSegments is 0'],
];
for (const [options, says] of impossible) {
  test(`${JSON.stringify(options)} is refused`, () => {
    assert.throws(
      () => udpTransport(options),
      (error: unknown) => error instanceof TransportError && error.message.startsWith(says),
    );
  });
}

test('somebody who only sends noise is no connection, and who is open does not notice', async () => {
  const listener = await listen();
  const [dialled, accepted] = await pair(listener);
  const stranger = createSocket('udp4');
  const { port } = parseHostPort(listener.address);
  for (let round = 0; round < 50; round += 1) {
    await new Promise((resolve) => stranger.send(new Uint8Array(round * 20).fill(round + 0x0f), port, '127.0.0.1', resolve));
  }
  stranger.close();
  const came = new Promise((resolve) => accepted.received$.subscribe({ next: resolve, error: () => undefined }));
  dialled.send(Uint8Array.of(1));
  assert.equal([...((await came) as Uint8Array)], [1]);
  await over(listener, dialled, accepted);
});

test('a port that is taken, and a privileged one, say what to do', async () => {
  const listener = await listen();
  const failure = (address: string) => listen(address).catch((error: unknown) => error as TransportError) as Promise<TransportError>;
  const taken = await failure(listener.address);
  assert.is(taken.code, 'address-in-use');
  assert.match(taken.message, `Somebody listens at ${listener.address} already: stop that program, or choose another port`);
  await listener.close();
  const isRoot = process.geteuid?.() === 0; // who may listen there, and lays that down for this test
  if (isRoot) process.seteuid?.('nobody');
  const privileged = await failure('udp://127.0.0.1:80');
  if (isRoot) process.seteuid?.('root');
  assert.is(privileged.code, 'unreachable');
  assert.match(privileged.message, 'ports below 1024 need root; choose a higher one');
});

test('what the system complains about is sorted', () => {
  const kinds = ['ECONNREFUSED', 'EMSGSIZE', 'ENOBUFS', 'ENETDOWN', 'EADDRNOTAVAIL', 'EBADF'].map((code) => troubleOf({ code }).kind);
  assert.equal(kinds, ['refused', 'too-large', 'full', 'unreachable', 'unreachable', 'broken']);
});

test.run();
