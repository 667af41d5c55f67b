/*
 * TCP passes the whole suite, over IPv4 and, its opening, over IPv6; what only TCP has stands below.
 */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Connection, Listener } from '../../lib/transport.js';
import { parseHostPort, TransportError } from '../../lib/transport.js';
import { tcp } from '../../transports/tcp/index.js';
import { holdToTheContract } from './suite.js';

holdToTheContract({ name: 'tcp', transport: tcp, address: () => 'tcp://127.0.0.1:0' });

const listen = (address: string): Promise<Listener> => tcp.listen!(address);

/** What a promise fails with. */
async function failure(promise: Promise<unknown>): Promise<TransportError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.instance(error, TransportError);
  return error as TransportError;
}

/** Both ends of a connection through a listener, which is closed. */
async function pair(listener: Listener, dialled: Promise<Connection> = tcp.dial(listener.address)): Promise<[Connection, Connection]> {
  const accepted = new Promise<Connection>((resolve) => listener.connections$.subscribe(resolve));
  const both: [Connection, Connection] = [await dialled, await accepted];
  await listener.close();
  return both;
}

const hasIpv6 = await listen('tcp://[::1]:0').then(
  (listener) => listener.close().then(() => true),
  () => false,
);

const test = suite('tcp');

(hasIpv6 ? test : test.skip)('IPv6 addresses stand in brackets, on both sides', async () => {
  const listener = await listen('tcp://[::1]:0');
  assert.match(listener.address, /^tcp:\/\/\[::1\]:\d+$/);
  const [dialled, accepted] = await pair(listener);
  assert.is(dialled.remote, listener.address);
  assert.is(accepted.remote, dialled.local);
  dialled.abort();
  accepted.abort();
  await Promise.all([dialled.closed, accepted.closed]);
});

(hasIpv6 ? test : test.skip)('an IPv4 peer of an IPv6 listener is written as the IPv4 address that it is', async () => {
  const listener = await listen('tcp://[::]:0');
  const { port } = parseHostPort(listener.address);
  const [dialled, accepted] = await pair(listener, tcp.dial(`tcp://127.0.0.1:${port}`));
  assert.match(accepted.remote, /^tcp:\/\/127\.0\.0\.1:\d+$/);
  dialled.abort();
  accepted.abort();
  await Promise.all([dialled.closed, accepted.closed]);
});

test('a host name is resolved', async () => {
  const listener = await listen('tcp://localhost:0');
  const [dialled, accepted] = await pair(listener, tcp.dial(`tcp://localhost:${parseHostPort(listener.address).port}`));
  dialled.abort();
  accepted.abort();
  await Promise.all([dialled.closed, accepted.closed]);
});

test('a privileged port says what to do', async () => {
  const isRoot = process.geteuid?.() === 0; // who may listen there, and lays that down for this test
  if (isRoot) process.seteuid?.('nobody');
  const error = await failure(listen('tcp://127.0.0.1:80'));
  if (isRoot) process.seteuid?.('root');
  assert.is(error.code, 'unreachable');
  assert.match(error.message, 'ports below 1024 need root; choose a higher one');
});

test('a port in use says what to do', async () => {
  const listener = await listen('tcp://127.0.0.1:0');
  const error = await failure(listen(listener.address));
  assert.is(error.code, 'address-in-use');
  assert.match(error.message, `Somebody listens at ${listener.address} already: stop that program, or choose another port`);
  assert.is((error.cause as NodeJS.ErrnoException).code, 'EADDRINUSE');
  await listener.close();
});

test('what is no address of this machine, and what nobody knows, are unreachable', async () => {
  assert.is((await failure(listen('tcp://192.0.2.1:0'))).code, 'unreachable');
  const unknown = await failure(tcp.dial('tcp://no-such-host.invalid:4000'));
  assert.is(unknown.code, 'unreachable');
  assert.match(unknown.message, 'is not known: check its spelling');
});

for (const address of ['tcp://127.0.0.1', 'tcp://127.0.0.1:65536', 'tcp:4000', 'tcp://:4000', '127.0.0.1:4000']) {
  test(`"${address}" is refused as unsupported`, async () => {
    assert.is((await failure(tcp.dial(address))).code, 'unsupported');
    assert.is((await failure(listen(address))).code, 'unsupported');
  });
}

test('a peer that resets, of any kind, is told as one; sending to it does no harm', async () => {
  const listener = await listen('tcp://127.0.0.1:0');
  const arrived = new Promise<Connection>((resolve) => listener.connections$.subscribe(resolve));
  const peer = connect(parseHostPort(listener.address).port, '127.0.0.1');
  const accepted = await arrived;
  const failed = new Promise<TransportError>((resolve) => accepted.received$.subscribe({ error: resolve }));
  peer.resetAndDestroy();
  accepted.send(new Uint8Array(1000));
  const error = await failed;
  assert.is(error.code, 'reset');
  assert.is(error.by, 'remote');
  assert.is((await accepted.closed).error, error);
  await listener.close();
});

test('as many as the backlog says wait for the subscriber; the next is dropped', async () => {
  const listener = await tcp.listen!('tcp://127.0.0.1:0', { backlog: 2 });
  const dialled = [await tcp.dial(listener.address), await tcp.dial(listener.address)];
  const third = async () => {
    const connection = await tcp.dial(listener.address); // may be told of it here already
    throw await new Promise((resolve) => connection.received$.subscribe({ error: resolve }));
  };
  assert.ok(['refused', 'reset'].includes((await failure(third())).code));
  for (const { received$ } of dialled) received$.subscribe({ error: () => undefined });
  const arrived: string[] = [];
  listener.connections$.subscribe((connection) => {
    arrived.push(connection.remote);
    connection.abort();
  });
  await Promise.all(dialled.map(({ closed }) => closed));
  assert.equal(
    arrived,
    dialled.map(({ local }) => local),
  );
  await listener.close();
});

test('bufferedBytes goes down while a slow peer reads, not only once it has read all', async () => {
  const server = createServer((peer) => peer.on('error', () => undefined).pause());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const slow = new Promise<Socket>((resolve) => server.once('connection', resolve));
  const { port } = server.address() as AddressInfo;
  const dialled = await tcp.dial(`tcp://127.0.0.1:${port}`);
  const chunk = new Uint8Array(64 * 1024);
  for (let sent = 0; sent < 1000; sent += 1) dialled.send(chunk);
  const peer = await slow;
  const seen = new Set<number>();
  peer.on('data', () => seen.add(dialled.bufferedBytes)).resume();
  await new Promise<void>((resolve) => dialled.drained$.subscribe(resolve));
  dialled.abort();
  peer.destroy();
  server.close();
  await dialled.closed;
  // Node hands over the first chunk and then all the rest in one write: counted whole, there would be three values.
  assert.ok(seen.size > 5, `bufferedBytes took only ${seen.size} values.`);
});

test('one who unsubscribes from received$ stops the reading, and the next goes on where it was', async () => {
  const [dialled, accepted] = await pair(await listen('tcp://127.0.0.1:0'));
  const first = accepted.received$.subscribe();
  first.unsubscribe();
  dialled.send(Uint8Array.of(1, 2, 3));
  void dialled.end();
  const bytes: number[] = [];
  await new Promise<void>((resolve) => accepted.received$.subscribe({ next: (chunk) => bytes.push(...chunk), complete: resolve }));
  assert.equal(bytes, [1, 2, 3]);
  dialled.abort();
  accepted.abort();
  await Promise.all([dialled.closed, accepted.closed]);
});

test.run();
