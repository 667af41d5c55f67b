/*
 * What only HTTP has: sessions that outlive a server's restart in a sentence, a listener that closes under open
 * connections, what an answer of something else is told as, and addresses.
 */
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createNetServer } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { TapEvent } from '../../../lib/trace.js';
import { type Connection, type Listener, parseHostPort, type TransportError } from '../../../lib/transport.js';
import { http, httpTransport } from '../../../transports/http/index.js';
import { cuttingProxy } from './cutting-proxy.js';

const test = suite('http');

const listen = (address = 'http://127.0.0.1:0', transport = http): Promise<Listener> => transport.listen!(address);

/** Both ends of a connection. */
async function pair(listener: Listener, address = listener.address): Promise<[Connection, Connection]> {
  const accepted = new Promise<Connection>((resolve) => {
    const subscription = listener.connections$.subscribe((connection) => {
      queueMicrotask(() => subscription.unsubscribe());
      resolve(connection);
    });
  });
  return [await http.dial(address), await accepted];
}

/** What a promise fails with. */
async function failure(promise: Promise<unknown>): Promise<TransportError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason as TransportError,
  );
  assert.ok(error, 'it did not fail');
  return error;
}

/** Drops both ends and the listener. */
async function clear(listener: Listener, ...connections: Connection[]): Promise<void> {
  for (const connection of connections) connection.abort();
  await Promise.all(connections.map(({ closed }) => closed));
  await listener.close();
}

test('both ends know the same two addresses, also by a host name', async () => {
  const listener = await listen('http://127.0.0.1:0');
  const { port } = parseHostPort(listener.address);
  const [dialled, accepted] = await pair(listener, `http://localhost:${port}`);
  assert.is(dialled.local, accepted.remote);
  assert.is(dialled.remote, accepted.local);
  await clear(listener, dialled, accepted);
});

test('a trailing slash is no other address', async () => {
  const listener = await listen();
  const [dialled, accepted] = await pair(listener, `${listener.address}/`);
  await clear(listener, dialled, accepted);
});

for (const address of ['http://127.0.0.1', 'http://127.0.0.1:65536', 'http:8080', 'http://127.0.0.1:8080/path']) {
  test(`"${address}" is refused as unsupported`, async () => {
    assert.is((await failure(http.dial(address))).code, 'unsupported');
    assert.is((await failure(listen(address))).code, 'unsupported');
  });
}

test('a server that was restarted is told as one, at once', async () => {
  const before = await listen();
  const proxy = await cuttingProxy(before.address);
  const [dialled, accepted] = await pair(before, proxy.address);
  const after = await listen();
  proxy.lead(after.address); // as if it were the same address: what was open is cut
  const { by, error } = await dialled.closed;
  assert.is(by, 'remote');
  assert.is(error?.code, 'reset');
  assert.match(error?.message ?? '', 'dropped the connection: it was restarted');
  proxy.close();
  await clear(before, accepted);
  await after.close();
});

test('a server that is no Chatwire server is told as one', async () => {
  for (const [status, type] of [
    [404, 'text/html'],
    [200, 'text/plain'],
    [201, 'text/plain'],
  ] as const) {
    const server = createServer((_, response) => response.writeHead(status, { 'content-type': type }).end('<h1>Hello</h1>'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const error = await failure(http.dial(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
    server.close();
    assert.is(error.code, 'refused');
    assert.match(error.message, /is no Chatwire server: .*\.$/);
  }
});

test('a server that speaks no HTTP is told as one', async () => {
  const server = createNetServer((socket) => void socket.on('error', () => {}).end('220 mail.example.org ESMTP\r\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const error = await failure(http.dial(address));
  server.close();
  assert.equal([error.code, error.message], ['refused', `${address} is no Chatwire server: what it answers is no HTTP.`]);
});

test('a server that does not answer: timeout, in its time', async () => {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const error = await failure(httpTransport({ dialTimeoutMs: 50 }).dial(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  server.closeAllConnections();
  server.close();
  assert.is(error.code, 'timeout');
});

test('a dial that is given up while the server is silent rejects at once', async () => {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const giveUp = new AbortController();
  const asked = new Promise((resolve) => server.once('request', resolve));
  const dialling = http.dial(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { signal: giveUp.signal });
  void dialling.catch(() => undefined);
  await asked;
  giveUp.abort();
  assert.is((await failure(dialling)).code, 'aborted');
  server.closeAllConnections();
  server.close();
});

test('no secret is in what a tap sees', async () => {
  const events: TapEvent[] = [];
  const tap = { event: (event: TapEvent) => events.push(event) };
  const listener = await http.listen!('http://127.0.0.1:0', { tap });
  const accepted = new Promise<Connection>((resolve) => listener.connections$.subscribe(resolve));
  const dialled = await http.dial(listener.address, { tap });
  const sessions = [dialled, await accepted].map(({ id }) => id);
  assert.is(new Set(sessions).size, 2);
  await clear(listener, dialled, await accepted);
  assert.not.match(JSON.stringify(events), /[\w-]{32}/);
});

test('as many as the backlog says wait for the subscriber; the next is refused', async () => {
  const listener = await http.listen!('http://127.0.0.1:0', { backlog: 2 });
  const dialled = [await http.dial(listener.address), await http.dial(listener.address)];
  assert.is((await failure(http.dial(listener.address))).code, 'refused');
  await clear(listener, ...dialled);
});

test('pages are closed with their listener, and do not keep the process', async () => {
  let hung: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (hung = resolve));
  const listener = await httpTransport({ pages: () => hung() }).listen!('http://127.0.0.1:0');
  const page = fetch(`${listener.address}/stream`);
  await asked;
  await listener.close();
  await failure(page);
});

test.run();
