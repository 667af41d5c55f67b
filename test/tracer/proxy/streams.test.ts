/*
 * The proxy for streams, beyond what goes through it (conformance.test.ts): what its tap sees, what it says when it
 * cannot do what it should, and that it goes on all the same.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseHostPort, TransportError } from '../../../lib/index.js';
import { type ProxyOptions, type RunningProxy, startProxy } from '../../../tracer/proxy/index.js';
import { NO_FAULTS } from '../../../transports/link/index.js';
import { observer } from './observer.js';

const test = suite('proxy for streams');
const toClose: (() => unknown)[] = [];
test.after.each(async () => {
  for (const close of toClose.splice(0)) await close();
});

async function proxy(options: Omit<ProxyOptions, 'listen'> & { readonly listen?: string }): Promise<RunningProxy> {
  const running = await startProxy({ listen: 'tcp://127.0.0.1:0', ...options });
  toClose.push(() => running.close());
  return running;
}

/** A server that answers every byte with itself. */
async function echo(): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  toClose.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function dial(address: string): Socket {
  const socket = connect({ ...parseHostPort(address.replace('text+', '')), allowHalfOpen: true });
  socket.on('error', () => {});
  toClose.push(() => socket.destroy());
  return socket;
}

/** Until a socket is gone, in whatever way. */
function gone(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.on('error', () => {}).once('close', () => resolve()));
}

/** An address where nobody listens. */
async function nobody(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `tcp://127.0.0.1:${port}`;
}

async function refusal(options: ProxyOptions): Promise<TransportError> {
  const error = await startProxy(options).then(
    (running) => running.close(),
    (reason: unknown) => reason,
  );
  assert.instance(error, TransportError);
  return error as TransportError;
}

test('a tap sees both legs, and the one that was dialled names the other', async () => {
  const seen = observer();
  const { address } = await proxy({ to: await echo(), observer: seen });
  const socket = dial(address);
  socket.end('hello');
  await once(socket, 'data');
  await once(socket, 'end');
  const story = (leg: string) =>
    seen.streams
      .filter(({ connection }) => connection === leg)
      .map(({ what }) => ('direction' in what ? `${what.name} ${what.direction}` : what.name))
      .join(', ');
  const [leg] = seen.legs;
  assert.match(story(leg?.accepted ?? ''), /^accepted, bytes received, end received, bytes sent, end sent/);
  assert.match(story(leg?.dialled ?? ''), /^dialling, open, bytes sent, end sent, bytes received, end received/);
});

test('a target that is down: the client is closed, a person is told, and the next client is served', async () => {
  const told: string[] = [];
  const to = await nobody();
  const { address } = await proxy({ to, notice: (sentence) => told.push(sentence) });
  await gone(dial(address));
  assert.match(told[0] ?? '', new RegExp(`^tcp://127\\.0\\.0\\.1:\\d+ was turned away: Nobody listens at ${to}: start the server first`));
  const server = createServer((socket) => socket.on('error', () => {}).end('here I am')).listen(parseHostPort(to).port, '127.0.0.1');
  await once(server, 'listening');
  toClose.push(() => server.close());
  const [data] = (await once(dial(address), 'data')) as [Buffer];
  assert.is(String(data), 'here I am');
});

test('more clients than may be are turned away, and the others go on', async () => {
  const told: string[] = [];
  const running = await proxy({ to: await echo(), maxClients: 1, notice: (sentence) => told.push(sentence) });
  const first = dial(running.address);
  first.write('a');
  await once(first, 'data');
  await gone(dial(running.address));
  assert.match(told[0] ?? '', /turned away: 1 connections go through already/);
  first.write('b');
  await once(first, 'data');
  assert.is(running.clients, 1);
});

test('the address of the text door keeps its prefix', async () => {
  const running = await proxy({ listen: 'text+tcp://127.0.0.1:0', to: await echo() });
  assert.match(running.address, /^text\+tcp:\/\/127\.0\.0\.1:[1-9]/);
});

test('a slow way delays both directions and loses nothing', async () => {
  const { address } = await proxy({ to: await echo(), faults: { ...NO_FAULTS, delayMs: 5, bitsPerSecond: 8e6 } });
  const socket = dial(address);
  let received = 0;
  socket.on('data', (chunk: Buffer) => {
    received += chunk.length;
  });
  socket.end(Buffer.alloc(100_000, 7));
  await once(socket, 'end');
  assert.is(received, 100_000);
});

test('what cannot be is refused in a sentence', async () => {
  const listen = 'tcp://127.0.0.1:0';
  const lossy = await refusal({ listen, to: listen, faults: { ...NO_FAULTS, loss: 0.5 } });
  assert.is(lossy.code, 'unsupported');
  assert.match(lossy.message, /cannot lose/);
  assert.match((await refusal({ listen, to: 'udp://127.0.0.1:1' })).message, /with udp: on one side, write udp: on the other/);
  assert.match((await refusal({ listen: 'memory:x', to: listen })).message, /nothing can stand between/);
  assert.match((await refusal({ listen, to: 'carrier-pigeon:x' })).message, /no transport "carrier-pigeon:"/);
  const { address } = await proxy({ to: listen });
  assert.is((await refusal({ listen: address, to: listen })).code, 'address-in-use');
});

test('a proxy that would dial itself is refused', async () => {
  for (const [listen, to] of [
    ['text+tcp://localhost:4000', 'tcp://127.0.0.1:4000'],
    ['unix:/tmp/chatwire-x.sock', 'unix:///tmp/chatwire-x.sock'],
    ['udp://127.0.0.1:4000', 'udp://127.0.0.1:4000'],
  ] as const) {
    const refused = await startProxy({ listen, to }).then(
      (proxy) => proxy.close(),
      (error: Error) => error,
    );
    assert.match((refused as Error).message, /would dial itself/);
  }
});

test('closing drops what goes through, and says so', async () => {
  const seen = observer();
  const running = await startProxy({ listen: 'tcp://127.0.0.1:0', to: await echo(), observer: seen });
  const socket = dial(running.address);
  socket.write('a');
  await once(socket, 'data');
  const dropped = gone(socket);
  await running.close();
  await dropped;
  assert.is(await running.ended, undefined);
  assert.equal(
    seen.streams.flatMap(({ what }) => (what.name === 'closed' ? [[what.by, what.error]] : [])),
    [
      ['local', 'The proxy has ended.'],
      ['local', 'The proxy has ended.'],
    ],
  );
});

test.run();
